"""The fields of an order, one row each.

Columns, form fields, filters, import and export fields, masks, request checks, snippets and the sandbox's
export derive from this table: a new field of the API is one row here and one line in ``Order``. What is
computed from several fields, such as the number of units, stays where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["text", "status", "time", "amount", "items", "object", "person", "metadata"]
"""``amount`` is an integer in minor units, ``time`` ISO 8601 text, ``person`` a customer or referrer."""


@dataclass(frozen=True, slots=True)
class OrderField:
    """One field of an order's document (``docs/voucherify-api.md#order-responses``).

    Args:
        name: its key in the document.
        type: what it holds.
        writable: whether the body of a create or an import takes it; the service makes all others.
        exportable: whether an export of the service can hold it, and filter by it.
        is_identifier: whether it identifies a person or an order, and is masked where ids are personal.
        column: the name of its column in tables; empty where it has none.
        title: the title of that column.
        width: the terminal cells that the column likes to have.
        filter_name: its name in the filter language; empty where filters do not know it by itself.
        filter_help: what it is, on the help page about filters.
        aliases: other names in filters, besides the key.
        never_missing: whether every order has it.
        is_nullable: whether a request clears it with null.
        in_form: whether the order form has a field for it, if it is writable and one plain value.
        label: its label in the form; the title of its column where this is empty.
        placeholder: what the empty field of the form shows.
    """

    name: str
    type: FieldType
    writable: bool = False
    exportable: bool = False
    is_identifier: bool = False
    column: str = ""
    title: str = ""
    width: int = 12
    filter_name: str = ""
    filter_help: str = ""
    aliases: tuple[str, ...] = ()
    never_missing: bool = False
    is_nullable: bool = False
    in_form: bool = True
    label: str = ""
    placeholder: str = ""


ORDER_FIELDS: tuple[OrderField, ...] = (
    OrderField(
        "id", "text", writable=True, exportable=True, column="id", title="ID", width=22,
        filter_name="id", filter_help="the order's id", never_missing=True, in_form=False,
    ),
    OrderField(
        "source_id", "text", writable=True, exportable=True, is_identifier=True,
        column="source_id", title="Source ID", width=18,
        filter_name="source_id", filter_help="the id in your own system", aliases=("source",),
        is_nullable=True, placeholder="your own name for the order",
    ),
    OrderField(
        "created_at", "time", writable=True, exportable=True,
        column="created_at", title="Created (UTC)", width=16,
        filter_name="created", filter_help="when the order was created (UTC)", never_missing=True,
        label="Created at", placeholder="now; or 2026-01-31T14:05:00.000Z",
    ),
    OrderField(
        "updated_at", "time", exportable=True, column="updated_at", title="Updated (UTC)", width=16,
        filter_name="updated", filter_help="when it was last changed; missing until then",
    ),
    OrderField(
        "status", "status", writable=True, exportable=True, column="status", title="Status", width=9,
        filter_name="status", filter_help="created, paid, canceled or fulfilled, upper or lower case",
        aliases=("state",), never_missing=True,
    ),
    OrderField(
        "amount", "amount", writable=True, exportable=True, column="amount", title="Amount",
        filter_name="amount", filter_help="before discounts",
    ),
    OrderField(
        "initial_amount", "amount", writable=True, column="initial_amount", title="Initial",
        filter_name="initial_amount", filter_help="before any discount", placeholder="before any change",
    ),
    OrderField(
        "discount_amount", "amount", writable=True, exportable=True,
        column="discount_amount", title="Order disc.",
        filter_name="order_discount", filter_help="discount on the whole order",
        label="Discount", placeholder="discount on the whole order",
    ),
    OrderField(
        "items_discount_amount", "amount", exportable=True,
        column="items_discount_amount", title="Item disc.",
        filter_name="items_discount", filter_help="discounts on its items",
    ),
    OrderField(
        "total_discount_amount", "amount", exportable=True,
        column="total_discount_amount", title="Discount",
        filter_name="discount", filter_help="all discounts together",
    ),
    OrderField("applied_discount_amount", "amount"),
    OrderField("items_applied_discount_amount", "amount"),
    OrderField("total_applied_discount_amount", "amount"),
    OrderField(
        "total_amount", "amount", exportable=True, column="total_amount", title="Total",
        filter_name="total", filter_help="after discounts",
    ),
    OrderField("items", "items", writable=True),
    OrderField("metadata", "metadata", writable=True, exportable=True),
    OrderField("customer", "person", writable=True),
    OrderField("referrer", "person", writable=True),
    OrderField(
        "customer_id", "text", exportable=True, is_identifier=True,
        column="customer", title="Customer", width=29,
        filter_name="customer", filter_help="the customer's id", aliases=("customer.id",),
    ),
    OrderField(
        "referrer_id", "text", writable=True, exportable=True, is_identifier=True,
        column="referrer", title="Referrer", width=29,
        filter_name="referrer", filter_help="the referrer's id", aliases=("referrer.id",),
        is_nullable=True, in_form=False,
    ),
    OrderField("object", "text"),
    OrderField("redemptions", "object"),
)  # fmt: skip
"""Every field that the API documents, in the order in which it answers them."""


def exportable_names(fields: Iterable[OrderField] = ORDER_FIELDS) -> tuple[str, ...]:
    """The fields that an export of the service can hold, besides ``metadata`` and ``metadata.KEY``."""
    return tuple(field.name for field in fields if field.exportable and field.type != "metadata")


def service_made_names(fields: Iterable[OrderField] = ORDER_FIELDS) -> tuple[str, ...]:
    """The fields that answers hold and requests do not."""
    return tuple(field.name for field in fields if not field.writable)


def nullable_names(fields: Iterable[OrderField] = ORDER_FIELDS) -> frozenset[str]:
    """The fields that a request clears with null."""
    return frozenset(field.name for field in fields if field.is_nullable)


def identifier_names(fields: Iterable[OrderField] = ORDER_FIELDS) -> frozenset[str]:
    """The fields that identify an order or its persons."""
    return frozenset(field.name for field in fields if field.is_identifier)


def person_names(fields: Iterable[OrderField] = ORDER_FIELDS) -> frozenset[str]:
    """The fields that hold persons."""
    return frozenset(field.name for field in fields if field.type == "person")
