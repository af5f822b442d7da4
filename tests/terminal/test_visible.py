"""Text from anywhere, made safe to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.visible import hidden_characters, hidden_in_lines, hides_nothing, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))
ACTS = {chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]}
HIDES = {
    chr(c) for c in [0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[2J", "^[[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\nb\tc\r", "a⏎b⇥c^M"),
        ("\x7f", "^?"),
        ("\ud800", "<U+D800>"),
        ("[bold]x[/]", "[bold]x[/]"),
        ("نمی‌خواهم", "نمی‌خواهم"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_what_acts_or_hides_is_written_out(raw: str, shown: str) -> None:
    """Controls and bidi marks get a sign; markup is plain text; joiners that scripts need stay."""
    assert visible(raw) == shown


@given(ANY_TEXT, st.booleans())
def test_nothing_that_acts_is_ever_left(text: str, multiline: bool) -> None:
    """For any text, the result holds no control, no bidi mark and can be encoded."""
    shown = visible(text, multiline=multiline)
    assert not (set(shown) - ({"\n"} if multiline else set())) & (ACTS | HIDES)
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(ANY_TEXT)
def test_making_visible_twice_changes_nothing(text: str) -> None:
    """What was made visible is plain text already."""
    assert visible(visible(text, limit=None), limit=None) == visible(text, limit=None)


def test_long_text_is_cut_and_says_so() -> None:
    """A megabyte never reaches a cell."""
    assert visible("x" * 1_000_000, limit=10) == "x" * 10 + " … +999,990 characters"


def test_a_tower_of_marks_is_cut_down() -> None:
    """Combining marks past eight would paint over other lines."""
    assert visible("a" + "\u0301" * 50) == "a" + "\u0301" * 8 + "<+42 marks>"


def test_lines_stay_lines_when_asked() -> None:
    """In a place with room for lines only the line ends stay."""
    assert visible("a\r\nb\x1bc", multiline=True) == "a\nb^[c"


def test_hidden_characters_are_counted() -> None:
    """A row can say how many there are."""
    assert hidden_characters("a\u200bb\x1bc") == 2
    assert hidden_characters("żółw") == 0
    assert hidden_in_lines("żółw\r\n\tand\u200b more") == 1


def test_a_text_hides_nothing_when_no_character_of_it_is_counted() -> None:
    """The quick answer is the counted one for every character there is, alone and among others."""
    seen = 0
    for start in range(0, 0x110000, 256):
        block = "".join(map(chr, range(start, start + 256)))
        assert hides_nothing(block) == (not hidden_characters(block))
        if not hides_nothing(block):
            hidden = [character for character in block if hidden_characters(character)]
            seen += len(hidden)
            assert not [each for each in hidden if hides_nothing(each) or hides_nothing(f"ż{each}")]
            assert hides_nothing("".join(sorted(set(block) - set(hidden))))
            assert all(map(hides_nothing, set(block) - set(hidden)))
    assert seen > 6000
