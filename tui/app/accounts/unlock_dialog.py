"""The question before changes are allowed on a profile that only reads: its name, typed, and for how long."""

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
from tui.app.forms.choice_line import ChoiceLine
from tui.app.panels.standing_line import StandingLine
from tui.app.type_ahead_guard import Clock, TypeAheadGuard
from tui.app.widgets.typed_line import TypedLine
from tui.terminal.visible import visible

from .unlocking import WHOLE_SESSION

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo

MINUTES = {"5 minutes": 5, "15 minutes": 15, "an hour": 60, "this session": WHOLE_SESSION}
"""The times to choose from; the last one only where the session began with changes allowed."""

USUAL = "15 minutes"


class UnlockDialog(TypeAheadGuard[int | None]):
    """Ends with the minutes, or ``None``; it unlocks nothing itself.

    Args:
        opened: the session.
        why: what waits for the answer.
        clock: the clock, for tests.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/form.tcss", "../styles/accounts.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Stay locked"),
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
        """The account, what waits, the time, the name."""
        about = f"{self._why} " if self._why else ""
        with Vertical(classes="mutation") as box:
            box.border_title = Content("Allow changes")
            yield StandingLine(self._opened)
            with VerticalScroll(classes="told", can_focus=False):
                yield Static(Content(visible(f"{about}Changes are refused until you allow them.", limit=300)))
            with Horizontal(classes="field"):
                yield Static(Content("For"), classes="label")
                yield ChoiceLine(self._times, required=True, id="minutes")
            with Horizontal(classes="field"):
                yield Static(Content(f"Type {visible(self._name, limit=80)}"), classes="label", id="asked")
                yield TypedLine(id="typed", compact=True)
            yield Static(Content("enter allow · tab the time, ← → chooses · esc stay locked"), classes="keys")

    def on_mount(self) -> None:
        """The usual time."""
        self.query_one(ChoiceLine).value = USUAL

    def first_focus(self) -> Widget:
        """The field to type in."""
        return self.query_one(Input)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Agreed if it is exactly the name."""
        event.stop()
        if event.value.strip() == self._opened.name:
            self.dismiss(MINUTES[self.query_one(ChoiceLine).value])
        else:
            event.input.select_all()
            self.query_one("#asked", Static).update(
                Content(f"That is not it. Type {visible(self._name, limit=80)}")
            )

    def action_focus_next(self) -> None:
        """There are two fields, so the next one is the other one."""
        self.focus_next()

    def action_give_up(self) -> None:
        """Nothing may be changed."""
        self.dismiss(None)
