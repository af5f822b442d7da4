"""The requests that write orders, checked (``voucherify-api.md`` 1.2, 2.3, 3)."""

from __future__ import annotations

from typing import Any

from .policies import Policies
from .refusals import invalid_order, invalid_payload
from .shapes import Flag, ListOf, Number, Record, Shape, Text, Whole, fault
from .wire import Document

STATUSES = ("CREATED", "PAID", "CANCELED", "FULFILLED")
MOST_ITEMS = 500
MOST_IMPORTED = 2000

_ADDRESS = Record(
    {part: Text() for part in ("city", "state", "line_1", "line_2", "country", "postal_code")},
    nullable=True,
)
_CUSTOMER = Record(
    {
        **{name: Text() for name in ("id", "source_id", "name", "description", "email", "phone")},
        "birthday": Text(form="date"),
        "birthdate": Text(form="date"),
        "address": _ADDRESS,
        "metadata": Record(),
    }
)
_CATALOGUE_FIELDS: dict[str, Shape] = {
    "id": Text(),
    "source_id": Text(),
    "override": Flag(),
    "price": Number(),
    "metadata": Record(),
}


class OrderRequests:
    """Checks the bodies of create, update and import.

    Args:
        policies: decide what the contract leaves open.
    """

    def __init__(self, policies: Policies) -> None:
        self._policies = policies
        least = 0 if policies.amounts_below_zero == "reject" else None
        self._update = Record(_order_fields(least))
        self._create = Record({"id": Text(), **self._update.fields})
        self._import = Record({k: v for k, v in self._create.fields.items() if k != "created_at"})

    def create(self, body: Any) -> Document:
        """The body of ``POST /v1/orders``. Raises: Refusal."""
        return self._checked(body, self._create)

    def update(self, body: Any) -> Document:
        """The body of ``PUT /v1/orders/{orderId}``. Raises: Refusal."""
        return self._checked(body, self._update)

    def imported(self, body: Any) -> list[Document]:
        """The body of ``POST /v1/orders/import``. A faulty row refuses all, without a row number (3).

        Raises:
            Refusal: the body or one of its orders does not fit.
        """
        if not isinstance(body, list):
            raise invalid_payload("Payload must be array")
        if len(body) > MOST_IMPORTED:
            raise invalid_payload(f"Payload must NOT have more than {MOST_IMPORTED} items")
        return [self._checked(row, self._import) for row in body]

    def _checked(self, body: Any, shape: Record) -> Document:
        found = fault(body, shape)
        if found:
            raise invalid_payload(found)
        request: Document = body
        if self._policies.source_id_alone == "reject":
            _check_references(request.get("items", ()))
        return request


def _check_references(items: list[Document]) -> None:
    for at, item in enumerate(items):
        if "source_id" in item and "related_object" not in item:
            raise invalid_order(f"Property .items[{at}].related_object is required with source_id")


def _order_fields(least: int | None) -> dict[str, Shape]:
    amount = Whole(least)
    item: dict[str, Shape] = {
        "sku_id": Text(),
        "product_id": Text(),
        "related_object": Text(allowed=("product", "sku")),
        "source_id": Text(),
        "quantity": amount,
        "discount_quantity": amount,
        "initial_quantity": Whole(1),
        "amount": amount,
        "discount_amount": amount,
        "initial_amount": amount,
        "price": amount,
        "product": Record({**_CATALOGUE_FIELDS, "name": Text()}),
        "sku": Record({**_CATALOGUE_FIELDS, "sku": Text()}),
        "metadata": Record(),
    }
    return {
        "source_id": Text(nullable=True),
        "status": Text(allowed=STATUSES),
        "amount": amount,
        "initial_amount": amount,
        "discount_amount": amount,
        "items": ListOf(Record(item), MOST_ITEMS),
        "metadata": Record(),
        "customer": _CUSTOMER,
        "referrer": _CUSTOMER,
        "referrer_id": Text(nullable=True),
        "created_at": Text(form="date-time"),
    }
