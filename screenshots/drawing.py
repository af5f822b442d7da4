"""Draws what a Textual app shows as SVG.

The pictures name no font of the network and no identifier that changes from run to run: the same screen is
the same file. Every run of text is given its width, so that the cells stay aligned in any font.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate

if TYPE_CHECKING:
    from textual.app import App

CELL, LINE = 10, 20
"""The size of a cell, in units of the picture."""

FONT_SIZE, BASELINE = 16.4, 15
MARGIN, BAR = 14, 34
FONTS = "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"

_WORDS = re.compile(r"\S+(?: \S+)*")
_CHARACTER = re.compile(r".[\u0300-\u036f\u200d\ufe0f]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style that begins at a cell."""

    column: int
    text: str
    style: Style

    @property
    def cells(self) -> int:
        """How many cells it takes."""
        return cell_len(self.text)


def screen_lines(app: App[Any]) -> list[list[Segment]]:
    """What the app shows now, line by line, the screens below a dialog included."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    if not isinstance(update, LayoutUpdate):
        raise TypeError("the compositor drew no whole screen")
    return [[segment for strip in line for segment in strip] for line in update.strips]


def draw(lines: Iterable[Iterable[Segment]], *, title: str, foreground: str, background: str) -> str:
    """The picture of a window with these lines.

    Args:
        lines: segments line by line, all of one width.
        title: said in the window's bar and to those who hear the picture.
        foreground: the colour of the title, and of text that has none of its own, as ``#rrggbb``.
        background: the colour of the window.
    """
    rows = [_runs(line) for line in lines]
    columns = max(sum(run.cells for run in row) for row in rows)
    width, height = columns * CELL + 2 * MARGIN, len(rows) * LINE + BAR + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"',
        f"  aria-label={quoteattr(title)}>",
        f'<rect width="{width}" height="{height}" rx="9" fill="{background}"/>',
        *(
            f'<circle cx="{20 + 20 * at}" cy="{BAR // 2}" r="5.5" fill="{foreground}" opacity=".28"/>'
            for at in range(3)
        ),
        f'<g font-family="{FONTS}" font-size="{FONT_SIZE}" fill="{foreground}">',
        f'<text x="{width // 2}" y="{BAR // 2 + 5}" font-size="14" text-anchor="middle"',
        f'  opacity=".7">{escape(title)}</text>',
    ]
    for number, row in enumerate(rows):
        y = BAR + number * LINE
        parts += _backgrounds(row, y, background)
        parts += _texts(row, y + BASELINE, background, foreground)
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _runs(line: Iterable[Segment]) -> list[Run]:
    runs: list[Run] = []
    column = 0
    for segment in line:
        if not segment.control and segment.text:
            runs.append(Run(column, segment.text, segment.style or Style.null()))
            column += runs[-1].cells
    return runs


def _colors(style: Style, foreground: str, background: str) -> tuple[str, str]:
    ink = foreground if style.color is None or style.color.is_default else _hex(style.color.get_truecolor())
    paper = (
        background
        if style.bgcolor is None or style.bgcolor.is_default
        else _hex(style.bgcolor.get_truecolor())
    )
    return (paper, ink) if style.reverse else (ink, paper)


def _hex(triplet: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*triplet)


def _backgrounds(row: list[Run], y: int, background: str) -> Iterator[str]:
    """One rectangle for neighbours of one colour; none for the window's own."""
    for paper, runs in groupby(row, key=lambda run: _colors(run.style, "", background)[1]):
        same = list(runs)
        cells = sum(run.cells for run in same)
        if paper != background and cells:
            x = MARGIN + same[0].column * CELL
            # A little taller than the line: neighbours overlap, and no seam shows between them.
            yield f'<rect x="{x}" y="{y}" width="{cells * CELL}" height="{LINE + 0.5}" fill="{paper}"/>'


def _texts(row: list[Run], y: int, background: str, foreground: str) -> Iterator[str]:
    for run in row:
        ink, _ = _colors(run.style, foreground, background)
        looks = _looks(run.style, ink, foreground)
        for column, words in _words(run):
            x, cells = MARGIN + column * CELL, cell_len(words)
            yield f'<text x="{x}" y="{y}" textLength="{cells * CELL}"{looks}>{escape(words)}</text>'


def _looks(style: Style, ink: str, foreground: str) -> str:
    looks = "" if ink == foreground else f' fill="{ink}"'
    if style.bold:
        looks += ' font-weight="bold"'
    if style.italic:
        looks += ' font-style="italic"'
    if style.underline:
        looks += ' text-decoration="underline"'
    if style.dim:
        looks += ' opacity=".6"'
    return looks


def _words(run: Run) -> Iterator[tuple[int, str]]:
    """Words with the cell that each begins at; where cells and characters differ, one character each."""
    for found in _WORDS.finditer(run.text):
        column = run.column + cell_len(run.text[: found.start()])
        if cell_len(found[0]) == len(found[0]):
            yield column, found[0]
            continue
        for character in _CHARACTER.findall(found[0]):
            if character != " ":
                yield column, character
            column += cell_len(character)
