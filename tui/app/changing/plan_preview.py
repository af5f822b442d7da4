"""A plan as text, and the dialog that shows it and asks whether to send it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions.changes.plan_text import changes_of, cost_of, planned_request, remarks_of, title_of
from tui.app.dialogs.consent_bar import ConsentBar
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.feedback.notifications import CopyText, copy_value
from tui.app.type_ahead_guard import Clock
from tui.orders.changes import ChangeDescription
from tui.terminal.cells import cell_width
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.jobs.changes.plans import Plan


WIDEST_FIELD = 28
VALUE = 600
"""Most characters of a value."""

BODY = 20_000
"""Most characters of a request body."""


def plan_text(plan: Plan) -> Content:
    """The changed fields, notes, the request and the calls it takes."""
    parts = [heading("Changes"), descriptions(changes_of(plan))]
    if remarks := remarks_of(plan):
        parts += [
            Content(""),
            heading("Note"),
            *(Content(f"  {visible(line, limit=VALUE)}") for line in remarks),
        ]
    request = planned_request(plan)
    body = visible(request.text, multiline=True, limit=BODY)
    parts += [Content(""), heading(f"Request, {cost_of(plan)}"), Content(body)]
    return Content("\n").join(parts)


def heading(words: str) -> Content:
    """The title of a part."""
    return Content(visible(words, limit=200)).stylize("bold underline")


def descriptions(found: Iterable[ChangeDescription]) -> Content:
    """One line for each change: field, old value, new value."""
    rows = [
        (visible(row.field, limit=200), visible(row.old, limit=VALUE), visible(row.new, limit=VALUE))
        for row in found
    ]
    width = min(WIDEST_FIELD, max((cell_width(field) for field, _, _ in rows), default=0))
    return Content("\n").join(
        Content.assemble(
            "  ", (field, "bold"), " " * max(1, width + 2 - cell_width(field)), (old, "dim"), " → ", new
        )
        for field, old, new in rows
    )


Answer = Literal["send", "back", "dry run"]


class PlanPreview(QuestionDialog[Answer]):
    """Shows a plan and asks whether to send it; sends nothing itself.

    Args:
        plan: without conflicts.
        account: the account it is sent to.
        typed: the text to type to agree; ``None`` if a yes is enough.
        base_url: for the copied command.
        back: label of the key that goes back.
        copy_text: copies to the clipboard.
        clock: the clock, for tests.
    """

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Send"),
        Binding("n,escape", "decline", "Back"),
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
            with VerticalScroll(classes="dialog-text"):
                yield Static(plan_text(self._plan))
            yield ConsentBar(f"Send this to {self._account.name}?", self._account, typed=self._typed)
            first = "tab, then " if self._typed else ""
            keys = f"esc {self._back} · {first}c copy as curl · d dry run · j k scroll"
            yield Static(Content(keys), classes="keys")

    def result_of(self, agreed: bool) -> Answer:
        """Send or go back."""
        return "send" if agreed else "back"

    def action_copy_curl(self) -> None:
        """Copy the request as curl; API keys are shell variables."""
        command = planned_request(self._plan).as_curl(self._base_url)
        copy_value(self, self._copy_text, "curl command", command)

    def action_dry_run(self) -> None:
        """Close without sending; the caller copies the request."""
        self.dismiss("dry run")

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one(".dialog-text", VerticalScroll).scroll_relative(y=lines, animate=False)
