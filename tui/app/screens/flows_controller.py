"""What changes orders and runs jobs: loaded after the first page, since the first paint does without it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.actions.session import Session
from tui.app.accounts.unlocking import LockMonitor
from tui.app.changing.change_services import OPENING_JOURNAL
from tui.app.changing.flow_host import FlowHost
from tui.app.feedback.activity import activity, watch_calls
from tui.app.session import OpenAccount
from tui.app.workers import start_worker
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.pluralize import pluralize

from .order_selection import OrderSelection
from .orders_view import OrdersView
from .sort_filter_controller import SortFilterController

if TYPE_CHECKING:
    from tui.app.changing.change_services import OpenChangeServices
    from tui.app.changing.order_actions import OrderActions
    from tui.app.jobs.export_screen import ShownOrders
    from tui.app.jobs.jobs_controller import JobsController
    from tui.app.jobs.running_jobs import RunningJob


class FlowsController:
    """Opens the journal and the jobs of the session, and starts their flows.

    Args:
        screen: where workers run; it gets the messages of the stage and of jobs.
        stage: how flows show screens.
        view: the loaded orders.
        selection: the orders that a flow is about.
        sort_filter: has the filter that an export starts with.
        open_changes: opens the journal; without it nothing can be changed.
        open_account: opens the jobs; without it there are none.
    """

    def __init__(
        self,
        screen: Screen[Any],
        stage: FlowHost,
        view: OrdersView,
        selection: OrderSelection,
        sort_filter: SortFilterController,
        *,
        open_changes: OpenChangeServices | None = None,
        open_account: OpenAccount | None = None,
    ) -> None:
        self._screen = screen
        self.stage = stage
        self._view = view
        self._selection = selection
        self._sort_filter = sort_filter
        self._open_changes = open_changes
        self._open_account = open_account
        self.changing: OrderActions | None = None
        """What changes orders; ``None`` until it is loaded."""
        self.jobs: JobsController | None = None
        """What runs jobs; ``None`` until it is loaded."""

    def open(self, session: Session) -> None:
        """Open the journal and the jobs of a session, beside the first page."""
        self.stage.session = session
        watch_calls(self._screen.app, session.client)
        watch = LockMonitor(self._screen, session)
        session.write_lock.listen(watch.look)
        watch.look()
        start_worker(self._screen, self._load_changing, group="changing")
        if self._open_account is not None:
            self._screen.run_worker(self._load_jobs(self._open_account), group="changing")

    async def close(self) -> None:
        """Stop following jobs; they can be resumed."""
        if self.jobs is not None:
            await self.jobs.running.stop()

    @property
    def changing_blocked(self) -> str | None:
        """Why nothing can be changed, if so."""
        return OPENING_JOURNAL if self.changing is None else self.changing.blocked

    @property
    def jobs_blocked(self) -> str | None:
        """Why there are no jobs, if so."""
        if self._open_account is None:
            return "this explorer was opened without jobs"
        return "the jobs are being opened" if self.jobs is None else None

    def facts(self) -> tuple[SnapshotFact, ...]:
        """The jobs that run."""
        return () if self.jobs is None else tuple(self.jobs.facts())

    def job_ended(self, job: RunningJob) -> None:
        """Notify the user of the end of a job."""
        if self.jobs is not None:
            self.jobs.tell(job)

    def create(self) -> None:
        """Create an order."""
        self._change(lambda changing: changing.create())

    def duplicate(self) -> None:
        """Create an order from a copy of the selected one."""
        self._change(lambda changing: changing.create(self._selection.required_order()))

    def edit(self) -> None:
        """Edit the selected order."""
        self._change(lambda changing: changing.edit(self._selection.required_order()))

    def set_status(self) -> None:
        """Set the status of the selected orders."""
        self._change(lambda changing: changing.set_status(self._selection.orders()))

    def undo(self) -> None:
        """Undo the last change."""
        self._change(lambda changing: changing.undo())

    def show_journal(self) -> None:
        """Show past changes."""
        self._change(lambda changing: changing.show_journal())

    def import_orders(self) -> None:
        """Import orders from a file."""
        self._run(lambda jobs: jobs.import_orders())

    def export_orders(self) -> None:
        """Export orders to a file."""
        self._run(lambda jobs: jobs.export_orders())

    def show_jobs(self) -> None:
        """Show the jobs of the account."""
        self._run(lambda jobs: jobs.show_jobs())

    def show_mappings(self) -> None:
        """Show saved mappings."""
        self._run(lambda jobs: jobs.show_mappings())

    async def _load_changing(self) -> None:
        flow = await asyncio.to_thread(import_module, "tui.app.changing.order_actions")
        changing: OrderActions = flow.OrderActions(
            self.stage, self._open_changes, lambda: self._view.snapshot.arranged
        )
        self.changing = changing
        await changing.open()

    async def _load_jobs(self, open_account: OpenAccount) -> None:
        flow = await asyncio.to_thread(import_module, "tui.app.jobs.jobs_controller")
        with activity(self._screen, "Opening the jobs"):
            account = await asyncio.to_thread(open_account)
        jobs: JobsController = flow.JobsController(self.stage, account, self._orders_on_screen)
        jobs.running.listen(self._screen)
        self.jobs = jobs
        await jobs.offer_unfinished()

    def _orders_on_screen(self) -> ShownOrders:
        from tui.app.jobs.export_screen import ShownOrders

        snapshot, marked = self._view.snapshot, self._selection.marked_orders()
        words = pluralize(len(marked), "marked order")
        if not marked:
            total = "" if snapshot.total is None else f", of {snapshot.total:,} in the account"
            words = f"{pluralize(len(snapshot.rows), 'order')} listed{total}"
        keys = sorted({key for order in snapshot.arranged for key in order.metadata or {}})
        return ShownOrders(marked or snapshot.rows, words, self._sort_filter.text, tuple(keys))

    def _change(self, do: Callable[[OrderActions], None]) -> None:
        if self.changing is not None:
            do(self.changing)

    def _run(self, do: Callable[[JobsController], None]) -> None:
        if self.jobs is not None:
            do(self.jobs)
