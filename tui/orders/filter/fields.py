"""The fields of the filter language, one registry for every target, completion and help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache
from typing import Any

from tui.orders.arithmetic import arithmetic
from tui.orders.exported_text import exported_text, number_of, value_at
from tui.orders.order import Order

from .metadata import leaves
from .moments import time_of
from .nodes import Operator


class Kind(Enum):
    """What a field holds, which decides its operators and how its operands are read."""

    STATUS = "a status"
    TEXT = "text"
    AMOUNT = "an amount of money"
    COUNT = "a whole number"
    TIME = "a date or time"
    METADATA = "a metadata value"


_ORDERINGS: tuple[Operator, ...] = (">", ">=", "<", "<=")

OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.STATUS: (":", "~"),
    Kind.TEXT: (":", "~", "^=", "$="),
    Kind.AMOUNT: (":", *_ORDERINGS),
    Kind.COUNT: (":", *_ORDERINGS),
    Kind.TIME: (":", *_ORDERINGS),
    Kind.METADATA: (":", *_ORDERINGS, "~", "^=", "$="),
}
"""The operators that each kind of field takes (``!=`` and ``!~`` are ``-field:`` and ``-field~``)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    ``read`` gives an order's value: ``None`` when missing, a number (minor units, a count, milliseconds
    since 1970) or text; a tuple of texts when ``many``; its meaning for metadata. ``key`` is where the
    order's document holds it, if it is one member; it is read from the document, so that a value of an
    unexpected type means what its exported text says. ``export`` is the field's name in the server's export
    filters (``docs/voucherify-api.md#export-filters``), ``None`` when it has none. ``never_missing`` says
    that every order has it. With ``zero_is_missing``, ``has:`` wants more than a zero.
    """

    name: str
    kind: Kind
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
    return arithmetic(order).mismatches


def _text(key: str) -> Callable[[Order], str | None]:
    return lambda order: exported_text(order.raw.get(key)) or None


def _number(key: str) -> Callable[[Order], int | Decimal | None]:
    def read(order: Order) -> int | Decimal | None:
        value = order.raw.get(key)
        return value if type(value) is int else number_of(exported_text(value))

    return read


def _time(key: str) -> Callable[[Order], int | None]:
    return lambda order: time_of(exported_text(order.raw.get(key)))


def _amount(name: str, attribute: str, help_: str, *, export: bool = True) -> Field:
    return Field(
        name,
        Kind.AMOUNT,
        _number(attribute),
        help_,
        aliases=(attribute,) if attribute != name else (),
        key=attribute,
        export=attribute if export else None,
        zero_is_missing="discount" in attribute,
    )


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field(
            "status",
            Kind.STATUS,
            _text("status"),
            "created, paid, canceled or fulfilled, upper or lower case",
            aliases=("state",),
            key="status",
            export="status",
            never_missing=True,
        ),
        _amount("amount", "amount", "before discounts"),
        _amount("total", "total_amount", "after discounts"),
        _amount("discount", "total_discount_amount", "all discounts together"),
        Field(
            "created",
            Kind.TIME,
            _time("created_at"),
            "when the order was created (UTC)",
            aliases=("created_at",),
            key="created_at",
            export="created_at",
            never_missing=True,
        ),
        Field(
            "updated",
            Kind.TIME,
            _time("updated_at"),
            "when it was last changed; missing until then",
            aliases=("updated_at",),
            key="updated_at",
            export="updated_at",
        ),
        Field(
            "customer",
            Kind.TEXT,
            _text("customer_id"),
            "the customer's id",
            aliases=("customer_id", "customer.id"),
            key="customer_id",
            export="customer_id",
        ),
        Field(
            "id",
            Kind.TEXT,
            _text("id"),
            "the order's id",
            key="id",
            export="id",
            never_missing=True,
        ),
        Field(
            "source_id",
            Kind.TEXT,
            _text("source_id"),
            "the id in your own system",
            aliases=("source",),
            key="source_id",
            export="source_id",
        ),
        Field("items", Kind.COUNT, _items, "number of items", aliases=("lines",)),
        Field("units", Kind.COUNT, _units, "total quantity of all items", aliases=("quantity",)),
        Field(
            "item",
            Kind.TEXT,
            lambda order: _products(order) + _skus(order),
            "a product or SKU of an item, by name or id",
            many=True,
        ),
        Field(
            "product",
            Kind.TEXT,
            _products,
            "a product, by name or id",
            aliases=("products", "product_id"),
            many=True,
        ),
        Field("sku", Kind.TEXT, _skus, "an SKU, by name or id", aliases=("skus", "sku_id"), many=True),
        Field(
            "referrer",
            Kind.TEXT,
            _text("referrer_id"),
            "the referrer's id",
            aliases=("referrer_id", "referrer.id"),
            key="referrer_id",
            export="referrer_id",
        ),
        _amount("initial_amount", "initial_amount", "before any discount", export=False),
        _amount("order_discount", "discount_amount", "discount on the whole order"),
        _amount("items_discount", "items_discount_amount", "discounts on its items"),
        Field(
            "redemptions",
            Kind.COUNT,
            lambda order: len(order.redemptions) if order.redemptions is not None else None,
            "number of redemptions",
        ),
        Field(
            "redemption",
            Kind.TEXT,
            _redemptions,
            "a redemption's or rollback's id",
            aliases=("redemption_id",),
            many=True,
        ),
        Field(
            "voucher",
            Kind.TEXT,
            _vouchers,
            "what was redeemed: a voucher's or promotion's id",
            aliases=("voucher_id",),
            many=True,
        ),
        Field(
            "metadata",
            Kind.TEXT,
            lambda order: tuple(leaves(order.raw.get("metadata"))),
            "any metadata value; metadata.KEY is one key",
            many=True,
        ),
        Field(
            "mismatch",
            Kind.TEXT,
            _mismatches,
            "amounts that do not add up",
            aliases=("mismatches",),
            many=True,
        ),
        Field(
            "problems",
            Kind.TEXT,
            lambda order: order.problems,
            "values of an unexpected type, in words",
            aliases=("problem",),
            many=True,
        ),
    )
}
"""Every built-in field by its canonical name, the most used first."""

NAMES: dict[str, Field] = {name: field for field in FIELDS.values() for name in (field.name, *field.aliases)}
"""Every built-in field by each of its names."""


_SEARCHED = ("status", "id", "source_id", "customer_id", "referrer_id")


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
    found += leaves(order.raw.get("metadata"))
    return [value for value in found if value]


METADATA_PREFIXES = ("metadata.", "meta.")


@lru_cache(maxsize=1024)
def lookup(name: str) -> Field | None:
    """The field of that name or alias in any case; ``metadata.KEY`` (``meta.KEY``) keeps the key's case.

    A key with dots is first looked for as it is, then as a path into nested objects.
    """
    for prefix in METADATA_PREFIXES:
        if name.lower().startswith(prefix) and len(name) > len(prefix):
            return _metadata(name[len(prefix) :])
    return NAMES.get(name.lower())


def nearest(name: str) -> str | None:
    """The name of a field that the misspelt name is most like."""
    prefix, dot, key = name.partition(".")
    if dot and key and get_close_matches(prefix.lower(), ("metadata", "meta"), cutoff=0.7):
        return f"metadata.{key}"
    close = get_close_matches(name.lower(), NAMES, n=1, cutoff=0.6)
    return NAMES[close[0]].name if close else None


def _metadata(key: str) -> Field:
    return Field(
        f"metadata.{key}",
        Kind.METADATA,
        lambda order: value_at(order.raw.get("metadata"), key),
        f"the metadata value of {key}",
        # A key with a dot may be a nested path, which the server's filters are not documented to read.
        export=None if "." in key else f"metadata.{key}",
    )
