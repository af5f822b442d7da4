"""One value's mask."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.orders.privacy.masker import LETTERS, SIGN, Masker, looks_masked
from tui.terminal.cells import cell_width
from tui.terminal.visible import written_out


def cells(text: str) -> int:
    """Cells that a text takes as it is shown."""
    return cell_width(written_out(text))


MASKER = Masker(b"secret", cells)


@given(st.text())
def test_a_mask_is_as_wide_as_its_value(value: str) -> None:
    """Double width, marks and hidden characters counted as they are shown; spaces and line ends stay."""
    assert cells(MASKER.mask(value)) == cells(value)


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1))
def test_a_mask_is_ascii_and_seen_to_be_one(value: str) -> None:
    """Each word begins with the sign and has letters of the alphabet only."""
    mask = MASKER.mask(value)
    assert mask.isascii()
    assert all(word[0] == SIGN and set(word[1:]) <= set(LETTERS) for word in mask.split())


@given(st.text())
def test_the_same_value_has_the_same_mask_in_any_case(value: str) -> None:
    """Masks are stable under one key, and a name in capitals is the same name."""
    assert MASKER.mask(value) == Masker(b"secret", cells).mask(value)
    if value.upper().lower() == value.lower():
        assert MASKER.mask(value.upper())[:2] == MASKER.mask(value)[:2]


def test_another_key_makes_other_masks() -> None:
    """Masks of two sessions cannot be laid side by side."""
    assert MASKER.mask("Ada Lovelace") != Masker(b"other", cells).mask("Ada Lovelace")


def test_different_values_have_different_masks() -> None:
    """Two customers stay two."""
    names = [f"Customer {number:05}" for number in range(5000)]
    assert len({MASKER.mask(name) for name in names}) == len(names)


def test_what_looks_masked() -> None:
    """Masks are recognised, so that one is never sent as a value by mistake; values are not."""
    assert looks_masked(MASKER.mask("Ada Lovelace"))
    assert looks_masked(f"for {MASKER.mask('Ada Lovelace')}, gift wrap")
    assert not any(map(looks_masked, ["Ada", "*", "***", "* item", "*bold*", "5 * 3", "", "*brrr!"]))
