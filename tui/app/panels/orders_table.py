"""The table of orders: the loaded orders as rows, and the keys of the registry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui.actions.catalogue.action import Scope
from tui.app.bindings import bindings
from tui.app.widgets.table_source import Cell, TableColumn
from tui.app.widgets.virtual_table import VirtualTable
from tui.orders.columns import COLUMNS, METADATA_PREFIX, OrderColumn, column
from tui.orders.orders_snapshot import OrdersSnapshot
from tui.terminal.visible import holds_hidden, visible

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.orders.privacy import Masks


CELL_LIMIT = 400
"""Characters of a value that a cell is given; no terminal line is longer."""

NEW, CHANGED = Cell("+", style="order--changed"), Cell("~", style="order--changed")
HIDING = Cell("!", style="order--hiding")
HIDING_AND_CHANGED = Cell("!", style="order--changed")

_STATUS_STYLES = {
    "CREATED": "status--created",
    "PAID": "status--paid",
    "CANCELED": "status--canceled",
    "FULFILLED": "status--fulfilled",
}
STATUS_STYLES = frozenset({*_STATUS_STYLES.values(), "status--other"})

_LEAST_WIDTH = 10
_IDENTIFIERS = {"id", "source_id", "customer", "referrer"}
_NEVER_CUT = {"status", "items", "created_at", "updated_at", "redemptions"}


class OrdersTableSource:
    """Rows of a snapshot: makes the cells of a row only when the row is drawn.

    ``masks`` that are on cover the values of personal columns.
    """

    def __init__(self, loaded: OrdersSnapshot, columns: Sequence[str], masks: Masks | None = None) -> None:
        self._loaded = loaded
        self._masks = masks if masks is not None and masks.on else None
        self._columns = tuple(column(name) for name in columns)
        self._hiding: dict[str, bool] = {}
        self.row_count = len(loaded.rows)

    def row_key(self, index: int) -> str:
        """The order's id."""
        return self._loaded.rows[index].key

    def row_index(self, key: str) -> int | None:
        """Where the order is."""
        return self._places.get(key)

    def cells(self, index: int) -> Sequence[Cell]:
        """The order's values, made visible; changed values have their own style."""
        order = self._loaded.rows[index]
        before = self._loaded.before.get(order.key)
        return [_cell(order, before, shown, self._masks) for shown in self._columns]

    def note(self, index: int) -> Cell | None:
        """``+`` for an order that came since the first reading, ``~`` for one that changed.

        ``!`` for one with hidden characters anywhere, which must not be overlooked. Computed when the row is
        drawn, once per snapshot.
        """
        order = self._loaded.rows[index]
        noted = order.key in self._loaded.before
        hiding = self._hiding.get(order.key)
        if hiding is None:
            hiding = self._hiding[order.key] = holds_hidden(order.raw)
        if hiding:
            return HIDING_AND_CHANGED if noted else HIDING
        if not noted:
            return None
        return CHANGED if self._loaded.before[order.key] else NEW

    @cached_property
    def _places(self) -> dict[str, int]:
        return {order.key: index for index, order in enumerate(self._loaded.rows)}


def _cell(order: Order, before: Order | None, shown: OrderColumn, masks: Masks | None) -> Cell:
    text = shown.text(order)
    style = ""
    if before is not None and shown.text(before) != text:
        style = "order--changed"
    elif shown.name == "status":
        style = _STATUS_STYLES.get(text, "status--other")
    if masks is not None:
        text = masks.field(shown.name, text)
    return Cell(visible(text, limit=CELL_LIMIT), shown.align, style)


def table_columns(names: Sequence[str], loaded: OrdersSnapshot) -> tuple[TableColumn, ...]:
    """The columns of those names, with the sort that the snapshot has."""
    return tuple(_table_column(column(name), arrow(name, loaded)) for name in names)


def arrow(name: str, loaded: OrdersSnapshot) -> str:
    """``↑`` or ``↓`` on the column that the rows are sorted by, else nothing."""
    if loaded.sort is not None:
        sorted_by, descending = loaded.sort.column, loaded.sort.descending
    else:
        sorted_by, descending = loaded.server_order.lstrip("-"), loaded.server_order.startswith("-")
    if name != sorted_by:
        return ""
    return "↓" if descending else "↑"


def _table_column(shown: OrderColumn, sorted_by: str) -> TableColumn:
    least = shown.width if shown.name in _NEVER_CUT else min(shown.width, _LEAST_WIDTH)
    return TableColumn(
        shown.name,
        visible(shown.title, limit=40),
        shown.width,
        least,
        shown.align,
        flexible=shown.name == "products" or shown.name.startswith(METADATA_PREFIX),
        cut_middle=shown.name in _IDENTIFIERS,
        arrow=sorted_by,
    )


def known_columns(loaded: OrdersSnapshot) -> tuple[str, ...]:
    """Every built-in column, then one for each metadata key that the loaded orders have."""
    keys = {key for order in loaded.arranged for key in order.metadata or {} if key}
    return (*COLUMNS, *(METADATA_PREFIX + key for key in sorted(keys)))


class OrdersTable(VirtualTable):
    """Rows are orders, keys are order ids."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*STATUS_STYLES, "order--changed", "order--hiding"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.TABLE)
