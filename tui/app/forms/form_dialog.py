"""What the screens with fields of the form share, and the base of its dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from tui.app.modal import HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS, Dismissal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.safe_input import MaskedInput

from .debounced_update import DebouncedUpdate
from .form_editor import FormEditor
from .form_widgets import Key, KeysLine

R = TypeVar("R")

# Priority, so that in a burst of keys those after tab go to the next field.
FIELD_BINDINGS: list[BindingType] = [
    Binding("tab", "app.focus_next", "Next field", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", "Previous field", show=False, priority=True),
    Binding("ctrl+r", "reveal", "Show a masked field", show=False, priority=True),
]


def reveal_focused(screen: Screen[Any]) -> None:
    """Show the masked value of the focused field until it loses focus."""
    if isinstance(screen.focused, MaskedInput) and screen.focused.covered:
        screen.focused.uncover()
    else:
        screen.app.bell()


DIALOG_KEYS = (
    Key("esc", "done", "screen.done"),
    Key("tab", "next field", "app.focus_next"),
    Key("ctrl+z", "undo", "screen.undo"),
)


class FormDialog(ModalScreen[R]):
    """A dialog with fields of the form. Input changes the form at once, so nothing has to be confirmed."""

    CSS_PATH: ClassVar[str] = "../styles/form.tcss"
    AUTO_FOCUS: ClassVar[str] = "*"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = VERTICAL_BREAKPOINTS

    BINDINGS: ClassVar[list[BindingType]] = [
        *FIELD_BINDINGS,
        Binding("escape", "done", "Done"),
        Binding("ctrl+s", "done", "Done", priority=True),
        Binding("ctrl+z", "undo", "Undo", priority=True),
        Binding("ctrl+y", "redo", "Redo", priority=True),
    ]

    def __init__(self, editing: FormEditor) -> None:
        super().__init__()
        self.editing = editing
        self.updates = DebouncedUpdate(self, editing, self.settle)
        self._dismissal = Dismissal(self, super().dismiss)
        self._titled = ""

    def dialog_title(self) -> str:
        """The title, as safe text."""
        return ""

    def rows(self) -> Iterator[Widget]:
        """The fields of the dialog."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The account, the fields in a scrolling box, the keys."""
        yield ScreenTitle()
        with Vertical(classes="form-box") as box:
            box.border_title = Content(self.dialog_title())
            with VerticalScroll(can_focus=False):
                yield from self.rows()
            yield KeysLine(DIALOG_KEYS)

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leave with a result, once."""
        return self._dismissal.dismiss(result)

    def on_mount(self) -> None:
        """Follow the form."""
        self.updates.start()

    def on_unmount(self) -> None:
        """Stop following the form."""
        self.updates.stop()

    def on_screen_resume(self) -> None:
        """The screen over the dialog was closed."""
        self._dismissal.resume()
        self.updates.resume()

    def settle(self) -> None:
        """Update the view and the title."""
        self.updates.show()
        words = self.dialog_title()
        if self.is_mounted and words != self._titled:
            self._titled = words
            self.query_one(".form-box").border_title = Content(words)

    def action_done(self) -> None:
        """Close the dialog; its input is in the form already."""
        self.dismiss(None)

    def action_undo(self) -> None:
        """Undo the last change."""
        if not self.editing.undo():
            self.app.bell()

    def action_redo(self) -> None:
        """Redo the last undone change."""
        if not self.editing.redo():
            self.app.bell()

    def action_reveal(self) -> None:
        """Show the masked value of the focused field."""
        reveal_focused(self)
