"""The fields of the order form, and how the text of a field becomes a value of the document and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from tui.errors import OrdexError
from tui.orders.amounts import DECIMALS, AmbiguousAmount, AmountError, format_amount, parse_amount
from tui.orders.changes import ABSENT
from tui.orders.order import STATUSES
from tui.orders.order_fields import ORDER_FIELDS, FieldType, OrderField
from tui.orders.paths import Path
from tui.terminal.visible import hidden_characters, visible

FieldKind = Literal["text", "amount", "whole", "choice", "flag", "moment", "day"]
"""How a value is typed: ``amount`` in major units, ``flag`` as yes or no, all others as text."""

SuggestionKind = Literal["products", "skus", "customers", "sources", "source_ids"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field.

    Args:
        path: of its value, relative to the object that has the field.
        label: shown beside the field.
        kind: how it is typed.
        hint: placeholder of the empty field.
        choices: the options of ``choice`` and ``flag``.
        seen: which values of loaded orders are suggested.
        nullable: whether an empty field sends null, which clears the value, instead of omitting it.
    """

    path: Path
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    choices: tuple[str, ...] = ()
    seen: SuggestionKind | None = None
    nullable: bool = False


FLAG_WORDS = ("yes", "no")

_KINDS: dict[FieldType, FieldKind] = {
    "text": "text",
    "status": "choice",
    "amount": "amount",
    "time": "moment",
}
_FIRST = ("source_id", "status", "amount", "discount_amount")


def order_form_fields(*types: FieldType, of: Iterable[OrderField] = ORDER_FIELDS) -> tuple[FormField, ...]:
    """The form's fields for the order's own values of these types, top to bottom."""
    found = [field for field in of if field.writable and field.in_form and field.type in types]
    found.sort(key=lambda field: _FIRST.index(field.name) if field.name in _FIRST else len(_FIRST))
    return tuple(
        FormField(
            (field.name,),
            field.label or field.title or field.name,
            _KINDS[field.type],
            hint=field.placeholder,
            choices=STATUSES if field.type == "status" else (),
            nullable=field.is_nullable,
        )
        for field in found
    )


PERSON_FIELDS = (
    FormField(("id",), "ID", hint="of an existing customer", seen="customers"),
    FormField(("source_id",), "Source ID", hint="finds a customer, or creates one", seen="source_ids"),
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
    FormField(("source_id",), "Source ID", hint="instead of an ID; choose the type below", seen="sources"),
    FormField(("related_object",), "Source of", "choice", choices=("product", "sku")),
    FormField(("quantity",), "Quantity", "whole", hint="1"),
    FormField(("price",), "Price", "amount", hint="empty: the price in the catalogue"),
    FormField(("amount",), "Amount", "amount"),
    FormField(("discount_amount",), "Discount", "amount", hint="discount on this item"),
)
ITEM_FIELDS_BEYOND = (
    FormField(("initial_quantity",), "Initial qty", "whole"),
    FormField(("discount_quantity",), "Disc. qty", "whole", hint="free units"),
    FormField(("initial_amount",), "Initial", "amount"),
)
PRODUCT_FIELDS = (
    FormField(("product", "name"), "Name"),
    FormField(("product", "price"), "Price", "amount"),
    FormField(("product", "id"), "ID", seen="products"),
    FormField(("product", "source_id"), "Source ID", hint="required for override", seen="sources"),
    FormField(("product", "override"), "Override", "flag", choices=FLAG_WORDS),
)
SKU_FIELDS = (
    FormField(("sku", "sku"), "Name"),
    FormField(("sku", "price"), "Price", "amount"),
    FormField(("sku", "id"), "ID", seen="skus"),
    FormField(("sku", "source_id"), "Source ID", hint="required for override", seen="sources"),
    FormField(("sku", "override"), "Override", "flag", choices=FLAG_WORDS),
)


LONGEST = 2000
"""Most characters of a text that can be edited in a field of one line."""


class InvalidValue(OrdexError, ValueError):
    """The typed text is not a valid value; the message names the valid form (“must be …”)."""

    title = "The value cannot be read"


def field_text(field: FormField, value: Any, *, decimals: int = DECIMALS) -> str | None:
    """The text of a value in its field; ``None`` if the field cannot represent the value exactly."""
    if value is ABSENT or value is None:
        return ""
    text = _text(field.kind, value, decimals)
    if text is None or len(text) > LONGEST or has_hidden(text):
        return None
    return text


def has_hidden(text: str) -> bool:
    """Whether a text contains characters that a field of one line cannot show."""
    return bool(hidden_characters(text)) or any(sign in text for sign in "\r\n\t")


def display_text(value: Any) -> str:
    """A value that the field cannot represent, as safe text in one line."""
    if isinstance(value, str):
        return visible(value, limit=200)
    try:
        return visible(json.dumps(value, ensure_ascii=False), limit=200)
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__


def parse_value(field: FormField, text: str, *, decimals: int = DECIMALS) -> Any:
    """Parse a typed text; no text is ``ABSENT``, or null where null clears the field.

    Raises:
        InvalidValue: the text is not valid for the kind of field.
    """
    if not text.strip() and field.kind != "text":
        return ABSENT
    if not text:
        return None if field.nullable else ABSENT
    if field.kind == "amount":
        return parse_field_amount(text, decimals=decimals)
    if field.kind == "whole":
        return _whole(text)
    if field.kind == "flag":
        return text == FLAG_WORDS[0]
    return text.strip() if field.kind in ("moment", "day") else text


def parse_field_amount(text: str, *, decimals: int = DECIMALS) -> int:
    """Parse an amount in major units (12.50); return minor units.

    Raises:
        InvalidValue: it is not an amount.
    """
    try:
        return parse_amount(text, decimals=decimals)
    except AmbiguousAmount as error:
        raise InvalidValue(f"is ambiguous: {error}") from None
    except AmountError:
        example = "12.50" if decimals else "1250"
        limit = f", with at most {decimals} decimals" if decimals else ", without decimals"
        raise InvalidValue(f"must be an amount like {example}{limit}") from None


def _text(kind: FieldKind, value: Any, decimals: int) -> str | None:
    if kind == "flag":
        return FLAG_WORDS[not value] if isinstance(value, bool) else None
    if isinstance(value, str):
        return value if value and kind not in ("amount", "whole") else None if value else ""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    if kind == "amount":
        return format_amount(value, decimals=decimals, grouping="")
    return str(value) if kind == "whole" else None


def _whole(text: str) -> int:
    digits = text.strip().replace(",", "").replace("_", "")
    if not digits.lstrip("+-").isdecimal() or not digits.isascii() or len(digits) > 20:
        raise InvalidValue("must be a whole number")
    try:
        return int(digits)
    except ValueError:
        raise InvalidValue("must be a whole number") from None
