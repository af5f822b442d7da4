"""What is about to be sent, and the question whether to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.actions.changes.plan_text import planned_request, title_of
from tui.app.feedback.notifications import CopyText, copy_value
from tui.app.type_ahead_guard import Clock, TypeAheadGuard
from tui.terminal.visible import visible

from .consent_bar import ConsentBar
from .plan_text import plan_text

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.jobs.changes.plans import Plan

Answer = Literal["send", "back", "dry run"]


class Preview(TypeAheadGuard[Answer]):
    """Shows a plan and ends with what is to be done; sends nothing itself.

    Args:
        plan: without conflicts.
        account: the one that it would be sent to.
        typed: what has to be typed to agree; ``None`` where a yes is enough.
        base_url: of the copied command.
        back: what the way back leads to, in words.
        copy_text: the way to the clipboard.
        clock: the clock, for tests.
    """

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Send"),
        Binding("n,escape", "back", "Back"),
        Binding("c", "copy_curl", "Copy as curl"),
        Binding("d", "dry_run", "Dry run"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("ctrl+d,pagedown", "scroll(10)", show=False),
        Binding("ctrl+u,pageup", "scroll(-10)", show=False),
    ]

    def __init__(
        self,
        plan: Plan,
        *,
        account: SessionInfo,
        typed: str | None = None,
        base_url: str | None = None,
        back: str = "back",
        copy_text: CopyText | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(clock=clock)
        self._plan = plan
        self._account = account
        self._typed = typed
        self._base_url = base_url
        self._back = back
        self._copy_text = copy_text

    def compose(self) -> ComposeResult:
        """The plan, the question, the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(visible(title_of(self._plan), limit=100))
            with VerticalScroll(classes="told"):
                yield Static(plan_text(self._plan))
            yield ConsentBar(f"Send this to {self._account.name}?", self._account, typed=self._typed)
            first = "tab, then " if self._typed else ""
            keys = f"esc {self._back} · {first}c copy as curl · d dry run · j k scroll"
            yield Static(Content(keys), classes="keys")

    def first_focus(self) -> Widget:
        """No, or the field to type in."""
        return self.query_one(ConsentBar).first_focus

    def on_consent_bar_answered(self, event: ConsentBar.Answered) -> None:
        """Sent, or back."""
        event.stop()
        self.dismiss("send" if event.agreed else "back")

    def action_agree(self) -> None:
        """Yes, where that is enough."""
        bar = self.query_one(ConsentBar)
        if bar.wants_typing:
            bar.first_focus.focus()
        else:
            self.dismiss("send")

    def action_back(self) -> None:
        """No; nothing that was typed is lost."""
        self.dismiss("back")

    def action_copy_curl(self) -> None:
        """Put the request on the clipboard; the keys are shell variables."""
        command = planned_request(self._plan).as_curl(self._base_url)
        copy_value(self, self._copy_text, "curl command", command)

    def action_dry_run(self) -> None:
        """Keep the request and send nothing."""
        self.dismiss("dry run")

    def action_scroll(self, lines: int) -> None:
        """Some lines on."""
        self.query_one(".told", VerticalScroll).scroll_relative(y=lines, animate=False)
