"""Runs the actions of the catalogue in the explorer, where they are available."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from textual.screen import Screen

from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.action import Scope, Situation
from tui.app.accounts.unlocking import unlock_key
from tui.app.feedback.notifications import notify
from tui.app.masking import masks_at
from tui.app.panels.orders_table import OrdersTable

from .detail_controller import DetailController
from .flows_controller import FlowsController
from .order_selection import OrderSelection
from .orders_view import OrdersView
from .paging_controller import PagingController


class ActionController:
    """Checks whether an action is available, and calls its ``target``.

    Args:
        screen: has the targets, the table, and shows why an action is not available.
        view: the orders that are shown.
        paging: has the session.
        selection: the order under the cursor.
        detail: the detail pane.
        flows: knows why changes and jobs are not possible.
    """

    def __init__(
        self,
        screen: Screen[Any],
        view: OrdersView,
        paging: PagingController,
        selection: OrderSelection,
        detail: DetailController,
        flows: FlowsController,
    ) -> None:
        self._screen = screen
        self._view = view
        self._paging = paging
        self._selection = selection
        self._detail = detail
        self._flows = flows

    @property
    def situation(self) -> Situation:
        """What decides which actions are available."""
        session, snapshot = self._paging.session, self._view.snapshot
        return Situation(
            connected=session is not None,
            rows=len(snapshot.rows),
            cursor=self._selection.order is not None,
            more=snapshot.next_page is not None,
            detail=self._detail.is_open,
            read_only=session is None or session.read_only,
            sealed=session is not None and session.write_lock.sealed,
            unlock_key=unlock_key(self._screen.app),
            blocked=self._flows.changing_blocked,
            marks=len(self._table.marks),
            masked=masks_at(self._screen).on,
            jobs_blocked=self._flows.jobs_blocked,
        )

    async def perform(self, action_id: str) -> None:
        """Run an action, or show why it is not available."""
        action = CATALOGUE[action_id]
        reason = action.unavailable(self.situation)
        if reason is not None:
            reason = "still opening…" if self._paging.is_opening else reason
            notify(self._screen, f"{action.title}: {reason}", severity="warning")
        elif action.scope is Scope.TABLE:
            await self._table.run_action(action.target)
        else:
            attrgetter(action.target)(self._screen)()

    @property
    def _table(self) -> OrdersTable:
        return self._screen.query_one(OrdersTable)
