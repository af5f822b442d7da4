"""Screens over a shared state: they show it anew a moment after the last change."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from .editing import Editing

DELAY = 0.06
"""Seconds after a key until what follows from it is worked out."""

R = TypeVar("R")


class SettlingScreen(Screen[R]):
    """A screen whose widgets with ``load`` and ``settle`` follow the state.

    Textual calls the handlers of this class beside those of the same name in a subclass.
    """

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.editing = editing
        self._reload = False
        self._settling: Timer | None = None

    def on_mount(self) -> None:
        """Listen to changes."""
        self.editing.listeners.append(self.changed)

    async def on_unmount(self) -> None:
        """Listen no more."""
        if self.changed in self.editing.listeners:
            self.editing.listeners.remove(self.changed)

    def changed(self, reload: bool) -> None:
        """The state is another one: show it in a moment, or at once when fields must change."""
        self._reload = self._reload or reload
        if self._settling is not None:
            self._settling.stop()
        self._settling = None
        if reload:
            self.settle()
        else:
            self._settling = self.set_timer(DELAY, self.settle)

    def settle(self) -> None:
        """Show the state."""
        reload, self._reload = self._reload, False
        if not self.is_mounted:
            return
        for widget in self.query(Widget):
            show: Any = getattr(widget, "load" if reload else "settle", None)
            if show is not None and callable(getattr(widget, "settle", None)):
                show()

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.editing.undo():
            self.app.bell()

    def action_redo(self) -> None:
        """Make it again."""
        if not self.editing.redo():
            self.app.bell()
