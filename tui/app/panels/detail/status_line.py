"""The last line of the pane: where the cursor is, and what was found."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.json_path import Path, dotted
from tui.terminal.cells import cell_width, cut, fit
from tui.terminal.visible import visible


class StatusLine(Widget):
    """The path on the left; the count of matches, or a word to the user, on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status-line--found", "status-line--path", "status-line--said"}

    def __init__(self) -> None:
        super().__init__()
        self._path = ""
        self._found = ""
        self._said = ""

    @property
    def text(self) -> str:
        """What the line says, left and right."""
        return f"{self._said or self._path} {self._found}".strip()

    def at(self, path: Path | None) -> None:
        """The cursor's field; forgets what was said about another."""
        self._path = visible(dotted(path), limit=400) if path else ""
        self._said = ""
        self.refresh()

    def found(self, needle: str, number: int, count: int) -> None:
        """How many matches there are and which one the cursor is on; nothing without a needle."""
        if not needle:
            self._found = ""
        elif not count:
            self._found = f"no match for {_quoted(needle)}"
        else:
            place = f"{number:,} of {count:,}" if number else f"{count:,}"
            self._found = f"{place} for {_quoted(needle)}"
        self.refresh()

    def say(self, words: str) -> None:
        """Tell the user something until the cursor moves."""
        self._said = visible(words, limit=300)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        base, width = self.rich_style, self.size.width
        right = cut(self._found, width)
        room = max(0, width - cell_width(right) - (1 if right else 0))
        role = "said" if self._said else "path"
        left_style = base + self.get_component_rich_style(f"status-line--{role}", partial=True)
        found_style = base + self.get_component_rich_style("status-line--found", partial=True)
        segments = [Segment(fit(self._said or self._path, room), left_style)]
        if right:
            segments.append(Segment(" " + right if room else right, found_style))
        return Strip(segments).adjust_cell_length(width, base)


def _quoted(needle: str) -> str:
    return f"“{visible(needle, limit=30)}”"
