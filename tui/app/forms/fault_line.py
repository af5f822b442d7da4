"""The line that says what is wrong, or that nothing is."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.cells import cell_width, cut, fit
from tui.terminal.visible import visible

from .editing import Editing


class FaultLine(Widget):
    """The count and the first fault on the left, what became of the draft on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"fault-line--fault", "fault-line--calm", "fault-line--draft"}

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._draft = ""

    def load(self) -> None:
        """As after any change."""
        self.refresh()

    def settle(self) -> None:
        """As after any change."""
        self.refresh()

    def say_draft(self, words: str) -> None:
        """Say what became of the draft."""
        self._draft = words
        self.refresh()

    @property
    def text(self) -> str:
        """What the line says of faults."""
        faults = self._editing.faults
        if not faults:
            warnings = self._editing.checked.warnings
            return visible(f"ready · {warnings[0]}", limit=300) if warnings else "ready"
        return visible(f"{len(faults):,} to fix · {faults[0]}", limit=300)

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        base, width = self.rich_style, self.size.width
        right = cut(self._draft, width // 3)
        room = max(0, width - cell_width(right) - 2)
        role = "fault" if self._editing.faults else "calm"
        left = base + self.get_component_rich_style(f"fault-line--{role}", partial=True)
        draft = base + self.get_component_rich_style("fault-line--draft", partial=True)
        segments = [Segment(fit(self.text, room), left), Segment(f"  {right}", draft)]
        return Strip(segments).adjust_cell_length(width, base)
