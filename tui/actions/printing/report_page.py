"""A report of ``ordex doctor`` as lines of text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tui.terminal.cells import cell_width, fit
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.actions.doctor.finding import CheckResult, Section

    from .table import Paint

WIDEST = 80
"""Width of a line in cells; a bug report shows it without wrapping."""

NARROWEST = 40
LONGEST_NAME = 24
_LEVEL = 4

Line = list[tuple[str, str]]
"""Visible texts, each with its style: ``title``, a finding's level, or none."""


def report_text(sections: Sequence[Section], *, width: int | None, paint: Paint) -> str:
    """The sections one below the other.

    Args:
        sections: what was found.
        width: cells of a line on a terminal; never more than ``WIDEST`` are used.
        paint: paints a text in a named style.
    """
    lines = report_lines(sections, width=width)
    return "".join("".join(paint(text, style) for text, style in line) + "\n" for line in lines)


def report_lines(sections: Sequence[Section], *, width: int | None) -> Iterator[Line]:
    """The lines of the report, for front ends that style them differently."""
    room = max(NARROWEST, min(width or WIDEST, WIDEST))
    for number, section in enumerate(sections):
        if number:
            yield []
        yield from _section(section, room)


def _section(section: Section, room: int) -> Iterator[Line]:
    yield [(line, "title") for line in _wrapped(visible(section.title), room)[:1]]
    names = [cell_width(visible(finding.name)) for finding in section.findings]
    column = min(max(names, default=0), LONGEST_NAME)
    for finding in section.findings:
        yield from _finding(finding, column, room)


def _finding(finding: CheckResult, column: int, room: int) -> Iterator[Line]:
    margin = " " * (2 + _LEVEL + 2 + column + 2)
    texts = _wrapped(visible(finding.text), room - len(margin)) or [""]
    after_level = " " * (_LEVEL - len(finding.level)) + f"  {fit(visible(finding.name), column)}  {texts[0]}"
    yield [("  ", ""), (finding.level, finding.level), (after_level.rstrip(), "")]
    for text in texts[1:]:
        yield [(f"{margin}{text}", "")]
    arrow = "→ "
    for text in _wrapped(visible(finding.to_do), room - len(margin) - len(arrow)):
        yield [(f"{margin}{arrow}{text}", "")]
        arrow = "  "


def _wrapped(text: str, room: int) -> list[str]:
    """The text wrapped to a width in cells; longer words are split."""
    wide = cell_width(text) > len(text)
    # A wide character takes two cells: counted as the most it can be, no line is too long.
    return textwrap.wrap(text, room // 2 if wide else room, break_on_hyphens=False)
