"""The fields of an order's form: what each is called, where it stands, how it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.orders.order import STATUSES
from tui.orders.paths import Path

Kind = Literal["text", "amount", "whole", "choice", "flag", "moment", "day"]
"""How a value is typed: ``amount`` as people write money, ``flag`` as yes or no, the rest as it is."""

SeenKind = Literal["products", "skus", "customers", "sources", "source_ids"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field.

    Args:
        path: where its value is, from the object that the fields belong to.
        label: our word for it.
        kind: how it is typed.
        hint: what stands in the empty field.
        choices: what can be chosen, for ``choice`` and ``flag``.
        seen: which values of loaded orders complete it.
        nullable: whether emptying it sends null, which clears it, instead of leaving it out.
    """

    path: Path
    label: str
    kind: Kind = "text"
    hint: str = ""
    choices: tuple[str, ...] = ()
    seen: SeenKind | None = None
    nullable: bool = False


FLAG_WORDS = ("yes", "no")

IDENTITY = (
    FormField(("source_id",), "Source ID", hint="your own name for the order", nullable=True),
    FormField(("status",), "Status", "choice", choices=STATUSES),
)
MONEY = (
    FormField(("amount",), "Amount", "amount"),
    FormField(("discount_amount",), "Discount", "amount", hint="discount on the whole order"),
    FormField(("initial_amount",), "Initial", "amount", hint="what it was at first"),
)
CREATED_AT = FormField(("created_at",), "Created at", "moment", hint="now; or 2026-01-31T14:05:00.000Z")

ORDER_FIELDS = (*IDENTITY, *MONEY, CREATED_AT)
"""The order's own fields, top to bottom; items, people and metadata come beside them."""

PERSON_FIELDS = (
    FormField(("id",), "ID", hint="of a customer that exists", seen="customers"),
    FormField(("source_id",), "Source ID", hint="found by it, or made new with it", seen="source_ids"),
    FormField(("name",), "Name"),
    FormField(("email",), "E-mail"),
    FormField(("phone",), "Phone"),
    FormField(("description",), "Description"),
    FormField(("birthdate",), "Birthdate", "day", hint="1990-01-31"),
    FormField(("address", "line_1"), "Address 1"),
    FormField(("address", "line_2"), "Address 2"),
    FormField(("address", "postal_code"), "Postal code"),
    FormField(("address", "city"), "City"),
    FormField(("address", "state"), "State"),
    FormField(("address", "country"), "Country"),
)

ITEM_FIELDS = (
    FormField(("product_id",), "Product ID", hint="prod_…", seen="products"),
    FormField(("sku_id",), "SKU ID", hint="sku_…", seen="skus"),
    FormField(("source_id",), "Source ID", hint="instead of an id; choose its kind below", seen="sources"),
    FormField(("related_object",), "Source of", "choice", choices=("product", "sku")),
    FormField(("quantity",), "Quantity", "whole", hint="1"),
    FormField(("price",), "Price", "amount", hint="the catalogue's, when left empty"),
    FormField(("amount",), "Amount", "amount"),
    FormField(("discount_amount",), "Discount", "amount", hint="discount on this item"),
)
ITEM_FIELDS_BEYOND = (
    FormField(("initial_quantity",), "Initial qty", "whole"),
    FormField(("discount_quantity",), "Disc. qty", "whole", hint="units that are free"),
    FormField(("initial_amount",), "Initial", "amount"),
)
PRODUCT_FIELDS = (
    FormField(("product", "name"), "Name"),
    FormField(("product", "price"), "Price", "amount"),
    FormField(("product", "id"), "ID", seen="products"),
    FormField(("product", "source_id"), "Source ID", hint="needed to make one by override", seen="sources"),
    FormField(("product", "override"), "Override", "flag", choices=FLAG_WORDS),
)
SKU_FIELDS = (
    FormField(("sku", "sku"), "Name"),
    FormField(("sku", "price"), "Price", "amount"),
    FormField(("sku", "id"), "ID", seen="skus"),
    FormField(("sku", "source_id"), "Source ID", hint="needed to make one by override", seen="sources"),
    FormField(("sku", "override"), "Override", "flag", choices=FLAG_WORDS),
)
