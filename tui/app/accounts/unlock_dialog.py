"""The dialog that allows changes on a read-only profile: type its name, choose for how long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.actions.account_status import AccountStatus
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.panels.standing_line import StandingLine
from tui.app.type_ahead_guard import Clock
from tui.app.widgets.choice_line import ChoiceLine
from tui.app.widgets.safe_input import SafeInput
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo


WHOLE_SESSION = 0


MINUTES = {"5 minutes": 5, "15 minutes": 15, "an hour": 60, "this session": WHOLE_SESSION}
"""The durations to choose from; the last only if the session started with changes allowed."""

USUAL = "15 minutes"


class UnlockDialog(QuestionDialog[int | None]):
    """Closes with the minutes, or ``None``; it unlocks nothing itself.

    Args:
        opened: the session.
        why: the pending change, shown above.
        clock: the clock, for tests.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/form.tcss", "../styles/accounts.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "decline", "Stay locked"),
        Binding("down", "focus_next", show=False),
        Binding("up", "focus_next", show=False),
    ]

    def __init__(self, opened: SessionInfo, *, why: str = "", clock: Clock = time.monotonic) -> None:
        super().__init__(clock=clock)
        self._opened = opened
        self._name = AccountStatus.of(opened).name
        self._why = why
        self._times = tuple(
            name
            for name, minutes in MINUTES.items()
            if minutes != WHOLE_SESSION or opened.write_lock.can_reopen
        )

    def compose(self) -> ComposeResult:
        """The account, the pending change, the duration, the name."""
        about = f"{self._why} " if self._why else ""
        with Vertical(classes="mutation") as box:
            box.border_title = Content("Allow changes")
            yield StandingLine(self._opened)
            with VerticalScroll(classes="dialog-text", can_focus=False):
                yield Static(Content(visible(f"{about}Changes are refused until you allow them.", limit=300)))
            with Horizontal(classes="field"):
                yield Static(Content("For"), classes="label")
                yield ChoiceLine(self._times, required=True, id="minutes")
            with Horizontal(classes="field"):
                yield Static(Content(f"Type {visible(self._name, limit=80)}"), classes="label", id="asked")
                yield SafeInput(id="typed", compact=True)
            yield Static(Content("enter allow · tab the time, ← → chooses · esc stay locked"), classes="keys")

    def on_mount(self) -> None:
        """Select the default duration."""
        self.query_one(ChoiceLine).value = USUAL

    def first_focus(self) -> Widget:
        """The input."""
        return self.query_one(Input)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Agree if the name matches exactly."""
        event.stop()
        if event.value.strip() == self._opened.name:
            self.dismiss(MINUTES[self.query_one(ChoiceLine).value])
        else:
            event.input.select_all()
            self.query_one("#asked", Static).update(
                Content(f"It does not match. Type {visible(self._name, limit=80)}")
            )

    def action_focus_next(self) -> None:
        """Go to the other field."""
        self.focus_next()
