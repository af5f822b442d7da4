"""The bodies of create, update and import requests (``docs/voucherify-api.md#order-requests``).

Every field is optional. Only what was given is sent, so absent and null stay apart; unknown fields are
kept (the API ignores them). Amounts are integers in minor currency units.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tui.orders.api_object import ApiDocument
from tui.orders.order import Status
from tui.orders.order_fields import service_made_names
from tui.orders.times import parse_time

T = TypeVar("T")

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps to its last digit."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def _not_null(value: object) -> object:
    if value is None:
        raise PydanticCustomError("null", "must not be null; leave the field out instead")
    return value


def _not_empty(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty", "must not be empty")
    if text in {".", ".."}:
        raise PydanticCustomError("dots", "must be more than dots, which cannot be part of a URL")
    return text


def _day(text: str) -> str:
    try:
        date.fromisoformat(text if _DATE.match(text) else "")
    except ValueError:
        raise PydanticCustomError("day", "must be a date like 1990-01-31") from None
    return text


def _moment(text: str) -> str:
    if "T" not in text or parse_time(text) is None:
        raise PydanticCustomError("moment", "must be a time like 2026-01-31T14:05:00.000Z")
    return text


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number", "must be a number")
    if not math.isfinite(value):
        raise PydanticCustomError("number", "must be a number that JSON can hold")
    if value < 0:
        raise PydanticCustomError("number", "must not be negative")
    return value


Given = Annotated[T | None, BeforeValidator(_not_null)]
"""A field that may be absent but never null; ``None`` stands for absent."""

Text = str
Identifier = Annotated[str, AfterValidator(_not_empty)]
Day = Annotated[str, AfterValidator(_day)]
"""``YYYY-MM-DD``."""

Moment = Annotated[str, AfterValidator(_moment)]
"""ISO 8601 with date and time."""

WholeNumber = Annotated[int, Field(ge=0, le=LARGEST)]
"""An amount in minor units or a quantity."""

PositiveNumber = Annotated[int, Field(ge=1, le=LARGEST)]
CataloguePrice = Annotated[int | float, PlainValidator(_number)]
"""The price of a product or SKU, in minor units; the schema lets it be any number."""


MAX_ITEMS = 500
"""Items of one order that the API takes."""

Metadata = dict[str, Any]


class RequestObject(BaseModel):
    """Base class of the request models: strict, lossless, and only given fields are sent.

    ``service_made`` names fields that answers hold but requests do not.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    service_made: ClassVar[frozenset[str]] = frozenset({"object"})

    def to_body(self) -> ApiDocument:
        """The JSON object to send: the given fields, nothing filled in."""
        return self.model_dump(exclude_unset=True)


class AddressRequest(RequestObject):
    """A customer's address."""

    city: Given[Text] = None
    state: Given[Text] = None
    line_1: Given[Text] = None
    line_2: Given[Text] = None
    country: Given[Text] = None
    postal_code: Given[Text] = None


class CustomerRequest(RequestObject):
    """A customer or referrer: found by ``id``, else by ``source_id``, else made new."""

    id: Given[Identifier] = None
    source_id: Given[Identifier] = None
    name: Given[Text] = None
    description: Given[Text] = None
    email: Given[Text] = None
    phone: Given[Text] = None
    birthdate: Given[Day] = None
    birthday: Given[Day] = None
    address: AddressRequest | None = None
    metadata: Given[Metadata] = None


class ProductRequest(RequestObject):
    """The product of an item; ``override`` writes it to the catalogue too."""

    id: Given[Identifier] = None
    source_id: Given[Identifier] = None
    override: Given[bool] = None
    name: Given[Text] = None
    price: Given[CataloguePrice] = None
    metadata: Given[Metadata] = None


class SkuRequest(RequestObject):
    """The SKU of an item; ``sku`` is its name, ``override`` writes it to the catalogue too."""

    id: Given[Identifier] = None
    source_id: Given[Identifier] = None
    override: Given[bool] = None
    sku: Given[Text] = None
    price: Given[CataloguePrice] = None
    metadata: Given[Metadata] = None


class ItemRequest(RequestObject):
    """One line: its product named by ``product_id``/``sku_id``, or ``source_id`` with ``related_object``."""

    service_made: ClassVar[frozenset[str]] = frozenset(
        {"object", "id", "subtotal_amount", "applied_discount_amount", "applied_discount_quantity"}
    )

    sku_id: Given[Identifier] = None
    product_id: Given[Identifier] = None
    related_object: Given[Literal["product", "sku"]] = None
    source_id: Given[Identifier] = None
    quantity: Given[WholeNumber] = None
    discount_quantity: Given[WholeNumber] = None
    initial_quantity: Given[PositiveNumber] = None
    amount: Given[WholeNumber] = None
    discount_amount: Given[WholeNumber] = None
    initial_amount: Given[WholeNumber] = None
    price: Given[WholeNumber] = None
    product: Given[ProductRequest] = None
    sku: Given[SkuRequest] = None
    metadata: Given[Metadata] = None

    @model_validator(mode="after")
    def _source_id_says_of_what(self) -> Self:
        if self.source_id is not None and self.related_object is None:
            raise PydanticCustomError(
                "related_object_missing",
                "must be product or sku when source_id is given",
                {"field": "related_object"},
            )
        return self


class OrderUpdateRequest(RequestObject):
    """The body of ``PUT /v1/orders/{orderId}``: the fields that change."""

    service_made: ClassVar[frozenset[str]] = frozenset(service_made_names())

    source_id: Identifier | None = None
    status: Given[Status] = None
    amount: Given[WholeNumber] = None
    initial_amount: Given[WholeNumber] = None
    discount_amount: Given[WholeNumber] = None
    items: Given[Annotated[list[ItemRequest], Field(max_length=MAX_ITEMS)]] = None
    metadata: Given[Metadata] = None
    customer: Given[CustomerRequest] = None
    referrer: Given[CustomerRequest] = None
    referrer_id: Identifier | None = None
    created_at: Given[Moment] = None


class OrderRequest(OrderUpdateRequest):
    """The body of ``POST /v1/orders``. With the ``id`` or ``source_id`` of an order it updates that one."""

    id: Given[Identifier] = None


class OrderImportRequest(OrderRequest):
    """One order of ``POST /v1/orders/import``, which gives each its own ``created_at``."""

    service_made: ClassVar[frozenset[str]] = OrderRequest.service_made | {"created_at"}
