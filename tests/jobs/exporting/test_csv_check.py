"""What is doubtful in the rows of the service's file, and what is refused as no such file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.exporting.column_matching import match_columns
from tui.jobs.exporting.csv_check import RowCheck, check_csv
from tui.jobs.exporting.export_request import ExportFailed, ExportRefused


@given(st.lists(st.text("ab", max_size=3), max_size=60))
def test_rows_that_repeat_or_lack_an_id_are_counted(ids: list[str]) -> None:
    """Empty ids repeat nothing, and are counted apart."""
    check = RowCheck(("status", "id"))
    for line, each in enumerate(ids, start=2):
        check.add(line, ["PAID", each])
    named = [each for each in ids if each]
    assert check.repeated == len(named) - len(set(named))
    assert check.without_id == ids.count("")
    assert bool(check.doubts()) == (len(set(named)) < len(ids))


def test_amounts_that_are_not_in_minor_units_are_named() -> None:
    """With the first of them and its line; an empty amount is none at all."""
    check = RowCheck(("id", "amount", "total_amount"))
    check.add(2, ["o1", "7700", "7700.00"])
    check.add(3, ["o2", "", "-5"])
    assert check.doubts() == ()
    check.add(4, ["o3", "12.50", "EUR 12"])
    (said,) = check.doubts()
    assert "2 amounts" in said
    assert "amount “12.50” in line 4" in said


def test_a_header_in_the_middle_is_refused(tmp_path: Path) -> None:
    """It would be read as an order; in one column it may be a value."""
    file = tmp_path / "x.csv"
    file.write_text("ID,Status\no1,PAID\nID,Status\n")
    with pytest.raises(ExportFailed, match="line 3: the header is repeated"):
        check_csv(file)
    file.write_text("Status\nPAID\nStatus\n")
    assert check_csv(file).rows == 2


@pytest.mark.parametrize(
    "first",
    [
        ["ord_0d1e2f3a4b5c6d7e8f", "A", "B", "C"],
        ["A", "PAID", "B", "C"],
        ["A", "B", "7700", "C"],
        ["A", "B", "C", "2026-01-31T14:05:09.123Z"],
    ],
)
def test_an_order_in_place_of_the_header_is_refused(first: list[str]) -> None:
    """It would be lost; titles that say nothing are taken by their place."""
    fields = ("id", "status", "amount", "created_at")
    with pytest.raises(ExportRefused, match="holds an order where titles should be"):
        match_columns(first, fields)
    assert match_columns(["A", "B", "C", "D"], fields) == fields
