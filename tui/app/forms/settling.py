"""Screens over a shared state: they show it anew a moment after the last change."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget

from tui.app.modal import DismissOnce
from tui.app.widgets.own_line import OwnLine

from .editing import Editing

DELAY = 0.06
"""Seconds after a key until what follows from it is worked out."""

R = TypeVar("R")


class SettlingScreen(DismissOnce[R]):
    """A screen whose widgets with ``load`` and ``settle`` follow the state.

    Textual calls the handlers of this class beside those of the same name in a subclass.
    """

    # Before the focused field hears of it: keys that come in a burst then meet the next field.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "focus_previous", "Field before", show=False, priority=True),
        Binding("ctrl+r", "reveal", "Show a masked field", show=False, priority=True),
    ]

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.editing = editing
        self._reload = False
        self._stale = False
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
        self._stale = True
        if self._settling is not None:
            self._settling.stop()
        self._settling = None
        if reload:
            self.settle()
        else:
            self._settling = self.set_timer(DELAY, self.settle)

    def on_screen_resume(self) -> None:
        """Show what was changed above this screen."""
        if self._stale:
            self._reload = True
            self.settle()

    def settle(self) -> None:
        """Show the state."""
        if not self.is_mounted or not self.is_current:
            return  # what is covered is shown anew when it comes back
        reload, self._reload = self._reload, False
        self._stale = False
        for widget in self.query(Widget):
            show: Any = getattr(widget, "load" if reload else "settle", None)
            if show is not None and callable(getattr(widget, "settle", None)):
                show()

    def action_focus_next(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_focus_previous(self) -> None:
        """Go to the field before."""
        self.focus_previous()

    def action_reveal(self) -> None:
        """Show the masked value of the field that has the focus, until it is left."""
        if isinstance(self.focused, OwnLine) and self.focused.covered:
            self.focused.uncover()
        else:
            self.app.bell()

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.editing.undo():
            self.app.bell()

    def action_redo(self) -> None:
        """Make it again."""
        if not self.editing.redo():
            self.app.bell()
