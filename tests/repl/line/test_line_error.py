"""Pointed errors."""

from tui.repl.line.line_error import LineError


def test_carets_stand_below_the_fault() -> None:
    """The line, carets and the message."""
    error = LineError("what is this?", text="list foo 5", position=5, length=3)
    assert error.pointed() == "list foo 5\n     ^^^\nwhat is this?"


def test_wide_and_hostile_characters_keep_the_place() -> None:
    """Cells are counted, not characters, and nothing acts on the terminal."""
    error = LineError("here", text="値\x1b x", position=3, length=1)
    assert error.pointed() == "値^[ x\n     ^\nhere"


def test_only_the_faulty_line_is_shown() -> None:
    """Of a line over several lines the one with the fault is repeated."""
    error = LineError("here", text="update {\n foo\n}", position=10, length=3)
    assert error.pointed() == " foo\n ^^^\nhere"


def test_long_lines_are_cut_around_the_fault() -> None:
    """The fault stays in sight, with signs where something was left out."""
    first, second, _ = LineError("here", text="a" * 200 + "!" + "b" * 200, position=200).pointed().split("\n")
    assert len(first) < 80
    assert first[second.index("^")] == "!"
    assert first.startswith("…")
    assert first.endswith("…")
