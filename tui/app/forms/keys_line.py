"""A line of keys and what they do; each can be clicked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.app.masking import masks_at
from tui.terminal.cells import cell_width


class Key(NamedTuple):
    """A key as it is written, our word for what it does, and Textual's action."""

    key: str
    word: str
    action: str


REVEAL = Key("ctrl+r", "reveal", "screen.reveal")
"""Offered where something is masked."""


class KeysLine(Widget):
    """As many keys as fit, the most needed first. ``where`` has their actions, else the screen has."""

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
        """Do what was clicked."""
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
