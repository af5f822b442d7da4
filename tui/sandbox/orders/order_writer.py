"""Creates, upserts, updates and imports: one request, one order, one transaction."""

from __future__ import annotations

from datetime import datetime

from tui.orders.times import format_api_time
from tui.sandbox.clock import read_date_time, to_ms
from tui.sandbox.http.error_responses import duplicate, not_found
from tui.sandbox.identifiers import IdentifierGenerator
from tui.sandbox.orders.customers import CustomerWriter
from tui.sandbox.orders.order_documents import build_items, merge_by_position, new_order, write_order
from tui.sandbox.orders.products import ProductOverrides
from tui.sandbox.policies import Policies
from tui.sandbox.store import Transaction, WriteKind
from tui.sandbox.wire import Document


class OrderWriter:
    """Applies checked requests to the orders of a transaction.

    Refusals raise an error, which rolls the whole transaction back.
    """

    def __init__(self, policies: Policies, mint: IdentifierGenerator) -> None:
        self._policies = policies
        self._mint = mint

    def find(self, transaction: Transaction, identifier: str) -> Document | None:
        """The order with this id or source_id."""
        ways = [transaction.orders.by_id, transaction.orders.by_source_id]
        if self._policies.lookup == "source_id_first":
            ways.reverse()
        return ways[0](identifier) or ways[1](identifier)

    def create(self, transaction: Transaction, request: Document, at: datetime) -> Document:
        """Create an order, or update the one that the request names (``docs/voucherify-api.md#identity``)."""
        current = self._existing(transaction, request)
        if current is None:
            return self._create(transaction, request, at, "create")
        return self._update(transaction, current, request, at, "upsert")

    def update(self, transaction: Transaction, identifier: str, request: Document, at: datetime) -> Document:
        """Change what was sent of the order with this id or source_id."""
        current = self.find(transaction, identifier)
        if current is None:
            raise not_found("order", identifier)
        return self._update(transaction, current, request, at, "update")

    def import_row(self, transaction: Transaction, row: Document, at: datetime) -> Document:
        """Apply one order of an import."""
        if self._policies.import_created_at == "import_time":
            row = {name: value for name, value in row.items() if name != "created_at"}
        current = self._existing(transaction, row)
        if current is None:
            return self._create(transaction, row, at, "import")
        if self._policies.import_existing == "fail_row":
            raise duplicate("order", current["id"])
        return self._update(transaction, current, row, at, "import")

    def _existing(self, transaction: Transaction, request: Document) -> Document | None:
        if "id" in request:
            found = transaction.orders.by_id(request["id"])
            if found is None and self._policies.unknown_order_id == "not_found":
                raise not_found("order", request["id"])
            return found
        source_id = request.get("source_id")
        return transaction.orders.by_source_id(source_id) if source_id is not None else None

    def _create(self, transaction: Transaction, request: Document, at: datetime, kind: WriteKind) -> Document:
        identifier = request.get("id") or self._mint.timed("ord_", to_ms(at))
        order = new_order(identifier, self._created_at(request) or format_api_time(at))
        return self._write(transaction, order, request, at, kind)

    def _update(
        self, transaction: Transaction, current: Document, request: Document, at: datetime, kind: WriteKind
    ) -> Document:
        dated = {"updated_at": format_api_time(at)}
        created_at = self._created_at(request)
        if created_at is not None:
            dated["created_at"] = created_at
        return self._write(transaction, {**current, **dated}, request, at, kind)

    def _created_at(self, request: Document) -> str | None:
        if "created_at" not in request or self._policies.created_at_sent == "ignore":
            return None
        moment = read_date_time(request["created_at"])
        return format_api_time(moment) if moment else None

    def _write(
        self, transaction: Transaction, current: Document, request: Document, at: datetime, kind: WriteKind
    ) -> Document:
        self._check_source_id(transaction, current["id"], request.get("source_id"))
        links = CustomerWriter(transaction.customers, self._mint, self._policies).resolve(request, at)
        items = self._items(transaction, current, request, at)
        order = write_order(current, request, items=items, links=links, policies=self._policies)
        transaction.orders.put(order)
        transaction.orders.remember(kind, order, format_api_time(at))
        return order

    def _check_source_id(self, transaction: Transaction, identifier: str, source_id: str | None) -> None:
        holder = transaction.orders.by_source_id(source_id) if source_id is not None else None
        if holder is not None and holder["id"] != identifier:
            raise duplicate("order", holder["id"])

    def _items(
        self, transaction: Transaction, current: Document, request: Document, at: datetime
    ) -> list[Document] | None:
        if "items" not in request:
            return None
        overrides = ProductOverrides(transaction.products, transaction.skus, self._mint)
        for item in request["items"]:
            overrides.apply(item, at)
        requested = request["items"]
        if self._policies.items_on_update == "by_position":
            requested = merge_by_position(current.get("items", []), requested)
        return build_items(requested, transaction.products, transaction.skus, self._policies)
