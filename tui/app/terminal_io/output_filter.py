"""The output filter: blanks characters that would act on the terminal or hide in it, and counts them.

``App.get_line_filters`` and ``App._fatal_error`` are semi-private seams of Textual: the version is capped
in ``pyproject.toml``, and tests hold both.
"""

from __future__ import annotations

from operator import itemgetter

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.log_capture import redacted_lines, traceback_of
from tui.terminal.visible import hidden_characters, hides_nothing

_TEXT = itemgetter(0)
"""The text of a segment."""

MAX_REMEMBERED = 8192
"""Texts that are known to be harmless, so that they are not checked at each drawing."""


class OutputFilter(LineFilter):
    """Blanks every character that would act on the terminal or hide in it.

    ``hits`` counts the segments in which there were any. It stays zero while every surface shows only
    what ``visible`` made; a test that finds it above zero has found a surface that does not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hits = 0
        self._harmless: set[str] = set()

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with harmful characters blanked."""
        if self._harmless.issuperset(map(_TEXT, segments)):
            return segments
        new = set(map(_TEXT, segments)) - self._harmless
        if hides_nothing("".join(new)):
            self._remember(new)
            return segments
        return [
            segment if segment.control or not hidden_characters(segment.text) else self._mend(segment)
            for segment in segments
        ]

    def _remember(self, harmless: set[str]) -> None:
        if len(self._harmless) >= MAX_REMEMBERED:
            self._harmless.clear()
        self._harmless |= harmless

    def _mend(self, segment: Segment) -> Segment:
        self.hits += 1
        kept = (c if not hidden_characters(c) else " " * cell_len(c) for c in segment.text)
        return Segment("".join(kept), segment.style)


def plain_text(console: Console, renderable: RenderableType) -> Text:
    """Output of a library at exit, as plain text without secrets and control characters."""
    return Text(redacted_lines("".join(segment.text for segment in console.render(renderable))))


def crash_report(error: BaseException) -> Text:
    """The traceback of a crash without control characters and without locals: they may hold secrets."""
    return Text(traceback_of(error))
