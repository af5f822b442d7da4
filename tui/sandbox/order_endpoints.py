"""The operations on orders: list, create, get, update, import, export (``voucherify-api.md`` 1)."""

from __future__ import annotations

from typing import cast

from starlette.responses import Response

from .documents_table import ListOrder
from .exportable import check_export
from .order_requests import OrderRequests
from .project import Project
from .refusals import not_found
from .resource import Call, answer, answer_text

LIST_ORDERS = ("created_at", "-created_at", "updated_at", "-updated_at")


class OrderEndpoints:
    """Answers ``/v1/orders`` and what is below it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._requests = OrderRequests(project.policies)

    def list_orders(self, call: Call) -> Response:
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

    def create_order(self, call: Call) -> Response:
        """``POST /v1/orders``: create or upsert."""
        request = self._requests.create(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            return answer(self._project.writer.create(transaction, request, call.now))

    def get_order(self, call: Call) -> Response:
        """``GET /v1/orders/{orderId}``, by id or source_id."""
        identifier = call.path["order_id"]
        with self._project.reading_orders(call.now) as transaction:
            order = self._project.writer.find(transaction, identifier)
        if order is None:
            raise not_found("order", identifier)
        return answer(order)

    def update_order(self, call: Call) -> Response:
        """``PUT /v1/orders/{orderId}``: only what is sent changes."""
        request = self._requests.update(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            return answer(self._project.writer.update(transaction, call.path["order_id"], request, call.now))

    def import_orders(self, call: Call) -> Response:
        """``POST /v1/orders/import``."""
        rows = self._requests.imported(call.json(self._project.policies))
        with self._project.writing(call.now) as transaction:
            action = self._project.imports.enqueue(transaction, rows, call.request_id, call.now)
        return answer({"async_action_id": action})

    def export_orders(self, call: Call) -> Response:
        """``POST /v1/orders/export``."""
        _, parameters = check_export(call.json(self._project.policies), exported_object="order")
        with self._project.writing(call.now) as transaction:
            return answer(self._project.exports.schedule(transaction, "order", parameters, call.now))
