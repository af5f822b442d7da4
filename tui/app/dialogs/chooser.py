"""A short list to choose one thing from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.modal import Modal


class Choice(NamedTuple):
    """One line: what is answered when it is chosen, its words, and a quieter remark."""

    id: str
    words: str
    remark: str = ""


class ChoiceList(OptionList):
    """The list; moves with ``j`` and ``k`` too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
        Binding("space", "select", show=False),
    ]


class Chooser(Modal[str | None]):
    """Ends with the id of the choice, or ``None``. Every text given is already visible."""

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "give_up", "Close")]

    def __init__(
        self, title: str, choices: Sequence[Choice], *, at: str | None = None, note: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._at = at
        self._note = note

    def compose(self) -> ComposeResult:
        """The list in a box, with a note below it."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter choose · esc close")
            yield ChoiceList(*(Option(_prompt(choice), id=choice.id) for choice in self._choices))
            if self._note:
                yield Static(Content(self._note), classes="note")

    def on_mount(self) -> None:
        """Start at the choice in use."""
        ids = [choice.id for choice in self._choices]
        if self._at in ids:
            self.query_one(ChoiceList).highlighted = ids.index(self._at)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        event.stop()
        self.dismiss(event.option_id)

    def action_give_up(self) -> None:
        """None of them."""
        self.dismiss(None)


def _prompt(choice: Choice) -> Content:
    return (
        Content.assemble(choice.words, (f"  {choice.remark}", "dim"))
        if choice.remark
        else Content(choice.words)
    )
