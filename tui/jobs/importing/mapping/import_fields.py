"""Which fields an import takes, and what kind of value each is.

See ``docs/voucherify-api.md#order-requests``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from tui.orders.order_fields import ORDER_FIELDS, FieldType, OrderField, service_made_names

CellKind = Literal[
    "text", "integer", "number", "boolean", "amount", "status", "time", "list", "json", "current"
]
"""How a cell is read. ``amount`` is people's notation (``12.50``), ``integer`` is minor units (``1250``).

``status`` is a status in any case (``Paid``), ``time`` a date or time that begins with the year, ``list``
texts with commas between them, ``current`` metadata whose type the file does not show: the type that
the order's value has now; everything else is taken as the API writes it.
"""

CELL_KINDS: tuple[CellKind, ...] = get_args(CellKind)

METADATA = "metadata"
ITEM = "items."

_PERSON = ("id", "source_id", "name", "description", "email", "phone", "birthdate", "birthday")
_ADDRESS = ("city", "state", "line_1", "line_2", "country", "postal_code")
_CATALOGUE: dict[str, CellKind] = {
    "id": "text",
    "source_id": "text",
    "override": "boolean",
    "price": "number",
    "metadata": "json",
}
_ITEM: dict[str, CellKind] = {
    **dict.fromkeys(("sku_id", "product_id", "related_object", "source_id"), "text"),
    **dict.fromkeys(
        (
            "quantity", "discount_quantity", "initial_quantity",
            "amount", "discount_amount", "initial_amount", "price",
        ),
        "integer",
    ),
    "metadata": "json",
    **{f"product.{name}": kind for name, kind in (_CATALOGUE | {"name": "text"}).items()},
    **{f"sku.{name}": kind for name, kind in (_CATALOGUE | {"sku": "text"}).items()},
}  # fmt: skip

_KINDS: dict[FieldType, CellKind] = {
    "text": "text",
    "status": "text",
    "time": "time",
    "amount": "integer",
    "items": "json",
    "metadata": "json",
}


def order_kinds(fields: Iterable[OrderField]) -> dict[str, CellKind]:
    """How cells are read that fill one of these fields of the order itself."""
    return {
        field.name: _KINDS[field.type]
        for field in fields
        if field.type in _KINDS and (field.writable or field.name == "customer_id")
    }


FIELDS: dict[str, CellKind] = {
    **order_kinds(ORDER_FIELDS),
    **{
        f"{person}.{name}": "text"
        for person in ("customer", "referrer")
        for name in (*_PERSON, *(f"address.{part}" for part in _ADDRESS))
    },
    "customer.metadata": "json",
    "referrer.metadata": "json",
    **{ITEM + name: kind for name, kind in _ITEM.items()},
}
"""Every field that may be the header of a CSV column, with how its cells are read.

``customer_id`` is in answers of the API and in exports; an import sends it as ``customer.id``.
"""

SERVICE_MADE = tuple(name for name in service_made_names() if name != "customer_id")
"""Columns of an export that an import cannot set: they are left out, with a message."""

_OPEN = tuple(name + "." for name in sorted(FIELDS, key=len, reverse=True) if name.split(".")[-1] == METADATA)


_METADATA_KINDS: tuple[CellKind, ...] = (
    "text", "integer", "number", "boolean", "amount", "time", "list", "json",
)  # fmt: skip


def kind_of(path: str) -> CellKind | None:
    """How a cell of this field is read by default; ``None`` when the API has no such field.

    ``metadata.KEY`` is a metadata key and text, wherever metadata may stand.
    """
    if path in FIELDS:
        return FIELDS[path]
    return "text" if any(path.startswith(open_) and len(path) > len(open_) for open_ in _OPEN) else None


def kinds_for(path: str) -> tuple[CellKind, ...]:
    """The kinds that may fill a field, the usual one first; none when the API has no such field."""
    usual = kind_of(path)
    if usual is None:
        return ()
    if path not in FIELDS:
        return (*_METADATA_KINDS, "current") if path.startswith(f"{METADATA}.") else _METADATA_KINDS
    if path == "status":
        return ("text", "status")
    if is_money(path):
        return ("integer", "amount") if usual == "integer" else ("number", "integer", "amount")
    return (usual,)


def is_money(path: str | None) -> bool:
    """Whether the field is an amount of money, which the API takes in minor units."""
    return path in FIELDS and path.endswith(("amount", "price"))


def parts_of(path: str) -> tuple[str, ...]:
    """The keys that lead to a field. A metadata key is one key, even with dots."""
    for open_ in _OPEN:
        if path.startswith(open_):
            return (*open_[:-1].split("."), path.removeprefix(open_))
    return tuple(path.split("."))


def normalize_title(header: str) -> str:
    """A column's title as a name: ``Source ID`` as exports of the service write it is ``source_id``."""
    return header.strip().lower().replace(" ", "_")
