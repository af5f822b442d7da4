"""A field to type in, and the list of suggestions below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.app.forms.model.document_input import looks_like_document
from tui.app.forms.model.suggestions import FieldSuggestion
from tui.app.widgets.safe_input import MaskedInput
from tui.terminal.visible import visible


class SuggestionList(OptionList):
    """The suggestions below a field. Enter or a click chooses one; esc, or up from the first, goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up_or_back", "Up", show=False),
        Binding("escape", "back", "Back", show=False),
    ]

    class Left(Message):
        """The list was closed without a choice."""

    class Taken(Message):
        """A suggestion was chosen."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._offered: Sequence[FieldSuggestion] = ()

    @property
    def offered(self) -> Sequence[FieldSuggestion]:
        """The suggestions in the list."""
        return self._offered

    def offer(self, values: Sequence[FieldSuggestion]) -> None:
        """Show suggestions; hide the list if there are none."""
        self.display = bool(values)
        if values == self._offered:
            return
        self._offered = values
        self.clear_options()
        self.add_options([Option(_suggestion_prompt(value)) for value in values])

    def action_up_or_back(self) -> None:
        """Move up, or go back to the field."""
        if self.highlighted in (None, 0):
            self.post_message(self.Left())
        else:
            self.action_cursor_up()

    def action_back(self) -> None:
        """Go back to the field."""
        self.post_message(self.Left())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the selected suggestion."""
        event.stop()
        self.post_message(self.Taken(self._offered[event.option_index].text))


def _suggestion_prompt(value: FieldSuggestion) -> Content:
    text = visible(value.text, limit=80)
    return (
        Content.assemble(text, (f"   {visible(value.remark, limit=80)}", "dim"))
        if value.remark
        else Content(text)
    )


class FormInput(MaskedInput):
    """One line of text. Enter goes to the next field, down opens the suggestions.

    With ``documents``, a whole order pasted here goes to the form and not into the field.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.focus_next", "Next field", show=False),
        Binding("down", "matches", "Values seen", show=False),
        Binding("up", "screen.focus_previous", "Previous field", show=False),
    ]

    class DocumentPasted(Message):
        """An order or a curl command was pasted; the field did not take it."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class MatchesWanted(Message):
        """Down was pressed: show suggestions."""

    def __init__(self, *, placeholder: str = "", documents: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self._documents = documents

    def _on_paste(self, event: events.Paste) -> None:
        if self._documents and looks_like_document(event.text):
            event.prevent_default()
            event.stop()
            self.post_message(self.DocumentPasted(event.text))

    def action_paste(self) -> None:
        """Paste the app's own clipboard."""
        if self._documents and looks_like_document(self.app.clipboard):
            self.post_message(self.DocumentPasted(self.app.clipboard))
        else:
            super().action_paste()

    def action_matches(self) -> None:
        """Open the suggestions."""
        self.post_message(self.MatchesWanted())
