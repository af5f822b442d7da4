"""The CSV of an export."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.sandbox import an_order
from tui.sandbox.jobs.export_csv import write_csv
from tui.sandbox.policies import Policies


def text(orders: list[dict[str, Any]], fields: list[str], **policies: Any) -> str:
    """The file as text."""
    return write_csv(orders, fields, Policies(**policies)).decode()


def test_headers_and_cells_by_default() -> None:
    """Titles, minor units, empty for null, one column a metadata key."""
    orders = [an_order(1, metadata={"b": [1, "x"], "a": True}), an_order(2)]
    assert text(orders, ["id", "customer_id", "total_amount", "metadata"]) == (
        "ID,Customer ID,Total Amount,a,b\n"
        'ord_000000000000000001,,1001,true,"[1,""x""]"\n'
        "ord_000000000000000002,,1002,,\n"
    )


def test_headers_and_cells_by_other_policies() -> None:
    """Each undocumented choice has its switch."""
    orders = [an_order(1, metadata={"a": 1})]
    assert text(orders, ["source_id"], csv_header="fields") == "source_id\nsource-1\n"
    assert text(orders, ["amount"], csv_amounts="decimal") == "Amount\n1001.00\n"
    assert text(orders, ["metadata"], csv_metadata="json_column") == 'Metadata\n"{""a"":1}"\n'
    assert text(orders, ["metadata.a"], csv_metadata_header="path") == "metadata.a\n1\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_any_text_survives_the_file(values: list[str]) -> None:
    """A reader of RFC 4180 gets back what was written, line ends and quotes included."""
    orders = [an_order(n, source_id=value) for n, value in enumerate(values)]
    rows = list(csv.reader(io.StringIO(text(orders, ["source_id", "id"]), newline="")))
    assert [row[0] for row in rows[1:]] == values
