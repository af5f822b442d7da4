"""Segments as SVG: the same cells, whatever the font."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from rich.segment import Segment
from rich.style import Style

from screenshots.drawing import BAR, CELL, LINE, MARGIN, draw

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*lines: list[Segment]) -> ET.Element:
    """The picture of these lines, read again."""
    text = draw(lines, title="a <title> & “more”", foreground="#ffffff", background="#000000")
    return ET.fromstring(text)


def texts(picture: ET.Element) -> list[tuple[str, int, int]]:
    """Each text with the cell where it begins and the cells it takes, without the title."""
    found = [text for text in picture.iter(f"{SVG}text") if "textLength" in text.attrib]
    return [
        (text.text or "", (int(text.attrib["x"]) - MARGIN) // CELL, int(text.attrib["textLength"]) // CELL)
        for text in found
    ]


def test_words_stand_in_their_cells() -> None:
    """Each run of words is placed by itself, so that no renderer can eat the spaces between."""
    picture = drawn([Segment("  one word   two ")])
    assert texts(picture) == [("one word", 2, 8), ("two", 13, 3)]


def test_wide_characters_stand_in_two_cells() -> None:
    """Where a character takes two cells each is placed alone, combining marks with their letter."""
    picture = drawn([Segment("日本 e\u0301x")])
    assert texts(picture) == [("日", 0, 2), ("本", 2, 2), ("e\u0301", 5, 1), ("x", 6, 1)]


def test_neighbours_of_one_colour_are_one_rectangle() -> None:
    """Backgrounds are joined; the window's own is not drawn again."""
    red, black = Style(bgcolor="#ff0000"), Style(bgcolor="#000000")
    picture = drawn([Segment("ab", red), Segment("c", red), Segment("d", black)])
    window, red_cells = picture.iter(f"{SVG}rect")
    assert window.attrib["fill"] == "#000000"
    assert (red_cells.attrib["fill"], red_cells.attrib["width"]) == ("#ff0000", str(3 * CELL))


def test_styles_are_drawn() -> None:
    """Colour, weight, slant, line and reverse are those of the segment."""
    style = Style(color="#123456", bold=True, italic=True, underline=True)
    bold, turned = [
        text.attrib
        for text in drawn([Segment("x", style), Segment("y", Style(color="#00ff00", reverse=True))]).iter(
            f"{SVG}text"
        )
        if "textLength" in text.attrib
    ]
    assert bold["fill"] == "#123456"
    assert (bold["font-weight"], bold["font-style"]) == ("bold", "italic")
    assert bold["text-decoration"] == "underline"
    assert turned["fill"] == "#000000"


def test_the_title_is_text() -> None:
    """What the title holds is no XML."""
    picture = drawn([Segment("x")], [Segment("y")])
    assert picture.attrib["aria-label"] == "a <title> & “more”"
    assert picture.attrib["viewBox"] == f"0 0 {CELL + 2 * MARGIN} {2 * LINE + BAR + MARGIN}"
    assert "a <title> & “more”" in [text.text for text in picture.iter(f"{SVG}text")]
