"""A field to type in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.app.widgets.own_line import OwnLine

from .model.pasting import looks_like_document


class Entry(OwnLine):
    """One line of text. Enter goes on to the next field, down looks at what was seen before.

    ``documents`` says that a whole order pasted here is meant for the form, not for the field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.focus_next", "Next field", show=False),
        Binding("down", "matches", "Values seen", show=False),
        Binding("up", "screen.focus_previous", "Field before", show=False),
    ]

    class DocumentPasted(Message):
        """A text was pasted that is an order or a curl command; the field holds nothing of it."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class MatchesWanted(Message):
        """Down was pressed."""

    def __init__(self, *, placeholder: str = "", documents: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self._documents = documents

    def _on_paste(self, event: events.Paste) -> None:
        if self._documents and looks_like_document(event.text):
            event.prevent_default()
            event.stop()
            self.post_message(self.DocumentPasted(event.text))

    def action_paste(self) -> None:
        """Paste what was copied within the app."""
        if self._documents and looks_like_document(self.app.clipboard):
            self.post_message(self.DocumentPasted(self.app.clipboard))
        else:
            super().action_paste()

    def action_matches(self) -> None:
        """Ask for the list of values seen before."""
        self.post_message(self.MatchesWanted())
