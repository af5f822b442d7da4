"""The columns of a copy: what SQL compares is what filters read, or the order is irregular."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.mirror.copies import copy_of, rows_of
from tests.support.sandbox import an_order
from tui.mirror.copy_reader import CopyReader
from tui.mirror.copy_rows import FIELD_COLUMNS, FOLD, NARROW, ROW_COLUMNS, is_exact, is_plain
from tui.mirror.segments import connect
from tui.orders.filter.filter_fields import FIELDS
from tui.orders.order_fields import ORDER_FIELDS

AT = {column.name: at for at, column in enumerate(ROW_COLUMNS)}


def test_each_field_of_the_filter_language_has_a_column() -> None:
    """A new field of an order is in the copy without a further line."""
    assert FIELD_COLUMNS.keys() == FIELDS.keys() - {"metadata"}
    assert {field.name for field in ORDER_FIELDS if field.filter_name} <= set(NARROW)
    assert len({column.name for column in ROW_COLUMNS}) == len(ROW_COLUMNS)


def test_sql_folds_every_plain_character_as_python_does() -> None:
    """Upper and lower case are the same to both, character by character."""
    plain = [chr(code) for code in range(1, sys.maxunicode + 1) if is_plain(chr(code))]
    with connect() as db:
        db.execute(FOLD)
        folded = db.execute("SELECT fold(unnest(?::VARCHAR[]))", [plain]).fetchall()
    wrong = [one for one, (sql,) in zip(plain, folded, strict=True) if sql != one.casefold()]
    assert wrong == []
    assert len(plain) > 1_000_000


@pytest.mark.parametrize(
    ("number", "exact"),
    [("0", True), ("-0.0", True), ("1e25", True), ("1e26", False), ("1e-12", True), ("1.5e-12", False)],
)
def test_numbers_of_metadata_are_exact_or_not_held(number: str, exact: bool) -> None:
    """A number with more digits than the column has is left to Python."""
    assert is_exact(Decimal(number)) is exact
    assert is_exact(Decimal("1e9999")) is False


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 2**63},
        {"amount": "1250"},
        {"amount": 12.5},
        {"created_at": "someday"},
        {"created_at": "20260314T000000Z"},
        {"source_id": "a\0b"},
        {"customer_id": "ﬁ"},
        {"metadata": {"k": 10**30}},
        {"metadata": {"\ud800": 1}},
        {"metadata": []},
    ],
)
def test_what_no_column_holds_makes_an_order_irregular(tmp_path: Path, fields: dict[str, object]) -> None:
    """The order is in the copy all the same, and its document is what was read."""
    order = an_order(1, **fields)
    (row,) = rows_of([order])
    assert row[AT["is_irregular"]] is True
    with CopyReader.open(copy_of(tmp_path / "copy", [order])) as reader:
        ((place,),) = reader.rows("SELECT place FROM narrow")
        assert reader.orders([place])[0][0].raw == order


def test_an_ordinary_order_is_regular() -> None:
    """Unknown fields, nested metadata, times to the microsecond and text in any script are ordinary."""
    order = an_order(
        1,
        created_at="2026-01-01T00:00:00.123456Z",
        metadata={"größe": "XL", "a": {"b": [1, 2.5, "x"]}, "when": "2026-01-01", "none": None},
        items=[{"product": {"name": "Ünï 靴"}, "quantity": 2}],
        more={"x": 1},
    )
    (row,) = rows_of([order])
    assert row[AT["is_irregular"]] is False
    assert row[AT["units"]] == 2


def test_an_exported_order_knows_only_what_exports_hold(tmp_path: Path) -> None:
    """What was not read is null, not empty."""
    copy = copy_of(tmp_path / "copy", [], exported=[an_order(1, metadata={"k": "v"})])
    with CopyReader.open(copy) as reader:
        found = reader.rows("SELECT total_amount, items, is_whole, document, metadata_texts FROM wide")
    assert found == [(1001, None, False, None, ["v"])]
