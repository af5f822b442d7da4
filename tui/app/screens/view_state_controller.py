"""The view of an account, restored at the next start: columns, server order, filter, detail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen
from textual.timer import Timer

from tui.app.feedback.notifications import notify
from tui.app.navigation import StartPlace
from tui.app.panels.filter_bar import FilterBar
from tui.app.workers import start_worker
from tui.orders.orders_snapshot import OrdersSnapshot
from tui.orders.snapshot_facts import SnapshotFact
from tui.settings.views import View

from .detail_controller import DetailController
from .orders_view import OrdersView
from .paging_controller import PagingController
from .sort_filter_controller import SortFilterController

if TYPE_CHECKING:
    from tui.voucherify.responses import OrdersOrder

SAVE_DELAY = 1.0
"""Seconds in which further changes are saved together with the first."""

RESTORED_FILTER = SnapshotFact(
    "filter of your last session; esc clears it", "last session's filter; esc clears", 0
)
"""Shown while a restored filter applies, so that the few orders are not mistaken for all."""


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The last view of an account, and how to save the next one.

    ``save`` writes to the disk, so it is called in a thread; it may raise ``OSError``. ``remark`` is why a
    saved view could not be used.
    """

    view: View
    save: Callable[[View], None]
    remark: str = ""


class ViewStateController:
    """Restores the view of the last visit, and saves the current one when it differs.

    Without a ``last`` visit nothing is restored or saved.
    """

    def __init__(
        self,
        screen: Screen[Any],
        last: LastVisit | None,
        view: OrdersView,
        paging: PagingController,
        sort_filter: SortFilterController,
        detail: DetailController,
    ) -> None:
        self._screen = screen
        self._last = last
        self._view = view
        self._paging = paging
        self._sort_filter = sort_filter
        self._detail = detail
        self._restored_filter = ""
        self._saved = last.view if last is not None else View()
        self._is_changed = False
        self._save_timer: Timer | None = None
        self._has_warned = False

    def restore(self, place: StartPlace) -> None:
        """Restore the last view, unless the place names another; called before the first paint."""
        state = place.state
        if state is not None:
            self._view.restore(snapshot=state.loaded, columns=state.columns)
            self._paging.server_order = cast("OrdersOrder", state.loaded.server_order)
        if self._last is None:
            return
        saved = self._last.view
        if state is None or not state.columns:
            self._view.restore(columns=saved.columns)
        if state is not None:
            return
        self._view.restore(snapshot=OrdersSnapshot(server_order=saved.server_order))
        self._paging.server_order = cast("OrdersOrder", saved.server_order)
        if place.order_id is None and not place.where:
            self._sort_filter.text = self._restored_filter = saved.where
            self._detail.wanted = saved.detail

    def show_history(self) -> None:
        """Give the filter bar the filters of earlier visits, and show the remark on the last view."""
        if self._last is None:
            return
        for text in self._last.view.filters:
            self._screen.query_one(FilterBar).remember(text)
        if self._last.remark:
            notify(self._screen, self._last.remark, title="View", severity="warning")

    def forget_restored_filter(self) -> None:
        """From now on the filter counts as typed by the user."""
        self._restored_filter = ""

    def facts(self) -> tuple[SnapshotFact, ...]:
        """That the filter was restored and not typed."""
        chosen = self._view.snapshot.filter
        is_restored = chosen is not None and chosen.text == self._restored_filter.strip() != ""
        return (RESTORED_FILTER,) if is_restored else ()

    def save_later(self) -> None:
        """Save the current view in a moment; nothing is saved before the first page."""
        if self._last is None or not self._view.snapshot.is_read:
            return
        text, chosen = self._sort_filter.accepted
        view = View(
            columns=self._view.columns,
            server_order=self._paging.server_order,
            where=chosen.text if chosen is not None and text else "",
            detail=self._detail.wanted,
            filters=self._screen.query_one(FilterBar).history,
        )
        if view == self._saved:
            return
        self._saved, self._is_changed = view, True
        if self._save_timer is None:
            self._save_timer = self._screen.set_timer(SAVE_DELAY, self._save_in_worker)

    async def save(self) -> None:
        """Save at once what is not saved yet, off the event loop."""
        if self._last is None or not self._is_changed:
            return
        self._is_changed = False
        try:
            await asyncio.to_thread(self._last.save, self._saved)
        except OSError as error:
            if not self._has_warned:
                self._has_warned = True
                message = f"The view was not saved: {error.strerror}"
                notify(self._screen, message, title="View", severity="warning")

    def _save_in_worker(self) -> None:
        self._save_timer = None
        start_worker(self._screen, self.save, group="view")
