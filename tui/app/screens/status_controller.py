"""The line of facts below the table: what is loaded, how it was read, and what is in progress."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tui.app.panels.orders_table import OrdersTable
from tui.app.panels.status_bar import FactsLine
from tui.orders.snapshot_facts import SnapshotFact, describe_snapshot

from .flows_controller import FlowsController
from .orders_view import OrdersView
from .paging_controller import PagingController
from .view_state_controller import ViewStateController


class StatusController:
    """Collects the facts of the other controllers.

    Args:
        screen: has the line and the table.
        view: the orders that are shown.
        paging: knows what is being read, and the budget of the session.
        view_state: knows what was restored from the last visit.
        flows: knows the running jobs.
    """

    def __init__(
        self,
        screen: Screen[Any],
        view: OrdersView,
        paging: PagingController,
        view_state: ViewStateController,
        flows: FlowsController,
    ) -> None:
        self._screen = screen
        self._view = view
        self._paging = paging
        self._view_state = view_state
        self._flows = flows

    def update(self) -> None:
        """Show the current facts and budget."""
        line, session = self._screen.query_one(FactsLine), self._paging.session
        if session is not None:
            line.tell_budget(session.client.budget)
        line.facts = (*self._orders(), *self._view_state.facts(), *self._flows.facts())

    def _orders(self) -> list[SnapshotFact]:
        facts = [*self._paging.facts()]
        if reason := self._view.why_not_listed:
            facts.append(SnapshotFact(reason, reason.removeprefix("the "), 0))
        facts += describe_snapshot(self._view.snapshot)
        if marks := len(self._screen.query_one(OrdersTable).marks):
            facts.append(SnapshotFact(f"{marks:,} marked", f"{marks:,} marked", 1))
        return facts
