"""The view of the last visit, taken up again and kept for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from tui.app.notes import tell
from tui.app.panels.filter_bar import FilterBar
from tui.app.view_keeper import LastVisit, ViewKeeper
from tui.orders.loaded import Fact, Loaded
from tui.settings.views import View

from .reading_on import ReadingOn

if TYPE_CHECKING:
    from tui.voucherify.responses import OrdersOrder

OF_LAST_TIME = Fact("the filter of your last visit, esc clears it", "last visit's filter, esc clears", 0)
"""Said while it is in force, so that nobody takes the few orders for all."""


class Remembering(ReadingOn):
    """Columns, the order from the server, the filter and the detail are as they were left on this account."""

    _keeper: ViewKeeper | None = None
    _last: LastVisit | None = None
    _kept_filter = ""

    def remember(self, last: LastVisit) -> None:
        """Begin as the account was left, unless the place says otherwise; called before it runs."""
        view, place = last.view, self._place
        self._last, self._keeper = last, ViewKeeper(self, last)
        if place.stand is None or not place.stand.columns:
            self.set_reactive(Remembering.columns, view.columns)
        if place.stand is not None:
            return
        self.set_reactive(Remembering.loaded, Loaded(server_order=view.server_order))
        self._asked_order = cast("OrdersOrder", view.server_order)
        if place.order_id is None and not place.where:
            self._typed = self._kept_filter = view.where
            self._detail_chosen = view.detail

    def furnished(self) -> None:
        """The filters of earlier visits can be brought back."""
        if self._last is not None:
            for text in self._last.view.filters:
                self.query_one(FilterBar).remember(text)
            if self._last.remark:
                tell(self, self._last.remark, title="View", severity="warning")
        super().furnished()

    def on_filter_bar_typed(self, message: FilterBar.Typed) -> None:
        """From here on the filter is of this visit."""
        del message
        self._kept_filter = ""

    def watch_columns(self) -> None:
        """Other columns are kept."""
        super().watch_columns()
        self._note_view()

    def open_detail(self) -> None:
        """Show the detail until it is closed, also at the next visit."""
        super().open_detail()
        self._note_view()

    async def close_session(self) -> None:
        """Keep the view, then let go of the session."""
        if self._keeper is not None:
            await self._keeper.settle()
        await super().close_session()

    def more_facts(self) -> Sequence[Fact]:
        """That the filter was not typed now."""
        chosen = self.loaded.filter
        of_last_time = chosen is not None and chosen.text == self._kept_filter.strip() != ""
        return (OF_LAST_TIME,) if of_last_time else ()

    def _say(self) -> None:
        super()._say()
        self._note_view()

    def _note_view(self) -> None:
        """Before the first page came, nothing was looked at."""
        if self._keeper is None or not self.loaded.is_read:
            return
        # What is still being typed is not meant yet.
        typed, chosen = self._before_typing or (self._typed, self.loaded.filter)
        self._keeper.note(
            View(
                columns=self.columns,
                server_order=self._asked_order,
                where=chosen.text if chosen is not None and typed else "",
                detail=self._detail_chosen,
                filters=self.query_one(FilterBar).history,
            )
        )
