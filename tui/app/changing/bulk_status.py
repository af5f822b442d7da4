"""The same status for several orders, one guarded update after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.actions.changes.outcome_text import STATES
from tui.jobs.changes.change_errors import ChangeRefused, NothingToSend, OrderChanged, UnresolvedConflicts
from tui.jobs.changes.plans import UpdatePlan
from tui.orders.order import Order
from tui.orders.request import InvalidFields
from tui.voucherify.errors import NoAnswer, RateLimited, ReadOnly, VoucherifyError

from .bulk import BulkPreview, BulkProgress
from .stage import Stage

if TYPE_CHECKING:
    from .changes import Changes
    from .sending import Sending

ENDING = (RateLimited, NoAnswer, ReadOnly)
"""Errors that the next order would meet too."""

NOT_TRIED = "not tried"
NOTHING_SENT = "No status is set yet."


class BulkStatus:
    """Sets the status of several orders; each has an outcome of its own."""

    def __init__(self, stage: Stage, changes: Changes, sending: Sending) -> None:
        self._stage = stage
        self._changes = changes
        self._sending = sending

    async def run(self, orders: Sequence[Order], status: str) -> None:
        """Ask, then write one order after another; a cut line, a rate limit or a lock that closes ends it.

        Orders that have the status already, as they were loaded, are named and left out.
        """
        already = [order for order in orders if order.status == status]
        orders = [order for order in orders if order.status != status]
        title = f"Status {status}"
        if not orders:
            self._stage.say(f"All {len(already)} orders are {status} already; nothing was sent.", title=title)
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
        ended = f"{done} of {len(orders)} done" + (f", {len(already)} already so" if already else "")
        progress.post_message(BulkProgress.Ended(ended))
        self._stage.say(ended, title=title)

    async def _one(self, order: Order, status: str) -> tuple[str, bool]:
        """What became of one order, and whether the next one makes sense."""
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
            return f"is {status} already", True
        except UnresolvedConflicts:
            return "left alone: somebody else changed its status meanwhile", True
        except ENDING as error:
            return f"{error.title}; nothing was sent", False
        except (InvalidFields, ChangeRefused, VoucherifyError) as error:
            return f"{error.title}: {error}", True
        if outcome.answer is not None:
            self._stage.written(Order.read(outcome.answer))
        said = STATES[outcome.state]
        if outcome.error is not None and outcome.state != "DONE":
            return f"{said} ({outcome.error})", not isinstance(outcome.error, ENDING)
        return said, True
