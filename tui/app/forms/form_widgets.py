"""Small widgets of the form: texts, links, key hints, and the line that lists what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tui.app.masking import masks_at
from tui.terminal.cells import cell_width, cut, fit
from tui.terminal.visible import visible

from .form_editor import FormEditor


class FormText(Static):
    """A text that updates its layout only when it changes: typing must not lay out the whole form."""

    def __init__(self, words: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(Content(words), id=id, classes=classes)
        self._words: str | Content = words

    def say(self, words: str | Content) -> None:
        """Set the text, which must be safe to show."""
        if words != self._words:
            self._words = words
            self.update(Content(words) if isinstance(words, str) else words)


class LinkLine(FormText, can_focus=True):
    """A text that opens something on enter, space or a click.

    Args:
        words: what it opens, as safe text.
        follow: opens it.
        status: gives what follows the words, and whether it has a fault.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "follow", "Open", show=False)]

    def __init__(
        self,
        words: str,
        follow: Callable[[], object],
        *,
        status: Callable[[], tuple[str, bool]] = lambda: ("", False),
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(f"▸ {words}", id=id)
        self._words_of_link = words
        self._follow = follow
        self._status = status

    def on_mount(self) -> None:
        """Show the status."""
        self.settle()

    def load(self) -> None:
        """Show the status."""
        self.settle()

    def settle(self) -> None:
        """Show the status."""
        text, is_faulty = self._status()
        self.set_class(is_faulty, "-faulty")
        self.say(f"▸ {self._words_of_link}{visible(text, limit=160)}")

    def action_follow(self) -> None:
        """Open it."""
        self._follow()

    def on_click(self) -> None:
        """Open it."""
        self._follow()


class Key(NamedTuple):
    """A key, its label and its Textual action."""

    key: str
    word: str
    action: str


REVEAL = Key("ctrl+r", "reveal", "screen.reveal")
"""Shown while personal data is masked."""


class KeysLine(Widget):
    """Key hints, as many as fit. ``where`` has their actions, by default the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--word"}

    def __init__(self, keys: Iterable[Key], *, where: Widget | None = None, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys = list(keys)
        self._where = where

    def render_line(self, y: int) -> Strip:
        """Draw the keys that fit."""
        base, width = self.rich_style, self.size.width
        key_style = base + self.get_component_rich_style("keys--key", partial=True)
        word_style = base + self.get_component_rich_style("keys--word", partial=True)
        segments: list[Segment] = []
        for at, key in enumerate(self._fitting(width)):
            segments.append(Segment("   " if at else "", base))
            segments.append(Segment(key.key, key_style))
            segments.append(Segment(f" {key.word}", word_style))
        return Strip(segments).adjust_cell_length(width, base)

    async def on_click(self, event: events.Click) -> None:
        """Run the clicked action."""
        event.stop()
        start = 0
        for key in self._fitting(self.size.width):
            end = start + cell_width(f"{key.key} {key.word}")
            if start <= event.x < end:
                await self.app.run_action(key.action, self._where or self.screen)
                return
            start = end + 3

    def _fitting(self, width: int) -> list[Key]:
        kept: list[Key] = []
        used = 0
        masked = [REVEAL] if self._where is None and masks_at(self).on else []
        for key in (*masked, *self._keys):
            used += cell_width(f"{key.key} {key.word}") + (3 if kept else 0)
            if used > width:
                break
            kept.append(key)
        return kept


class FaultLine(Widget):
    """The number of faults and the first one on the left, the state of the draft on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"fault-line--fault", "fault-line--calm", "fault-line--draft"}

    def __init__(self, editing: FormEditor) -> None:
        super().__init__()
        self._editing = editing
        self._draft = ""

    def load(self) -> None:
        """Redraw the line."""
        self.refresh()

    def settle(self) -> None:
        """Redraw the line."""
        self.refresh()

    def say_draft(self, words: str) -> None:
        """Show the state of the draft."""
        self._draft = words
        self.refresh()

    @property
    def text(self) -> str:
        """The text about faults."""
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
