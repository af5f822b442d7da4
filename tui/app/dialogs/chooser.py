"""A short list to choose one thing from."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.modal import Modal
from tui.app.type_ahead_guard import Clock, TypeAheadGuard


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


class Chooser(Modal[str | None]):
    """Closes with the id of the choice, or ``None``. Texts must be safe to show."""

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
        """Close with the selected option."""
        event.stop()
        self.dismiss(event.option_id)

    def action_give_up(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


def _prompt(choice: Choice) -> Content:
    return (
        Content.assemble(choice.words, (f"  {choice.remark}", "dim"))
        if choice.remark
        else Content(choice.words)
    )


class GuardedChooser(Chooser, TypeAheadGuard[str | None]):
    """A chooser whose choice is sent without another question.

    It accepts a choice only after it was visible, without a key press, for a moment.

    Args:
        title: visible text.
        choices: visible texts.
        at: the id of the choice in use.
        clock: the clock, for tests.
    """

    def __init__(
        self, title: str, choices: Sequence[Choice], *, at: str | None = None, clock: Clock = time.monotonic
    ) -> None:
        super().__init__(title, choices, at=at)
        self._clock = clock

    def first_focus(self) -> Widget:
        """The list."""
        return self.query_one(ChoiceList)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ignore a click before that."""
        if not self.accepts_keys:
            event.stop()
            event.prevent_default()
