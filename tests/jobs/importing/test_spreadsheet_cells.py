"""Cells that no spreadsheet runs as a formula, and that come back exactly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.reading.spreadsheet_cells import protect, unprotect

SIGNS = st.text(st.sampled_from("=+-@＝−'\"; |\t\r\n\x00\x0b\u2028\xa0\ufeffa5"), max_size=12)
STARTS_A_FORMULA = re.compile(r"[=+\-@＝＋－＠﹢﹣﹦﹫−]")


@given(st.text() | SIGNS)
def test_protection_comes_off_exactly(cell: str) -> None:
    """For any text, protected once or twice."""
    once = protect(cell)
    assert unprotect(once) == cell
    assert unprotect(unprotect(protect(once))) == cell


@given(st.text() | SIGNS)
def test_no_part_of_a_protected_cell_begins_a_formula(cell: str) -> None:
    """However a spreadsheet splits the cell and trims what it gets."""
    safe = protect(cell)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", safe, re.ASCII):
        return
    for part in re.split(r"[;|\t\r\n\x0b\x0c\x85\u2028\u2029]", safe):
        assert not STARTS_A_FORMULA.match(part.strip().strip('" \x00\ufeff'))


@pytest.mark.parametrize("number", ["-5.20", "+48", "-1", "12", ""])
def test_plain_numbers_stay_numbers(number: str) -> None:
    """A sign before a plain number makes no formula."""
    assert protect(number) == number


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("＝1", "'＝1"),
        ('"=1"', '\'"=1"'),
        ("x;=HYPERLINK(1)", "x;'=HYPERLINK(1)"),
        ("x\n@SUM(A1)", "x\n'@SUM(A1)"),
        ("x|\u00a0+1", "x|'\u00a0+1"),
        ("x;'=1", "x;''=1"),
        ("'quoted", "''quoted"),
        ("-1;-2", "'-1;'-2"),
        ("a - b = c", "a - b = c"),
        ('["a","-5"]', '["a","-5"]'),
    ],
)
def test_formulas_are_held(cell: str, safe: str) -> None:
    """An apostrophe before each place where one could begin, and nowhere else."""
    assert protect(cell) == safe
