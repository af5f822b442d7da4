"""The operations on orders, and the check of their requests.

See ``docs/voucherify-api.md#endpoints``, ``#amounts``, ``#imports``.
"""

from __future__ import annotations

from typing import Any, cast

from starlette.responses import Response

from tui.sandbox.documents_table import ListOrder
from tui.sandbox.http.error_responses import invalid_order, invalid_payload, not_found
from tui.sandbox.http.request_shapes import (
    ArrayShape,
    BooleanShape,
    IntegerShape,
    NumberShape,
    ObjectShape,
    Shape,
    TextShape,
    first_error,
)
from tui.sandbox.http.resource import ApiRequest, answer, answer_text
from tui.sandbox.jobs.exportable import check_export
from tui.sandbox.policies import Policies
from tui.sandbox.project import Project
from tui.sandbox.wire import Document

STATUSES = ("CREATED", "PAID", "CANCELED", "FULFILLED")
MOST_ITEMS = 500
MOST_IMPORTED = 2000

_ADDRESS = ObjectShape(
    {part: TextShape() for part in ("city", "state", "line_1", "line_2", "country", "postal_code")},
    nullable=True,
)
_CUSTOMER = ObjectShape(
    {
        **{name: TextShape() for name in ("id", "source_id", "name", "description", "email", "phone")},
        "birthday": TextShape(form="date"),
        "birthdate": TextShape(form="date"),
        "address": _ADDRESS,
        "metadata": ObjectShape(),
    }
)
_CATALOGUE_FIELDS: dict[str, Shape] = {
    "id": TextShape(),
    "source_id": TextShape(),
    "override": BooleanShape(),
    "price": NumberShape(),
    "metadata": ObjectShape(),
}


class OrderRequests:
    """Checks the bodies of create, update and import.

    Args:
        policies: decide what the contract leaves open.
    """

    def __init__(self, policies: Policies) -> None:
        self._policies = policies
        least = 0 if policies.amounts_below_zero == "reject" else None
        self._update = ObjectShape(_order_fields(least))
        self._create = ObjectShape({"id": TextShape(), **self._update.fields})
        self._import = ObjectShape({k: v for k, v in self._create.fields.items() if k != "created_at"})

    def create(self, body: Any) -> Document:
        """The body of ``POST /v1/orders``. Raises: ErrorResponse."""
        return self._checked(body, self._create)

    def update(self, body: Any) -> Document:
        """The body of ``PUT /v1/orders/{orderId}``. Raises: ErrorResponse."""
        return self._checked(body, self._update)

    def imported(self, body: Any) -> list[Document]:
        """The body of ``POST /v1/orders/import``. A faulty row refuses all, without a row number (3).

        Raises:
            ErrorResponse: the body or one of its orders does not fit.
        """
        if not isinstance(body, list):
            raise invalid_payload("Payload must be array")
        if len(body) > MOST_IMPORTED:
            raise invalid_payload(f"Payload must NOT have more than {MOST_IMPORTED} items")
        return [self._checked(row, self._import) for row in body]

    def _checked(self, body: Any, shape: ObjectShape) -> Document:
        found = first_error(body, shape)
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
    amount = IntegerShape(least)
    item: dict[str, Shape] = {
        "sku_id": TextShape(),
        "product_id": TextShape(),
        "related_object": TextShape(allowed=("product", "sku")),
        "source_id": TextShape(),
        "quantity": amount,
        "discount_quantity": amount,
        "initial_quantity": IntegerShape(1),
        "amount": amount,
        "discount_amount": amount,
        "initial_amount": amount,
        "price": amount,
        "product": ObjectShape({**_CATALOGUE_FIELDS, "name": TextShape()}),
        "sku": ObjectShape({**_CATALOGUE_FIELDS, "sku": TextShape()}),
        "metadata": ObjectShape(),
    }
    return {
        "source_id": TextShape(nullable=True),
        "status": TextShape(allowed=STATUSES),
        "amount": amount,
        "initial_amount": amount,
        "discount_amount": amount,
        "items": ArrayShape(ObjectShape(item), MOST_ITEMS),
        "metadata": ObjectShape(),
        "customer": _CUSTOMER,
        "referrer": _CUSTOMER,
        "referrer_id": TextShape(nullable=True),
        "created_at": TextShape(form="date-time"),
    }


LIST_ORDERS = ("created_at", "-created_at", "updated_at", "-updated_at")


class OrderEndpoints:
    """Answers ``/v1/orders`` and the endpoints below it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._requests = OrderRequests(project.policies)

    def list_orders(self, call: ApiRequest) -> Response:
        """``GET /v1/orders``."""
        policies = self._project.policies
        limit, page = call.query.limit(), call.query.page(policies)
        order = cast("ListOrder", call.query.choice("order", LIST_ORDERS, policies.default_list_order))
        with self._project.reading_orders(call.now) as transaction:
            texts = transaction.orders.page(
                order, limit=limit, offset=(page - 1) * limit, nulls=policies.updated_at_nulls
            )
            total = transaction.orders.count()
        return answer_text(
            f'{{"object":"list","data_ref":"orders","orders":[{",".join(texts)}],"total":{total}}}'
        )

    def create_order(self, call: ApiRequest) -> Response:
        """``POST /v1/orders``: create or upsert."""
        request = self._requests.create(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            return answer(self._project.writer.create(transaction, request, call.now))

    def get_order(self, call: ApiRequest) -> Response:
        """``GET /v1/orders/{orderId}``, by id or source_id."""
        identifier = call.path["order_id"]
        with self._project.reading_orders(call.now) as transaction:
            order = self._project.writer.find(transaction, identifier)
        if order is None:
            raise not_found("order", identifier)
        return answer(order)

    def update_order(self, call: ApiRequest) -> Response:
        """``PUT /v1/orders/{orderId}``: only what is sent changes."""
        request = self._requests.update(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            return answer(self._project.writer.update(transaction, call.path["order_id"], request, call.now))

    def import_orders(self, call: ApiRequest) -> Response:
        """``POST /v1/orders/import``."""
        rows = self._requests.imported(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            action = self._project.imports.enqueue(transaction, rows, call.request_id, call.now)
        return answer({"async_action_id": action})

    def export_orders(self, call: ApiRequest) -> Response:
        """``POST /v1/orders/export``."""
        _, parameters = check_export(call.json(self._project.policies), exported_object="order")
        with self._project.writing(call.now) as transaction:
            return answer(self._project.exports.schedule(transaction, "order", parameters, call.now))
