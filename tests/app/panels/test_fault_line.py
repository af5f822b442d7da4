"""The line below the filter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app.panels.filter_bar.fault_line import fault_line
from tui.orders.filter import FilterError, parse
from tui.terminal.cells import cell_width
from tui.terminal.visible import hidden_characters

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fault(text: str) -> FilterError:
    """What is wrong with a text."""
    with pytest.raises(FilterError) as raised:
        parse(text, now=NOW)
    return raised.value


def test_carets_stand_under_the_fault_with_the_message_beside() -> None:
    """To the right where there is room, with what tab does."""
    line = fault_line(fault("status:paid amont>1"), width=100, start=2)
    assert line == f"{' ' * 14}^^^^^ there is no field “amont”; did you mean “amount”? tab takes it"


def test_the_message_goes_to_the_other_side_for_room() -> None:
    """A fault at the right end is told on its left."""
    line = fault_line(fault(f"{'x' * 60} amont>1"), width=72, start=2)
    assert line.endswith("did you mean “amount”? tab takes it ^^^^^")
    assert line.index("^") == 63


def test_wide_characters_keep_carets_in_place() -> None:
    """Cells count, not characters."""
    assert fault_line(fault("한국 amont>1"), width=100, start=0).index("^") == 5


def test_a_fault_out_of_sight_is_told_without_carets() -> None:
    """Where the text is scrolled past it."""
    assert "^" not in fault_line(fault("amont>1"), width=60, start=-20)


@given(st.text(max_size=40), st.integers(1, 90), st.integers(-30, 30))
def test_it_always_fits_and_hides_nothing(text: str, width: int, start: int) -> None:
    """Whatever is typed, in whatever width."""
    try:
        parse(text, now=NOW)
    except FilterError as error:
        line = fault_line(error, width=width, start=start)
        assert cell_width(line) <= width
        assert hidden_characters(line) == 0
