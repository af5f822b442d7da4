"""The fields of the filter language, one registry for every target, completion and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from tui.name_suggestions import closest
from tui.orders.exported_text import exported_text, metadata_meaning, metadata_texts, number_of
from tui.orders.filter.syntax.moments import time_of
from tui.orders.filter.syntax.nodes import Operator
from tui.orders.order import Order
from tui.orders.order_fields import ORDER_FIELDS, FieldType, OrderField
from tui.orders.order_totals import order_totals


class FieldKind(Enum):
    """What a field holds, which decides its operators and how its operands are read."""

    STATUS = "a status"
    TEXT = "text"
    AMOUNT = "an amount of money"
    COUNT = "a whole number"
    TIME = "a date or time"
    METADATA = "a metadata value"


_ORDERINGS: tuple[Operator, ...] = (">", ">=", "<", "<=")

OPERATORS: dict[FieldKind, tuple[Operator, ...]] = {
    FieldKind.STATUS: (":", "~"),
    FieldKind.TEXT: (":", "~", "^=", "$="),
    FieldKind.AMOUNT: (":", *_ORDERINGS),
    FieldKind.COUNT: (":", *_ORDERINGS),
    FieldKind.TIME: (":", *_ORDERINGS),
    FieldKind.METADATA: (":", *_ORDERINGS, "~", "^=", "$="),
}
"""The operators that each kind of field takes (``!=`` and ``!~`` are ``-field:`` and ``-field~``)."""


@dataclass(frozen=True, slots=True)
class FilterableField:
    """One field.

    ``read`` gives an order's value: ``None`` when missing, a number (minor units, a count, milliseconds since
    1970) or text; a tuple of texts when ``many``; its meaning for metadata. ``key`` is where the order's
    document holds it, if it is one member; it is read from the document, so that a value of an unexpected
    type means what its exported text says. ``export`` is the field's name in the server's export filters
    (``docs/voucherify-api.md#export-filters``), ``None`` when it has none. ``never_missing`` is whether every
    order has it. With ``zero_is_missing``, ``has:`` wants more than a zero.
    """

    name: str
    kind: FieldKind
    read: Callable[[Order], Any]
    help: str
    aliases: tuple[str, ...] = ()
    key: str | None = None
    export: str | None = None
    many: bool = False
    never_missing: bool = False
    zero_is_missing: bool = False


def _texts(*values: str | None) -> tuple[str, ...]:
    return tuple([value for value in values if value])


def _products(order: Order) -> tuple[str, ...]:
    found: list[str | None] = []
    for item in order.items:
        found += (item.product_id, item.source_id if item.related_object != "sku" else None)
        if item.product:
            found += (item.product.id, item.product.source_id, item.product.name)
    return _texts(*found)


def _skus(order: Order) -> tuple[str, ...]:
    found: list[str | None] = []
    for item in order.items:
        found += (item.sku_id, item.source_id if item.related_object == "sku" else None)
        if item.sku:
            found += (item.sku.id, item.sku.source_id, item.sku.sku)
    return _texts(*found)


def _redemptions(order: Order) -> tuple[str, ...]:
    found: list[str | None] = []
    for name, entry in (order.redemptions or {}).items():
        found += (name, entry.rollback_id, *(entry.stacked or ()), *(entry.rollback_stacked or ()))
    return _texts(*found)


def _vouchers(order: Order) -> tuple[str, ...]:
    found: list[str | None] = []
    for entry in (order.redemptions or {}).values():
        if entry.related_object_type != "redemption":
            found += (entry.related_object_id, entry.related_object_parent_id)
    return _texts(*found)


def _units(order: Order) -> int | None:
    return sum(item.quantity or 0 for item in order.items) if order.has("items") else None


def _items(order: Order) -> int | None:
    return len(order.items) if order.has("items") else None


def _mismatches(order: Order) -> tuple[str, ...]:
    return order_totals(order).mismatches


def _text(key: str) -> Callable[[Order], str | None]:
    return lambda order: exported_text(order.raw.get(key)) or None


def _number(key: str) -> Callable[[Order], int | Decimal | None]:
    def read(order: Order) -> int | Decimal | None:
        value = order.raw.get(key)
        return value if type(value) is int else number_of(exported_text(value))

    return read


def _time(key: str) -> Callable[[Order], int | None]:
    return lambda order: time_of(exported_text(order.raw.get(key)))


_KINDS: dict[FieldType, FieldKind] = {
    "text": FieldKind.TEXT,
    "status": FieldKind.STATUS,
    "time": FieldKind.TIME,
    "amount": FieldKind.AMOUNT,
}


def _of_field(field: OrderField) -> FilterableField:
    kind = _KINDS[field.type]
    read = _number if kind is FieldKind.AMOUNT else _time if kind is FieldKind.TIME else _text
    return FilterableField(
        field.filter_name,
        kind,
        read(field.name),
        field.filter_help,
        aliases=(*((field.name,) if field.name != field.filter_name else ()), *field.aliases),
        key=field.name,
        export=field.name if field.exportable else None,
        never_missing=field.never_missing,
        zero_is_missing=kind is FieldKind.AMOUNT and "discount" in field.name,
    )


_COMPUTED = (
    FilterableField("items", FieldKind.COUNT, _items, "number of items", aliases=("lines",)),
    FilterableField("units", FieldKind.COUNT, _units, "total quantity of all items", aliases=("quantity",)),
    FilterableField(
        "item",
        FieldKind.TEXT,
        lambda order: _products(order) + _skus(order),
        "a product or SKU of an item, by name or id",
        many=True,
    ),
    FilterableField(
        "product",
        FieldKind.TEXT,
        _products,
        "a product, by name or id",
        aliases=("products", "product_id"),
        many=True,
    ),
    FilterableField(
        "sku", FieldKind.TEXT, _skus, "an SKU, by name or id", aliases=("skus", "sku_id"), many=True
    ),
    FilterableField(
        "redemptions",
        FieldKind.COUNT,
        lambda order: len(order.redemptions) if order.redemptions is not None else None,
        "number of redemptions",
    ),
    FilterableField(
        "redemption",
        FieldKind.TEXT,
        _redemptions,
        "a redemption's or rollback's id",
        aliases=("redemption_id",),
        many=True,
    ),
    FilterableField(
        "voucher",
        FieldKind.TEXT,
        _vouchers,
        "what was redeemed: a voucher's or promotion's id",
        aliases=("voucher_id",),
        many=True,
    ),
    FilterableField(
        "metadata",
        FieldKind.TEXT,
        lambda order: tuple(metadata_texts(order.raw.get("metadata"))),
        "any metadata value; metadata.KEY is one key",
        many=True,
    ),
    FilterableField(
        "mismatch",
        FieldKind.TEXT,
        _mismatches,
        "amounts that do not add up",
        aliases=("mismatches",),
        many=True,
    ),
    FilterableField(
        "problems",
        FieldKind.TEXT,
        lambda order: order.problems,
        "values of an unexpected type, in words",
        aliases=("problem",),
        many=True,
    ),
)

_MOST_USED = (
    "status", "amount", "total", "discount", "created", "updated", "customer", "id", "source_id", "items",
    "units", "item", "product", "sku", "referrer", "initial_amount", "order_discount", "items_discount",
)  # fmt: skip


def filter_fields_of(fields: Iterable[OrderField]) -> dict[str, FilterableField]:
    """The filterable fields, also computed ones, by name; the most used first."""
    found = {field.filter_name: _of_field(field) for field in fields if field.filter_name}
    found |= {field.name: field for field in _COMPUTED}
    return {name: found[name] for name in (*_MOST_USED, *(name for name in found if name not in _MOST_USED))}


FIELDS: dict[str, FilterableField] = filter_fields_of(ORDER_FIELDS)
"""Every built-in field by its canonical name, the most used first."""

NAMES: dict[str, FilterableField] = {
    name: field for field in FIELDS.values() for name in (field.name, *field.aliases)
}
"""Every built-in field by each of its names."""


_SEARCHED = tuple(
    field.name for field in ORDER_FIELDS if field.filter_name and field.type in ("text", "status")
)


def searched(order: Order) -> list[str]:
    """Every text that bare words are looked for in: status, ids, customer, products, metadata and more."""
    found: list[str | None] = [exported_text(order.raw.get(key)) for key in _SEARCHED]
    if order.customer:
        found += (order.customer.source_id, order.customer.name, order.customer.email)
    if order.items:
        found += _products(order)
        found += _skus(order)
    if order.redemptions:
        found += _redemptions(order)
        found += _vouchers(order)
    found += metadata_texts(order.raw.get("metadata"))
    return [value for value in found if value]


METADATA_PREFIXES = ("metadata.", "meta.")


@lru_cache(maxsize=1024)
def lookup(name: str) -> FilterableField | None:
    """The field with this name or alias in any case; ``metadata.KEY`` (``meta.KEY``) keeps the key's case.

    A key with dots is first looked for as it is, then as a path into nested objects.
    """
    for prefix in METADATA_PREFIXES:
        if name.lower().startswith(prefix) and len(name) > len(prefix):
            return _metadata(name[len(prefix) :])
    return NAMES.get(name.lower())


def nearest(name: str) -> str | None:
    """The name of a field that the misspelt name is most like."""
    prefix, dot, key = name.partition(".")
    if dot and key and closest(prefix, ("metadata", "meta"), cutoff=0.7):
        return f"metadata.{key}"
    near = closest(name, NAMES)
    return NAMES[near].name if near else None


def _metadata(key: str) -> FilterableField:
    return FilterableField(
        f"metadata.{key}",
        FieldKind.METADATA,
        lambda order: metadata_meaning(order.raw.get("metadata"), key),
        f"the metadata value of {key}",
        # A key with a dot may be a nested path, which the server's filters are not documented to read.
        export=None if "." in key else f"metadata.{key}",
    )
