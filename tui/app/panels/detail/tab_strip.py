"""The names of the sections in one line, as many letters of each as fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.cells import cell_width

TABS = ("Summary", "Items", "Customer", "Redemptions", "Metadata", "JSON")
_SHORT = ("Sum", "Items", "Cust", "Red", "Meta", "JSON")


class TabStrip(Widget):
    """Numbered names, since a number chooses a section from anywhere in the pane."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab--active", "tab--idle", "tab--number", "tab--empty"}

    active: reactive[int] = reactive(0)
    counts: reactive[Mapping[int, int]] = reactive({})

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, tab: int) -> None:
            super().__init__()
            self.tab = tab

    def labels(self, width: int) -> list[str]:
        """The longest form of the names that fits: with counts, plain, short, the active one alone."""
        counted = [self._counted(name, at) for at, name in enumerate(TABS)]
        alone = [name if at == self.active else "" for at, name in enumerate(TABS)]
        for names in (counted, list(TABS), list(_SHORT), alone):
            if sum(cell_width(name) + 4 for name in names) - 2 <= width:
                return names
        return [""] * len(TABS)

    def render_line(self, y: int) -> Strip:
        """Draw the names."""
        base, width = self.rich_style, self.size.width
        number, idle, empty, active = (
            base + self.get_component_rich_style(f"tab--{part}", partial=True)
            for part in ("number", "idle", "empty", "active")
        )
        segments: list[Segment] = []
        for at, name in enumerate(self.labels(width)):
            style = active if at == self.active else empty if self.counts.get(at) == 0 else idle
            segments.append(Segment(str(at + 1), active if at == self.active else number))
            segments.append(Segment(f" {name}" if name else "", style))
            segments.append(Segment("  ", base))
        return Strip(segments).crop(0, width).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Choose the name under the pointer."""
        end = 0
        for at, name in enumerate(self.labels(self.size.width)):
            end += cell_width(name) + (4 if name else 3)
            if event.x < end:
                self.post_message(self.Chosen(at))
                return

    def _counted(self, name: str, at: int) -> str:
        count = self.counts.get(at, 0)
        return f"{name} ({count:,})" if count else name
