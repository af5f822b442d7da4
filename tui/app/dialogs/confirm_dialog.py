"""A question before something that cannot be taken back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.actions.session import SessionInfo
from tui.app.changing.consent_bar import ConsentBar
from tui.app.type_ahead_guard import Clock, TypeAheadGuard
from tui.terminal.visible import visible


class ConfirmDialog(TypeAheadGuard[bool]):
    """Ends with whether it was agreed to. Every text is made visible here."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Yes"),
        Binding("n,escape", "give_up", "No"),
    ]

    def __init__(
        self,
        title: str,
        lines: Sequence[str],
        question: str,
        account: SessionInfo,
        *,
        typed: str | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(clock=clock)
        self._told = visible(title, limit=100)
        self._lines = [visible(line, limit=400) for line in lines]
        self._question = question
        self._account = account
        self._typed = typed

    def compose(self) -> ComposeResult:
        """What is at stake, and the question."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(self._told)
            if self._lines:
                with VerticalScroll(classes="told", can_focus=False):
                    yield Static(Content("\n".join(self._lines)))
            yield ConsentBar(self._question, self._account, typed=self._typed)
            yield Static(Content("esc no"), classes="keys")

    def first_focus(self) -> Widget:
        """No, or the field to type in."""
        return self.query_one(ConsentBar).first_focus

    def on_consent_bar_answered(self, event: ConsentBar.Answered) -> None:
        """That is the answer."""
        event.stop()
        self.dismiss(event.agreed)

    def action_agree(self) -> None:
        """Yes, where that is enough."""
        bar = self.query_one(ConsentBar)
        if bar.wants_typing:
            bar.first_focus.focus()
        else:
            self.dismiss(True)

    def action_give_up(self) -> None:
        """No."""
        self.dismiss(False)
