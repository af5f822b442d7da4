"""The question at the foot of a dialog: yes or no with No chosen, or a name to type."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.actions.session import SessionInfo
from tui.app.panels.standing_line import StandingLine
from tui.app.type_ahead_guard import TypeAheadGuard
from tui.app.widgets.typed_line import TypedLine
from tui.terminal.visible import visible


class ConsentBar(Vertical):
    """Says on which account, and asks; without ``typed`` a yes is enough. The texts are made visible here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    class Answered(Message):
        """A yes or a no."""

        def __init__(self, agreed: bool) -> None:
            super().__init__()
            self.agreed = agreed

    def __init__(self, question: str, account: SessionInfo, *, typed: str | None = None) -> None:
        super().__init__()
        self._account = account
        self._question = question
        self._typed = typed

    def compose(self) -> ComposeResult:
        """The account, the question, and what answers it."""
        yield StandingLine(self._account)
        with Horizontal():
            question = visible(self._question, limit=200)
            if self._typed is None:
                yield Static(Content(question), classes="question")
                yield Button(Content("n No"), id="no", compact=True)
                yield Button(Content("y Yes"), id="yes", compact=True)
            else:
                typed = visible(self._typed, limit=80)
                yield Static(Content(f"{question} Type {typed}:"), classes="question")
                yield TypedLine(id="typed", compact=True)

    @property
    def first_focus(self) -> Widget:
        """No, or the field to type in."""
        return self.query_one("#no" if self._typed is None else "#typed")

    @property
    def wants_typing(self) -> bool:
        """Whether a plain yes is not enough."""
        return self._typed is not None

    @property
    def _may_answer(self) -> bool:
        """Whether the dialog accepts an answer; a click is subject to the same wait as a key."""
        return not isinstance(self.screen, TypeAheadGuard) or self.screen.accepts_keys

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """That is the answer."""
        event.stop()
        if self._may_answer:
            self.post_message(self.Answered(event.button.id == "yes"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Agreed if it is exactly what was asked for."""
        event.stop()
        if event.value.strip() == self._typed and self._may_answer:
            self.post_message(self.Answered(True))
        elif self._may_answer:
            event.input.select_all()  # kept to be looked at; what is typed next takes its place
            self.query_one(".question", Static).update(
                Content(f"That is not it. Type {visible(self._typed, limit=80)}:")
            )
