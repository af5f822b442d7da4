"""A line that opens something."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from .words import Words


class LinkLine(Words, can_focus=True):
    """Words with an arrow; enter, space or a click follow it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "follow", "Open", show=False)]

    class Followed(Message):
        """The line was chosen."""

        def __init__(self, line: LinkLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self, words: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(f"▸ {words}", id=id)

    def action_follow(self) -> None:
        """Tell that the line was chosen."""
        self.post_message(self.Followed(self))

    def on_click(self) -> None:
        """A click chooses it."""
        self.action_follow()
