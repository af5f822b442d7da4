"""The view model of the explorer: which orders it shows, in which columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from tui.app.panels.status_texts import why_elsewhere
from tui.orders.columns import DEFAULT_COLUMNS, OrderPreview
from tui.orders.orders_snapshot import OrdersSnapshot

if TYPE_CHECKING:
    from tui.orders.order import Order


class OrdersView:
    """The snapshot of the loaded orders, the columns, and the order that was opened by its id.

    ``on_snapshot`` and ``on_columns`` are called after each change of the snapshot and the columns.
    """

    def __init__(self, on_snapshot: Callable[[], None], on_columns: Callable[[], None]) -> None:
        self._on_snapshot = on_snapshot
        self._on_columns = on_columns
        self._snapshot = OrdersSnapshot()
        self._columns = DEFAULT_COLUMNS
        self.preview = OrdersSnapshot()
        """Rows to show until a page was read. They are not counted, and no action applies to them."""
        self.opened_order: Order | None = None
        """The order that was opened by id. It is shown until the cursor moves, also if it is in no page."""

    def restore(self, *, snapshot: OrdersSnapshot | None = None, columns: tuple[str, ...] = ()) -> None:
        """Set the state before anything is on the screen; nothing is notified."""
        if snapshot is not None:
            self._snapshot = snapshot
        if columns:
            self._columns = columns

    @property
    def snapshot(self) -> OrdersSnapshot:
        """The loaded orders."""
        return self._snapshot

    @snapshot.setter
    def snapshot(self, snapshot: OrdersSnapshot) -> None:
        if snapshot is not self._snapshot:
            self._snapshot = snapshot
            self._on_snapshot()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._columns

    @columns.setter
    def columns(self, columns: tuple[str, ...]) -> None:
        if columns != self._columns:
            self._columns = columns
            self._on_columns()

    @property
    def rows(self) -> OrdersSnapshot:
        """What the table shows: the preview as long as no page was read."""
        snapshot = self._snapshot
        return self.preview if not snapshot.is_read and snapshot.filter is None else snapshot

    def set_preview(self, documents: Sequence[Mapping[str, Any]]) -> None:
        """Show orders until a page was read; nothing is notified."""
        rows = tuple(OrderPreview(document) for document in documents)
        self.preview = OrdersSnapshot(rows=cast("tuple[Order, ...]", rows))

    def drop_preview(self) -> None:
        """Show no preview any more."""
        self.preview = OrdersSnapshot()
        self._on_snapshot()

    def order(self, cursor: str | None) -> Order | None:
        """The order that is shown: the one that was opened by id, or else the one under the cursor."""
        if self.opened_order is not None:
            return self._snapshot.by_id.get(self.opened_order.key, self.opened_order)
        return self._snapshot.by_id.get(cursor or "")

    @property
    def why_not_listed(self) -> str | None:
        """Why the opened order is not in the table; ``None`` if it is, or if none was opened by id."""
        return why_elsewhere(self.opened_order, self._snapshot)

    @property
    def documents(self) -> list[object]:
        """The documents of all orders in view, for the masks to learn from."""
        orders = [*self._snapshot.by_id.values(), *self.preview.rows]
        if self.opened_order is not None:
            orders.append(self.opened_order)
        return [order.raw for order in orders]
