"""A dialog with a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.app.modal import Modal
from tui.terminal.visible import visible


class MessageDialog(Modal[None]):
    """Shows lines of text, which need not be safe."""

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "Close")]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = visible(title, limit=100)
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The lines in a box."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(self._title)
            with VerticalScroll(classes="dialog-text"):
                yield Static(Content("\n").join(Content(visible(line, limit=600)) for line in self._lines))
            yield Static(Content("esc close"), classes="keys")
