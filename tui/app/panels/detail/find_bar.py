"""The line in which a text to find is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.app.panels.key_hints import KeyHint
from tui.app.widgets.own_line import OwnLine


class FindBar(OwnLine):
    """Finds while typing; enter keeps what was found, esc forgets it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Stop finding")]

    class Left(Message):
        """The line was left: ``kept`` tells whether the matches stay."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self) -> None:
        super().__init__(placeholder="find in this order", compact=True, select_on_focus=True, max_length=500)

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        """The two ways out; any other key is text."""
        return (KeyHint("enter", "keep what is found"), KeyHint("esc", "stop finding"))

    def action_leave(self) -> None:
        """Forget what was typed."""
        self.post_message(self.Left(kept=False))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the matches."""
        event.stop()
        self.post_message(self.Left(kept=True))
