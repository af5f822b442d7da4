"""The columns of tables of orders, for the explorer and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Literal

from .amounts import format_amount
from .order_fields import ORDER_FIELDS, OrderField
from .times import format_short, parse_time

if TYPE_CHECKING:
    from .order import Order


SortKey = tuple[int, Any]
_MISSING = 2
"""The rank of a value that is not there, in a ``SortKey``."""
MARK = "! "
"""Prefix of a value whose type is not the one that the API documents."""

Kind = Literal["text", "amount", "time", "count"]


@dataclass(frozen=True, slots=True)
class OrderColumn:
    """One column: where an order's value is, and how it is written and ordered.

    ``value`` reads the plain value: amounts as integers in minor units, times as ISO 8601 text, ``None``
    where the order has none. ``width`` is the cells that the column likes to have. ``server_order`` is the
    field of ``GET /v1/orders?order=`` that sorts it on the server (only created_at and updated_at do,
    ``docs/voucherify-api.md#list-orders``). ``field`` is the member of the order's document that it shows.
    """

    name: str
    title: str
    value: Callable[[Order], Any]
    width: int
    kind: Kind = "text"
    server_order: Literal["created_at", "updated_at"] | None = None
    field: str = ""

    @property
    def align(self) -> Literal["left", "right"]:
        """Numbers are aligned right, all else left."""
        return "right" if self.kind in ("amount", "count") else "left"

    def text(self, order: Order) -> str:
        """The plain text of the cell. It is API text: make it visible before showing it.

        A value of an unexpected type is shown as it came, as JSON behind a mark.
        """
        if order.problems and self.is_unexpected(order):
            return MARK + json.dumps(order.raw.get(self.field), ensure_ascii=False)
        value = self.value(order)
        if value is None:
            return ""
        if self.kind == "amount":
            return format_amount(value)
        if self.kind == "time":
            return format_short(value)
        if isinstance(value, list):
            return ", ".join(str(element) for element in value)
        return str(value)

    def is_unexpected(self, order: Order) -> bool:
        """Whether the order's value is of another type than the API documents."""
        return any(problem.startswith(f"{self.field}:") for problem in order.problems)

    def key(self, order: Order) -> SortKey:
        """What the column sorts by: missing values last, numbers before text, text without case."""
        value = self.value(order)
        if self.kind == "time":
            value = parse_time(value)
        if value is None or value == "":
            return (_MISSING, 0)
        if isinstance(value, str):
            return (1, value.casefold())
        if isinstance(value, bool | list | dict):
            return (1, str(value).casefold())
        return (0, value)


_SERVER_ORDERS: dict[str, Literal["created_at", "updated_at"]] = {
    "created_at": "created_at",
    "updated_at": "updated_at",
}


def _of_field(field: OrderField) -> OrderColumn:
    kind: Kind = field.type if field.type in ("amount", "time") else "text"
    server_order = _SERVER_ORDERS.get(field.name)
    read = attrgetter(field.name)
    return OrderColumn(field.column, field.title, read, field.width, kind, server_order, field.name)


def _items(order: Order) -> int | None:
    return len(order.items) if order.has("items") else None


def _redemptions(order: Order) -> int | None:
    return len(order.redemptions) if order.redemptions else None


def _products(order: Order) -> str | None:
    return ", ".join(item.label for item in order.items if item.label) or None


_COMPUTED = (
    OrderColumn("items", "Items", _items, 5, "count", field="items"),
    OrderColumn("redemptions", "Redemptions", _redemptions, 5, "count", field="redemptions"),
    OrderColumn("products", "Products", _products, 30, field="items"),
)

_FIRST = (
    "status", "id", "source_id", "customer", "items", "amount", "total_amount", "created_at", "updated_at",
)  # fmt: skip
"""The columns that lists of columns begin with; the others follow in the order of the fields."""


def columns_of(fields: Iterable[OrderField]) -> dict[str, OrderColumn]:
    """The columns of these fields and the computed ones, by name."""
    found = {field.column: _of_field(field) for field in fields if field.column}
    found |= {column.name: column for column in _COMPUTED}
    return {name: found[name] for name in (*_FIRST, *(name for name in found if name not in _FIRST))}


COLUMNS: dict[str, OrderColumn] = columns_of(ORDER_FIELDS)
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
"""The default columns, those of Voucherify's dashboard.

See ``docs/voucherify-api.md#the-dashboard``.
"""

METADATA_PREFIX = "metadata."


def column(name: str) -> OrderColumn:
    """The column with this name; ``metadata.KEY`` names the column of a metadata key.

    Raises:
        KeyError: no such column.
    """
    if name in COLUMNS:
        return COLUMNS[name]
    if name.startswith(METADATA_PREFIX) and len(name) > len(METADATA_PREFIX):
        return _metadata(name.removeprefix(METADATA_PREFIX))
    raise KeyError(name)


def sorted_by(orders: Iterable[Order], by: OrderColumn, *, descending: bool = False) -> list[Order]:
    """The orders by one column, stable; those without a value come last in both directions."""
    keyed = [(by.key(order), order) for order in orders]
    known = [pair for pair in keyed if pair[0][0] != _MISSING]
    known.sort(key=itemgetter(0), reverse=descending)
    return [order for _, order in known] + [order for key, order in keyed if key[0] == _MISSING]


def _metadata(key: str) -> OrderColumn:
    return OrderColumn(
        METADATA_PREFIX + key, key, lambda order: (order.metadata or {}).get(key), 16, field="metadata"
    )


class OrderPreview:
    """The plain fields of an order's document as attributes, ``None`` for those it lacks.

    It does not validate and has no parts: it fills the cells of the first paint, before the models are
    imported, from a source with valid documents.
    """

    __slots__ = ("raw",)
    problems: tuple[str, ...] = ()

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.raw = document

    @property
    def key(self) -> str:
        """The order's id."""
        return str(self.raw.get("id") or "")

    def __getattr__(self, name: str) -> Any:
        return self.raw.get(name)

    def has(self, field: str) -> bool:
        """Whether the document has the field at all (null counts)."""
        return field in self.raw
