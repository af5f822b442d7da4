"""The columns of the orders table, one registry for the explorer and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .amounts import format_amount
from .times import instant, short

if TYPE_CHECKING:  # the columns are known before the models, and with them pydantic, are read in
    from .order import Order

SortKey = tuple[int, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how an order's value is read, written and ordered.

    ``text`` gives the plain cell text (not yet made visible), ``key`` what it sorts by, ``width`` the cells
    it likes to have. ``server_order`` is the field of ``GET /v1/orders?order=`` that sorts it on the server
    (only created_at and updated_at do, ``voucherify-api.md`` 1.1).
    """

    name: str
    title: str
    text: Callable[[Order], str]
    key: Callable[[Order], SortKey]
    width: int
    align: Literal["left", "right"] = "left"
    server_order: Literal["created_at", "updated_at"] | None = None


def _sortable(value: Any) -> SortKey:
    """Missing values last, numbers and text each among their own."""
    if value is None or value == "":
        return (2, 0)
    if isinstance(value, str):
        return (1, value.casefold())
    return (0, value)


def _plain(field: str) -> tuple[Callable[[Order], str], Callable[[Order], SortKey]]:
    return (lambda order: getattr(order, field) or ""), (lambda order: _sortable(getattr(order, field)))


def _text(name: str, title: str, width: int, field: str | None = None) -> Column:
    text, key = _plain(field or name)
    return Column(name, title, text, key, width)


def _amount(name: str, title: str, width: int = 12) -> Column:
    return Column(
        name,
        title,
        lambda order: format_amount(getattr(order, name)),
        lambda order: _sortable(getattr(order, name)),
        width,
        "right",
    )


def _time(name: Literal["created_at", "updated_at"], title: str) -> Column:
    return Column(
        name,
        title,
        lambda order: short(getattr(order, name)),
        lambda order: _sortable(instant(getattr(order, name))),
        16,
        server_order=name,
    )


def _count(name: str, title: str, count: Callable[[Order], int | None]) -> Column:
    def text(order: Order) -> str:
        number = count(order)
        return "" if number is None else str(number)

    return Column(name, title, text, lambda order: _sortable(count(order)), 5, "right")


def _items(order: Order) -> int | None:
    return len(order.items) if order.has("items") else None


def _redemptions(order: Order) -> int | None:
    return len(order.redemptions) if order.redemptions else None


def _product_names(order: Order) -> str:
    return ", ".join(item.label for item in order.items if item.label)


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        _text("status", "Status", 9),
        _text("id", "ID", 22),
        _text("source_id", "Source ID", 18),
        Column(
            "customer",
            "Customer",
            lambda order: order.customer_id or "",
            lambda order: _sortable(order.customer_id),
            29,
        ),
        _count("items", "Items", _items),
        _amount("amount", "Amount"),
        _amount("total_amount", "Discounted", 12),
        _time("created_at", "Created"),
        _time("updated_at", "Updated"),
        _amount("initial_amount", "Initial"),
        _amount("discount_amount", "Order disc."),
        _amount("items_discount_amount", "Item disc."),
        _amount("total_discount_amount", "Discount"),
        _text("referrer", "Referrer", 29, "referrer_id"),
        _count("redemptions", "Redemptions", _redemptions),
        Column("products", "Products", _product_names, lambda order: _sortable(_product_names(order)), 30),
    )
}
"""Every built-in column by name."""

DEFAULT_COLUMNS: tuple[str, ...] = (
    "status",
    "id",
    "customer",
    "items",
    "amount",
    "total_amount",
    "created_at",
)
"""What the vendor's dashboard shows (``voucherify-api.md`` 8), until other columns are chosen."""

METADATA_PREFIX = "metadata."


def column(name: str) -> Column:
    """The column of that name; ``metadata.KEY`` names the column of a metadata key.

    Raises:
        KeyError: no such column.
    """
    if name in COLUMNS:
        return COLUMNS[name]
    if name.startswith(METADATA_PREFIX) and len(name) > len(METADATA_PREFIX):
        return _metadata(name.removeprefix(METADATA_PREFIX))
    raise KeyError(name)


def _metadata(key: str) -> Column:
    def value(order: Order) -> Any:
        return (order.metadata or {}).get(key)

    def text(order: Order) -> str:
        found = value(order)
        if found is None:
            return ""
        if isinstance(found, list):
            return ", ".join(str(element) for element in found)
        return str(found)

    return Column(METADATA_PREFIX + key, key, text, lambda order: _sortable_any(value(order)), 16)


def _sortable_any(value: Any) -> SortKey:
    if isinstance(value, bool) or not isinstance(value, int | float | str | type(None)):
        return _sortable(str(value))
    return _sortable(value)
