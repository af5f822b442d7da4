"""Width in cells."""

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from tui.terminal.cells import _NARROW, cell_width, cut, fit
from tui.terminal.visible import visible


def test_wide_characters_take_two_cells() -> None:
    """Japanese text is as wide as the terminal draws it."""
    assert cell_width("日本") == 4
    assert fit("日本", 3) == "日…"


@given(st.text(), st.integers(0, 40), st.sampled_from(["left", "right"]))
def test_fitted_text_has_exactly_the_width(text: str, width: int, align: str) -> None:
    """Columns line up whatever is in them."""
    assert cell_width(fit(visible(text), width, align=align)) == width


@given(st.text(), st.integers(0, 40))
def test_a_cut_never_exceeds_the_width(text: str, width: int) -> None:
    """Cutting keeps a start of the text."""
    assert cell_width(cut(visible(text), width)) <= width


def test_what_is_taken_for_narrow_is_narrow() -> None:
    """The short cut past the width tables agrees with them."""
    narrow = [chr(code) for code in range(32, 0x2200) if _NARROW.fullmatch(chr(code))]
    assert len(narrow) > 700
    assert [character for character in narrow if wcwidth(character) != 1] == []


@given(st.lists(st.text(max_size=8).map(visible), min_size=1, max_size=6))
def test_the_width_of_a_line_is_the_sum_of_its_cells(cells: list[str]) -> None:
    """Also where a mark such as U+0B57 begins a cell: what is before it decides whether it has a cell."""
    assert cell_width(" ".join(cells)) == sum(map(cell_width, cells)) + len(cells) - 1


@given(st.text(max_size=20).map(visible), st.integers(1, 12))
def test_what_is_cut_to_fit_fits_between_its_neighbours(text: str, width: int) -> None:
    """On both sides."""
    assert cell_width(f"a {fit(text, width)} b") == width + 4
