"""The same status for several orders: the preview, the progress, and one update after another."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.actions.changes.consent import text_to_type
from tui.actions.changes.outcome_text import STATES
from tui.app.dialogs.consent_bar import ConsentBar
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.modal import Modal
from tui.app.type_ahead_guard import Clock
from tui.jobs.changes.change_errors import ChangeRefused, NothingToSend, OrderChanged, UnresolvedConflicts
from tui.jobs.changes.plans import UpdatePlan
from tui.orders.order import Order
from tui.orders.request import InvalidFields
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible
from tui.voucherify.errors import NoAnswer, RateLimited, ReadOnly, VoucherifyError

from .flow_host import FlowHost

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo

    from .change_services import ChangeServices
    from .plan_sender import PlanSender


def order_name(order: Order) -> str:
    """The name of an order, as safe text: its source ID, else its ID."""
    return visible(order.source_id or order.id, limit=60)


class BulkPreview(QuestionDialog[bool]):
    """Lists the orders with old and new status; to agree, the user types the profile's name and the count.

    ``already`` are marked orders that had the status when loaded: they are listed but not sent.
    """

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "decline", "Back")]

    def __init__(
        self,
        orders: Sequence[Order],
        status: str,
        *,
        account: SessionInfo,
        already: Sequence[Order] = (),
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(clock=clock)
        self._orders = orders
        self._already = already
        self._status = visible(status, limit=40)
        self._account = account

    def compose(self) -> ComposeResult:
        """The orders, the number of calls, the question."""
        count, name = len(self._orders), self._account.name
        with Vertical(classes="mutation") as box:
            box.border_title = Content(f"Set {pluralize(count, 'order')} to {self._status}")
            with VerticalScroll(classes="dialog-text"):
                yield Static(Content("\n").join(self._lines()))
            yield Static(Content(f"{2 * count} calls: each order is read and then updated"), classes="keys")
            yield ConsentBar(
                f"Send {pluralize(count, 'request')} to {name}?",
                self._account,
                typed=text_to_type(name, orders=count),
            )
            yield Static(Content("esc back, send nothing"), classes="keys")

    def result_of(self, agreed: bool) -> bool:
        """Whether the user agreed."""
        return agreed

    def _lines(self) -> list[Content]:
        lines = [
            Content.assemble(
                (order_name(order), "bold"),
                "  ",
                (visible(order.status, limit=40), "dim"),
                f" → {self._status}",
            )
            for order in self._orders
        ]
        if self._already:
            lines.append(Content(f"Already {self._status} (not sent):"))
            lines += [Content(f"  {order_name(order)}") for order in self._already]
        return lines


class BulkProgress(Modal[None]):
    """One line for each order with its result; esc stops after the current order, then closes."""

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "stop", "Stop")]

    class Advanced(Message):
        """The result of one order is known."""

        def __init__(self, at: int, words: str) -> None:
            super().__init__()
            self.at = at
            self.words = words

    class Ended(Message):
        """All orders are done or skipped; ``words`` is the summary."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, orders: Sequence[Order], status: str) -> None:
        super().__init__()
        self._names = [order_name(order) for order in orders]
        self._status = visible(status, limit=40)
        self._became = [""] * len(orders)
        self.stopped = False
        self.ended = False

    def compose(self) -> ComposeResult:
        """The orders with their results."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(f"Setting {pluralize(len(self._names), 'order')} to {self._status}")
            with VerticalScroll(classes="dialog-text"):
                yield Static(self._text(), id="outcomes")
            yield Static(Content("esc stop after this order"), classes="keys")

    def on_bulk_progress_advanced(self, message: Advanced) -> None:
        """Show the result."""
        self._became[message.at] = visible(message.words, limit=200)
        self.query_one("#outcomes", Static).update(self._text())

    def on_bulk_progress_ended(self, message: Ended) -> None:
        """Show the summary."""
        self.ended = True
        self.query_one(".keys", Static).update(Content(f"{visible(message.words, limit=200)} · esc close"))

    def action_stop(self) -> None:
        """Stop, or close when done."""
        self.stopped = True
        if self.ended:
            self.dismiss(None)
        else:
            self.query_one(".keys", Static).update(Content("stopping after this order"))

    def _text(self) -> Content:
        rows = zip(self._names, self._became, strict=True)
        return Content("\n").join(Content.assemble((name, "bold"), "  ", became) for name, became in rows)


ENDING = (RateLimited, NoAnswer, ReadOnly)
"""Errors that would also fail the next order."""

NOT_TRIED = "not tried"
NOTHING_SENT = "No status was changed yet."


class BulkStatus:
    """Sets the status of several orders, each with its own outcome."""

    def __init__(self, stage: FlowHost, changes: ChangeServices, sending: PlanSender) -> None:
        self._stage = stage
        self._changes = changes
        self._sending = sending

    async def run(self, orders: Sequence[Order], status: str) -> None:
        """Ask, then update one order after another; a lost connection, rate limit or lock stops it.

        Orders that had the status when loaded are listed and skipped.
        """
        already = [order for order in orders if order.status == status]
        orders = [order for order in orders if order.status != status]
        title = f"Status {status}"
        if not orders:
            self._stage.say(f"All {len(already)} orders are already {status}. Nothing was sent.", title=title)
            return
        dialog = BulkPreview(
            orders, status, account=self._stage.account, already=already, clock=self._stage.clock
        )
        if not await self._stage.may_write(NOTHING_SENT) or not await self._stage.show(dialog):
            return
        if not await self._stage.may_write(NOTHING_SENT):
            return
        progress = BulkProgress(orders, status)
        self._stage.push(progress)
        done, going_on = 0, True
        for at, order in enumerate(orders):
            words = NOT_TRIED
            if going_on and not progress.stopped:
                progress.post_message(BulkProgress.Advanced(at, "…"))
                words, going_on = await self._one(order, status)
                done += words == STATES["DONE"]
            progress.post_message(BulkProgress.Advanced(at, words))
        ended = f"{done} of {len(orders)} done" + (f", {len(already)} unchanged" if already else "")
        progress.post_message(BulkProgress.Ended(ended))
        self._stage.say(ended, title=title)

    async def _one(self, order: Order, status: str) -> tuple[str, bool]:
        """Update one order; return its result and whether to continue."""
        try:
            plan = await self._changes.mutations.plan_update(order.raw, {**order.raw, "status": status})
            self._stage.written(Order.read(plan.base))
            try:
                outcome = await self._sending.carry_out(plan)
            except OrderChanged as moved:
                if isinstance(moved.plan, UpdatePlan):
                    self._stage.written(Order.read(moved.plan.base))
                outcome = await self._sending.carry_out(moved.plan)
        except NothingToSend:
            return f"already {status}", True
        except UnresolvedConflicts:
            return "skipped: someone else changed its status", True
        except ENDING as error:
            return f"{error.title}; nothing was sent", False
        except (InvalidFields, ChangeRefused, VoucherifyError) as error:
            return f"{error.title}: {error}", True
        if outcome.answer is not None:
            self._stage.written(Order.read(outcome.answer))
        text = STATES[outcome.state]
        if outcome.error is not None and outcome.state != "DONE":
            return f"{text} ({outcome.error})", not isinstance(outcome.error, ENDING)
        return text, True
