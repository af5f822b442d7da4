"""A dialog that asks for confirmation of an action that cannot be undone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions.session import SessionInfo
from tui.app.dialogs.consent_bar import ConsentBar
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.type_ahead_guard import Clock
from tui.terminal.visible import visible


class ConfirmDialog(QuestionDialog[bool]):
    """Returns whether the user agreed. It makes all its texts visible."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Yes"),
        Binding("n,escape", "decline", "No"),
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
        self._title = visible(title, limit=100)
        self._lines = [visible(line, limit=400) for line in lines]
        self._question = question
        self._account = account
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Lay out the details and the question."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(self._title)
            if self._lines:
                with VerticalScroll(classes="dialog-text", can_focus=False):
                    yield Static(Content("\n".join(self._lines)))
            yield ConsentBar(self._question, self._account, typed=self._typed)
            yield Static(Content("esc no"), classes="keys")

    def result_of(self, agreed: bool) -> bool:
        """Whether the user agreed."""
        return agreed
