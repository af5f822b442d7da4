"""The last step before the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.repl.output import ReplOutputFilter, mark


def test_marks_become_colours() -> None:
    """Only where colours are wanted."""
    assert ReplOutputFilter(coloured=True).clean(mark("PAID", "PAID") + " x") == "\x1b[32mPAID\x1b[0m x"
    assert ReplOutputFilter(coloured=False).clean(mark("PAID", "PAID") + " x") == "PAID x"


def test_what_slipped_through_is_taken_out_and_counted() -> None:
    """The count tells the tests."""
    edge = ReplOutputFilter(coloured=True)
    assert edge.clean("a\x1b[2J\x9b1m\u202e\x07b\nc") == "a[2J1mb\nc"
    assert edge.hits == 4


@given(st.text())
def test_no_text_acts(text: str) -> None:
    """Of any text only line ends are left to act."""
    cleaned = ReplOutputFilter(coloured=False).clean(text)
    assert not any(ord(c) < 32 and c != "\n" for c in cleaned)
    assert not any(0x7F <= ord(c) <= 0x9F for c in cleaned)
