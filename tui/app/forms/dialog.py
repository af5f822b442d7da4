"""The ground of the form's dialogs: fields over the same state, in a box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle

from .keys_line import Key, KeysLine
from .settling import SettlingScreen

R = TypeVar("R")

KEYS = (
    Key("esc", "done", "screen.done"),
    Key("tab", "next field", "screen.focus_next"),
    Key("ctrl+z", "undo", "screen.undo"),
)


class FormDialog(SettlingScreen[R], Modal[R]):
    """A box of fields. What is typed is in the form at once, so there is nothing to confirm."""

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
        """What the box is about, already visible."""
        return ""

    def rows(self) -> Iterator[Widget]:
        """The fields."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The account, the fields in a box that scrolls, the keys below them."""
        yield ScreenTitle()
        with Vertical(classes="form-box") as box:
            box.border_title = Content(self.title_words())
            with VerticalScroll(can_focus=False):
                yield from self.rows()
            yield KeysLine(KEYS)

    def settle(self) -> None:
        """Show the state; the title may be another."""
        super().settle()
        words = self.title_words()
        if self.is_mounted and words != self._titled:
            self._titled = words
            self.query_one(".form-box").border_title = Content(words)

    def action_done(self) -> None:
        """Back to the form."""
        self.dismiss(None)
