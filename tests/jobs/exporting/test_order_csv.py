"""CSV that Ordex writes from orders, and what an import reads from it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.jobs.exporting.order_csv import OrderCsv, sheet_header, sheet_record
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.file_rows import read_rows
from tui.jobs.importing.reading.import_file import inspect_file
from tui.orders.order import Order

SENDABLE = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXTS = st.text(SENDABLE, max_size=20) | st.sampled_from(
    [
        "",
        "null",
        "true",
        "5",
        "007",
        "1e5",
        "[1]",
        "{}",
        '"quoted"',
        "=1+1",
        " ",
        "a\r\nb",
        "\x1b[0m",
    ]
)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
DOCUMENTS = st.fixed_dictionaries(
    {"id": st.just("ord_1"), "source_id": TEXTS.filter(bool)},
    optional={
        "amount": st.integers(0, 2**53 - 1),
        "metadata": st.dictionaries(TEXTS, VALUES, max_size=4),
        "items": st.lists(st.dictionaries(st.sampled_from(["price", "quantity"]), WHOLE), max_size=2),
    },
)


def written(documents: list[dict[str, Any]], columns: list[str] | None, path: Path, *, sheet: bool) -> Path:
    """A file of these orders."""
    orders = [Order.read(document) for document in documents]
    layout = OrderCsv.of(orders, columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet_header(layout.header()) if sheet else layout.header())
    for order in orders:
        record = layout.record(order.raw)
        writer.writerow(sheet_record(record) if sheet else record)
    path.write_bytes(out.getvalue().encode())
    return path


def strict(value: Any) -> str:
    """JSON in which 5, 5.0, "5" and true differ."""
    return json.dumps(value, sort_keys=True)


@given(DOCUMENTS, st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_fields_come_back_with_their_types(tmp_path: Path, document: dict[str, Any], sheet: bool) -> None:
    """Numbers, flags, lists, null, texts that look like them, control characters, and keys of any text."""
    path = written([document], None, tmp_path / "own.csv", sheet=sheet)
    (row,) = read_rows(inspect_file(path), ImportOptions())
    assert row.faults == ()
    wanted = {**document}
    if wanted.get("metadata") == {}:
        del wanted["metadata"]
    assert row.document is not None
    assert strict({k: v for k, v in row.document.items() if v != {}}) == strict(wanted)
    assert row.untyped == ()


def test_the_last_column_names_the_cells_that_are_json(tmp_path: Path) -> None:
    """A text stays plain; null and an empty text are not an absent field."""
    metadata = {"qty": 5, "flag": True, "tags": ["a"], "zip": "007", "none": None, "blank": ""}
    columns = ["source_id", "customer", *(f"metadata.{key}" for key in (*metadata, "absent"))]
    document = {"source_id": "s", "customer_id": "cust_1", "metadata": metadata}
    path = written([document], columns, tmp_path / "own.csv", sheet=False)
    header, record = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
    assert header == [*columns[:1], "customer_id", *columns[2:], "_json"]
    assert record[:-1] == ["s", "cust_1", "5", "true", '["a"]', "007", "null", '""', ""]
    assert json.loads(record[-1]) == [f"metadata.{key}" for key in ("qty", "flag", "tags", "none", "blank")]


def test_a_file_without_metadata_has_no_such_column() -> None:
    """Unless a text acts on a terminal, which CSV could not carry otherwise."""
    plain, hidden = Order.read({"id": "ord_1"}), Order.read({"id": "ord_2", "source_id": "a\x1b[0m"})
    assert OrderCsv.of([plain], ["id", "source_id"]).header() == ["id", "source_id"]
    layout = OrderCsv.of([plain, hidden], ["id", "source_id"])
    assert layout.record(plain.raw) == ["ord_1", "", ""]
    assert layout.record(hidden.raw) == ["ord_2", '"a\\u001b[0m"', '["source_id"]']


@pytest.mark.parametrize("cell", ["metadata.a", '["metadata.b"]', "[5]", "{}"])
def test_a_column_of_json_cells_that_is_wrong_spoils_its_row(tmp_path: Path, cell: str) -> None:
    """It is told with the line, and the row is not imported with types that are guessed."""
    path = tmp_path / "in.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["source_id", "metadata.a", "_json"], ["s", "5", cell]])
    (row,) = read_rows(inspect_file(path), ImportOptions())
    assert row.document is None
    assert [fault.path for fault in row.faults] == ["_json"]


@pytest.mark.parametrize("text", ["a\ud800", "a\0"])
def test_a_text_that_cannot_be_sent_spoils_its_row_only(tmp_path: Path, text: str) -> None:
    """The file holds it exactly; an import says which it is."""
    documents = [{"id": f"ord_{n}", "metadata": {"note": note}} for n, note in enumerate([text, "fine"])]
    path = written(documents, None, tmp_path / "own.csv", sheet=False)
    bad, good = read_rows(inspect_file(path), ImportOptions())
    assert [fault.path for fault in bad.faults] == ["metadata.note"]
    assert good.document == documents[1]
