"""A short list to choose one thing from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.type_ahead_guard import Clock


class Choice(NamedTuple):
    """An option: the answer it gives, its text, and a remark."""

    id: str
    words: str
    remark: str = ""


class ChoiceList(OptionList):
    """The list of options, also with ``j`` and ``k``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
        Binding("space", "select", show=False),
    ]


class Chooser(QuestionDialog[str | None]):
    """Closes with the id of the choice, or ``None``. Texts must be safe to show.

    Args:
        title: the question.
        choices: the answers.
        at: the id of the choice in use.
        note: a remark below the list.
        clock: for a choice that is sent without another question: it is accepted only after it was visible,
            without a key press, for a moment.
    """

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "decline", "Close")]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        at: str | None = None,
        note: str = "",
        clock: Clock | None = None,
    ) -> None:
        super().__init__(clock=clock)
        self._title = title
        self._choices = choices
        self._at = at
        self._note = note

    def compose(self) -> ComposeResult:
        """The list in a box, with a note below."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter choose · esc close")
            yield ChoiceList(*(Option(_prompt(choice), id=choice.id) for choice in self._choices))
            if self._note:
                yield Static(Content(self._note), classes="note")

    def on_mount(self) -> None:
        """Select the current choice."""
        ids = [choice.id for choice in self._choices]
        if self._at in ids:
            self.query_one(ChoiceList).highlighted = ids.index(self._at)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the selected option, unless a click came too early."""
        event.stop()
        if self.accepts_keys:
            self.dismiss(event.option_id)

    def first_focus(self) -> Widget:
        """The list."""
        return self.query_one(ChoiceList)


def _prompt(choice: Choice) -> Content:
    return (
        Content.assemble(choice.words, (f"  {choice.remark}", "dim"))
        if choice.remark
        else Content(choice.words)
    )
