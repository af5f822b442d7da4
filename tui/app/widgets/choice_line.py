"""A choice of a few options in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.cells import cell_width, cut
from tui.terminal.visible import visible


class ChoiceLine(Widget, can_focus=True):
    """Options in one line with the chosen one marked. A value that is not an option is shown and kept."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--chosen", "choice--other", "choice--focused"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "step(1)", "Next", show=False),
        Binding("left,h", "step(-1)", "Previous", show=False),
        Binding("enter", "screen.focus_next", "Next field", show=False),
        Binding("backspace,delete", "choose('')", "Choose none", show=False),
    ]

    value: reactive[str] = reactive("")

    class Chosen(Message):
        """Another option was chosen; empty for none."""

        def __init__(self, line: ChoiceLine, value: str) -> None:
            super().__init__()
            self.line = line
            self.value = value

        @property
        def control(self) -> ChoiceLine:
            """The widget that sent the message."""
            return self.line

    def __init__(self, choices: Sequence[str], *, required: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._choices = tuple(choices)
        self._required = required

    @property
    def words(self) -> tuple[str, ...]:
        """The options, and the current value if it is not one of them."""
        if self.value and self.value not in self._choices:
            return (self.value, *self._choices)
        return self._choices

    def action_step(self, step: int) -> None:
        """Choose the next or the previous option."""
        words = self.words
        if self.value not in words:
            self.action_choose(words[0 if step > 0 else -1])
        else:
            self.action_choose(words[(words.index(self.value) + step) % len(words)])

    def action_choose(self, word: str) -> None:
        """Choose an option, or none where that is allowed."""
        if word == self.value or (self._required and not word):
            return
        self.value = word
        self.post_message(self.Chosen(self, word))

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked option."""
        if self._is_narrow(self.size.width):
            self.action_step(1)
            return
        start = 0
        for word in self.words:
            end = start + cell_width(self._written(word))
            if start <= event.x < end:
                self.action_choose(word)
                return
            start = end + 2

    def render_line(self, y: int) -> Strip:
        """Draw the options, or only the chosen one if they do not fit."""
        base, width = self.rich_style, self.size.width
        if self._is_narrow(width):
            text = f"‹ {visible(self.value, limit=60) or 'none'} ›"
            return Strip([Segment(cut(text, width), base + self._style(chosen=True))]).adjust_cell_length(
                width, base
            )
        segments: list[Segment] = []
        for at, word in enumerate(self.words):
            segments.append(Segment("  " if at else "", base))
            segments.append(Segment(self._written(word), base + self._style(chosen=word == self.value)))
        return Strip(segments).adjust_cell_length(width, base)

    def _is_narrow(self, width: int) -> bool:
        return sum(cell_width(self._written(word)) + 2 for word in self.words) - 2 > width

    def _written(self, word: str) -> str:
        return ("● " if word == self.value else "○ ") + visible(word, limit=30)

    def _style(self, *, chosen: bool) -> Style:
        part = ("focused" if self.has_focus else "chosen") if chosen else "other"
        return self.get_component_rich_style(f"choice--{part}", partial=True)
