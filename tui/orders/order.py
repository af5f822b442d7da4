"""An order and its parts, as the API answers them (``docs/voucherify-api.md#order-responses``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import Field, StrictFloat, StrictInt

from .api_object import ApiObject
from .times import parse_time

Status = Literal["CREATED", "PAID", "CANCELED", "FULFILLED"]
"""The statuses an order can be given. Answers may also hold the legacy ``PROCESSING``."""

STATUSES: tuple[Status, ...] = get_args(Status)


class Product(ApiObject):
    """The product of an item: what the payload or the catalogue knew. ``price`` in minor units."""

    id: str | None = None
    source_id: str | None = None
    name: str | None = None
    price: StrictInt | StrictFloat | None = None
    metadata: dict[str, Any] | None = None


class Sku(ApiObject):
    """The SKU of an item. ``sku`` is its name; ``price`` in minor units."""

    id: str | None = None
    source_id: str | None = None
    sku: str | None = None
    price: StrictInt | StrictFloat | None = None
    metadata: dict[str, Any] | None = None


class OrderItem(ApiObject):
    """One line of an order. All amounts are integers in minor currency units."""

    id: str | None = None
    product_id: str | None = None
    sku_id: str | None = None
    source_id: str | None = None
    related_object: str | None = None
    quantity: StrictInt | None = None
    initial_quantity: StrictInt | None = None
    discount_quantity: StrictInt | None = None
    price: StrictInt | None = None
    amount: StrictInt | None = None
    initial_amount: StrictInt | None = None
    discount_amount: StrictInt | None = None
    applied_discount_amount: StrictInt | None = None
    subtotal_amount: StrictInt | None = None
    product: Product | None = None
    sku: Sku | None = None
    metadata: dict[str, Any] | None = None
    object: str | None = None

    @property
    def label(self) -> str:
        """The name of the line for people: product name, SKU or id; empty without one."""
        named = (self.product and self.product.name) or (self.sku and self.sku.sku)
        return named or self.source_id or self.sku_id or self.product_id or ""


class CustomerReference(ApiObject):
    """A customer or referrer as an order embeds it: ``{id, object}`` and nothing more."""

    id: str | None = None
    source_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    object: str | None = None


class RedemptionEntry(ApiObject):
    """One redemption of an order, with its rollback when there was one. Times are ISO 8601."""

    date: str | None = None
    related_object_type: str | None = None
    related_object_id: str | None = None
    related_object_parent_id: str | None = None
    stacked: list[str] | None = None
    rollback_id: str | None = None
    rollback_date: str | None = None
    rollback_stacked: list[str] | None = None


class Order(ApiObject):
    """An order. Amounts are integers in minor currency units, times ISO 8601 text as sent (UTC).

    ``updated_at`` is null until the first update; amount and discount fields are absent unless known.
    """

    __slots__ = ("_key",)
    if TYPE_CHECKING:
        _key: str

    id: str = ""
    source_id: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    status: str | None = None
    amount: StrictInt | None = None
    initial_amount: StrictInt | None = None
    discount_amount: StrictInt | None = None
    items_discount_amount: StrictInt | None = None
    total_discount_amount: StrictInt | None = None
    applied_discount_amount: StrictInt | None = None
    items_applied_discount_amount: StrictInt | None = None
    total_applied_discount_amount: StrictInt | None = None
    total_amount: StrictInt | None = None
    items: list[OrderItem] = Field(default_factory=list)
    metadata: dict[str, Any] | None = None
    customer: CustomerReference | None = None
    referrer: CustomerReference | None = None
    customer_id: str | None = None
    referrer_id: str | None = None
    redemptions: dict[str, RedemptionEntry] | None = None
    object: str | None = None

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems of every object, and invalid times."""
        return super().problems + tuple(
            f"{name}: is not a date or time"
            for name, text in (("created_at", self.created_at), ("updated_at", self.updated_at))
            if text and parse_time(text) is None
        )

    @property
    def key(self) -> str:
        """What identifies the order among those read: its id, or its position in the list if it has none."""
        return getattr(self, "_key", "") or self.id

    def set_key(self, key: str) -> None:
        """Identify the order by something other than its id."""
        self._key = key
