from __future__ import annotations

from tui.orders.filter import FilterError


def test_carets_stand_below_the_fault() -> None:
    """Three lines: the text, carets, the message with the proposal."""
    error = FilterError("no such field", text="id:1 amont>3", position=5, length=5, suggestion="amount")
    assert error.pointed() == "id:1 amont>3\n     ^^^^^\nno such field; did you mean “amount”?"
    assert error.mended() == "id:1 amount>3"


def test_the_end_of_the_text_can_be_pointed_at() -> None:
    """A fault after the last character has a caret there, and nothing to mend."""
    error = FilterError("missing", text="a or", position=99, length=0)
    assert (error.position, error.length) == (4, 1)
    assert error.pointed() == "a or\n    ^\nmissing"
    assert error.mended() is None


def test_wide_and_unprintable_characters_keep_the_caret_in_place() -> None:
    """Two-cell characters count two, combining marks none, controls are shown as a sign of one."""
    error = FilterError("wrong", text="靴e\u0301\x1b[x", position=5, length=1)
    shown, carets, _ = error.pointed().split("\n")
    assert "\x1b" not in shown
    assert carets == " " * 5 + "^"


def test_a_long_text_is_shown_around_the_fault() -> None:
    """Only a part of a long text is repeated, with dots for the rest."""
    error = FilterError("wrong", text="x" * 500, position=250, length=400)
    shown, carets, _ = error.pointed(width=20).split("\n")
    assert shown == "…" + "x" * 20 + "…"
    assert carets == " " * 11 + "^" * 10
