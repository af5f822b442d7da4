"""Rows of the service's file that repeat an order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.exporting.checking import IdCounter


@given(st.lists(st.text("ab", max_size=3), max_size=60))
def test_rows_that_repeat_an_id_are_counted(ids: list[str]) -> None:
    """Empty ids are nobody's, and repeat nothing."""
    counter = IdCounter()
    for each in ids:
        counter.add(each)
    named = [each for each in ids if each]
    assert counter.repeated == len(named) - len(set(named))
