"""An in-memory stand-in for Voucherify's orders: the semantics of POST and PUT, nothing else.

Follows ``docs/voucherify-api.md#orders``: upsert, partial update, metadata merged shallowly, items
replaced, totals worked out, customers embedded as ``{id, object}``.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.orders.order import Order
from tui.orders.times import format_api_time
from tui.voucherify.errors import Duplicate, NotFound

Document = dict[str, Any]


class OrdersService:
    """Holds orders; ``history`` has every body that was carried out, by order id, oldest first."""

    def __init__(self) -> None:
        self.orders: dict[str, Document] = {}
        self.history: dict[str, list[Document]] = {}
        self.reads = 0
        self._ticks = 0

    async def get_order(self, order_id: str, /) -> Order:
        """Read one order by id or source_id."""
        self.reads += 1
        return Order.read(copy.deepcopy(self._found(order_id)))

    async def create_order(self, order: Document, /) -> Order:
        """Create or, by id or source_id, update."""
        for key in (order.get("id"), order.get("source_id")):
            if key is not None and (found := self._lookup(key)) is not None:
                return await self.update_order(found["id"], {k: v for k, v in order.items() if k != "id"})
        if order.get("id"):
            raise NotFound(404, message="Resource not found")
        identifier = f"ord_{len(self.orders) + 1:018x}"
        made: Document = {"id": identifier, "source_id": None, "created_at": self._now(), "updated_at": None}
        made |= {"status": "CREATED", "customer_id": None, "referrer_id": None, "object": "order"}
        self.orders[identifier] = made
        self._apply(made, order)
        return Order.read(copy.deepcopy(made))

    async def update_order(self, order_id: str, order: Document, /) -> Order:
        """Carry out a partial update."""
        made = self._found(order_id)
        taken = self._lookup(order["source_id"]) if order.get("source_id") else None
        if taken is not None and taken is not made:
            raise Duplicate(409, message="Duplicated resource found")
        self._apply(made, order)
        made["updated_at"] = self._now()
        return Order.read(copy.deepcopy(made))

    def _apply(self, made: Document, body: Document) -> None:
        self.history.setdefault(made["id"], []).append(copy.deepcopy(body))
        body = copy.deepcopy(body)
        for name, value in body.items():
            if name == "metadata":
                made[name] = {**made.get(name, {}), **value}
            elif name in ("customer", "referrer"):
                self._link(made, name, value.get("id") or f"cust_{value.get('source_id', 'new')}")
            elif name == "referrer_id":
                self._link(made, "referrer", value)
            elif name == "items":
                made[name] = [{**item, "object": "order_item"} for item in value]
            else:
                made[name] = value
        self._add_up(made, body)

    def _add_up(self, made: Document, body: Document) -> None:
        for item in made.get("items", []):
            if "amount" not in item and "price" in item and "quantity" in item:
                item["amount"] = item["price"] * item["quantity"]
            if "amount" in item:
                item["subtotal_amount"] = item["amount"] - item.get("discount_amount", 0)
        amounts = [item.get("amount") for item in made.get("items", [])]
        if (
            amounts
            and None not in amounts
            and "amount" not in body
            and ("items" in body or "amount" not in made)
        ):
            made["amount"] = sum(amounts)
        if "amount" in made:
            made["total_amount"] = made["amount"] - made.get("discount_amount", 0)

    @staticmethod
    def _link(made: Document, name: str, identifier: str | None) -> None:
        made[f"{name}_id"] = identifier
        made.pop(name, None)
        if identifier is not None:
            made[name] = {"id": identifier, "object": "customer"}

    def _lookup(self, key: str) -> Document | None:
        if key in self.orders:
            return self.orders[key]
        return next((order for order in self.orders.values() if order["source_id"] == key), None)

    def _found(self, key: str) -> Document:
        found = self._lookup(key)
        if found is None:
            raise NotFound(404, message="Resource not found", details=f"Cannot find order with id {key}")
        return found

    def _now(self) -> str:
        self._ticks += 1
        return format_api_time(datetime(2026, 1, 31, tzinfo=UTC) + timedelta(milliseconds=self._ticks))
