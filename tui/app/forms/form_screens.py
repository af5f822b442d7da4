"""Base classes of the screens that edit a form: views follow the state a moment after the last change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from tui.app.modal import DismissOnce, Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.safe_input import MaskedInput

from .form_editor import FormEditor
from .form_widgets import Key, KeysLine

DELAY = 0.06
"""Seconds after a key until dependent widgets are updated."""

R = TypeVar("R")


class DebouncedScreen(DismissOnce[R]):
    """A screen that updates its widgets, by their ``load`` and ``settle``, shortly after the last change.

    Textual calls the handlers of this class and those of the same name in a subclass.
    """

    # Priority, so that in a burst of keys those after tab go to the next field.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "focus_previous", "Previous field", show=False, priority=True),
        Binding("ctrl+r", "reveal", "Show a masked field", show=False, priority=True),
    ]

    def __init__(self, editing: FormEditor) -> None:
        super().__init__()
        self.editing = editing
        self._reload = False
        self._stale = False
        self._settling: Timer | None = None

    def on_mount(self) -> None:
        """Subscribe to changes."""
        self.editing.listeners.append(self.changed)

    async def on_unmount(self) -> None:
        """Unsubscribe."""
        if self.changed in self.editing.listeners:
            self.editing.listeners.remove(self.changed)

    def changed(self, reload: bool) -> None:
        """Schedule an update, or update at once if fields must be reloaded."""
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
        """Show changes made in a dialog above this screen."""
        if self._stale:
            self._reload = True
            self.settle()

    def settle(self) -> None:
        """Update the widgets from the state."""
        if not self.is_mounted or not self.is_current:
            return  # updated when it is on top again
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
        """Go to the previous field."""
        self.focus_previous()

    def action_reveal(self) -> None:
        """Show the masked value of the focused field until it loses focus."""
        if isinstance(self.focused, MaskedInput) and self.focused.covered:
            self.focused.uncover()
        else:
            self.app.bell()

    def action_undo(self) -> None:
        """Undo the last change."""
        if not self.editing.undo():
            self.app.bell()

    def action_redo(self) -> None:
        """Redo the last undone change."""
        if not self.editing.redo():
            self.app.bell()


DIALOG_KEYS = (
    Key("esc", "done", "screen.done"),
    Key("tab", "next field", "screen.focus_next"),
    Key("ctrl+z", "undo", "screen.undo"),
)


class FormDialog(DebouncedScreen[R], Modal[R]):
    """A dialog with fields of the form. Input changes the form at once, so nothing has to be confirmed."""

    CSS_PATH: ClassVar[str] = "../styles/form.tcss"
    AUTO_FOCUS: ClassVar[str] = "*"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Done"),
        Binding("ctrl+s", "done", "Done", priority=True),
        Binding("ctrl+z", "undo", "Undo", priority=True),
        Binding("ctrl+y", "redo", "Redo", priority=True),
    ]

    _titled = ""

    def title_words(self) -> str:
        """The title, as safe text."""
        return ""

    def rows(self) -> Iterator[Widget]:
        """The fields of the dialog."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The account, the fields in a scrolling box, the keys."""
        yield ScreenTitle()
        with Vertical(classes="form-box") as box:
            box.border_title = Content(self.title_words())
            with VerticalScroll(can_focus=False):
                yield from self.rows()
            yield KeysLine(DIALOG_KEYS)

    def settle(self) -> None:
        """Update the view and the title."""
        super().settle()
        words = self.title_words()
        if self.is_mounted and words != self._titled:
            self._titled = words
            self.query_one(".form-box").border_title = Content(words)

    def action_done(self) -> None:
        """Close the dialog; its input is in the form already."""
        self.dismiss(None)
