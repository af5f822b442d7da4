"""The names of the sections in one line, as many letters of each as fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class TabNames:
    """The names as they are shown, with the spaces behind a number and between two names."""

    names: tuple[str, ...]
    space: str = " "
    gap: str = "  "

    def widths(self) -> list[int]:
        """The cells of each number with its name, without the gap."""
        return [1 + (cell_width(self.space + name) if name else 0) for name in self.names]

    def total(self) -> int:
        """The cells of all in one line."""
        return sum(self.widths()) + cell_width(self.gap) * (len(self.names) - 1)


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

    def labels(self, width: int) -> TabNames:
        """The longest form that fits: with counts, plain, short, short and tight, the active name alone."""
        forms = (
            TabNames(tuple(self._counted(name, at) for at, name in enumerate(TABS))),
            TabNames(TABS),
            TabNames(_SHORT),
            TabNames(_SHORT, space="", gap=" "),
            TabNames(tuple(name if at == self.active else "" for at, name in enumerate(TABS))),
        )
        return next((form for form in forms if form.total() <= width), TabNames(("",) * len(TABS)))

    def render_line(self, y: int) -> Strip:
        """Draw the names."""
        base, width = self.rich_style, self.size.width
        number, idle, empty, active = (
            base + self.get_component_rich_style(f"tab--{part}", partial=True)
            for part in ("number", "idle", "empty", "active")
        )
        form = self.labels(width)
        segments: list[Segment] = []
        for at, name in enumerate(form.names):
            style = active if at == self.active else empty if self.counts.get(at) == 0 else idle
            segments.append(Segment(str(at + 1), active if at == self.active else number))
            segments.append(Segment(form.space + name if name else "", style))
            segments.append(Segment(form.gap, base))
        return Strip(segments).crop(0, width).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Choose the name under the pointer."""
        form, end = self.labels(self.size.width), 0
        for at, width in enumerate(form.widths()):
            end += width + cell_width(form.gap)
            if event.x < end:
                self.post_message(self.Chosen(at))
                return

    def _counted(self, name: str, at: int) -> str:
        count = self.counts.get(at, 0)
        return f"{name} ({count:,})" if count else name
