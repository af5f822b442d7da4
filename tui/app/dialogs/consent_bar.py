"""The question at the bottom of a dialog: yes or no (No is focused), or a text to type."""

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
from tui.app.widgets.safe_input import SafeInput
from tui.terminal.visible import visible


class ConsentBar(Vertical):
    """Shows the account and asks; without ``typed`` a yes is enough. Texts need not be safe."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    class Answered(Message):
        """The question was answered."""

        def __init__(self, agreed: bool) -> None:
            super().__init__()
            self.agreed = agreed

    def __init__(self, question: str, account: SessionInfo, *, typed: str | None = None) -> None:
        super().__init__()
        self._account = account
        self._question = question
        self._typed = typed

    def compose(self) -> ComposeResult:
        """The account, the question, and the buttons or the input."""
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
                yield SafeInput(id="typed", compact=True)

    @property
    def first_focus(self) -> Widget:
        """The No button, or the input."""
        return self.query_one("#no" if self._typed is None else "#typed")

    @property
    def wants_typing(self) -> bool:
        """Whether a text has to be typed."""
        return self._typed is not None

    @property
    def _may_answer(self) -> bool:
        """Whether the dialog accepts an answer; a click is subject to the same wait as a key."""
        return bool(getattr(self.screen, "accepts_keys", True))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer the question."""
        event.stop()
        if self._may_answer:
            self.post_message(self.Answered(event.button.id == "yes"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Agree if the text matches exactly."""
        event.stop()
        if event.value.strip() == self._typed and self._may_answer:
            self.post_message(self.Answered(True))
        elif self._may_answer:
            event.input.select_all()  # still readable; typing replaces it
            self.query_one(".question", Static).update(
                Content(f"It does not match. Type {visible(self._typed, limit=80)}:")
            )
