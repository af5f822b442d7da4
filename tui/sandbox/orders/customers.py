"""Customers and referrers of an order: found, updated or made by the write.

See ``docs/voucherify-api.md#customers``.
"""

from __future__ import annotations

from datetime import datetime

from tui.orders.times import format_api_time
from tui.sandbox.documents_table import DocumentsTable
from tui.sandbox.http.error_responses import not_found
from tui.sandbox.identifiers import IdentifierGenerator
from tui.sandbox.orders.order_documents import OrderPeople
from tui.sandbox.policies import Policies
from tui.sandbox.wire import Document

_FIELDS = (
    "name", "description", "email", "phone", "birthday", "birthdate", "address", "metadata",
)  # fmt: skip


class CustomerWriter:
    """Resolves the people of order requests, within one transaction."""

    def __init__(self, customers: DocumentsTable, mint: IdentifierGenerator, policies: Policies) -> None:
        self._customers = customers
        self._mint = mint
        self._policies = policies

    def resolve(self, request: Document, at: datetime) -> OrderPeople:
        """Whom the request links to, upserting them.

        Raises:
            ErrorResponse: an unknown id.
        """
        sent: dict[str, str | None] = {}
        if "referrer_id" in request:
            sent["referrer"] = self._by_id(request["referrer_id"], at)
        for person in ("customer", "referrer"):
            given = request.get(person)
            if given is None or (not given and self._policies.empty_customer == "ignore"):
                continue
            sent[person] = self._upsert(given, at)
        return OrderPeople(sent)

    def _by_id(self, identifier: str | None, at: datetime) -> str | None:
        return None if identifier is None else self._upsert({"id": identifier}, at)

    def _upsert(self, given: Document, at: datetime) -> str:
        current = self._find(given)
        document = current or self._new(given, at)
        changes = {name: given[name] for name in _FIELDS if name in given}
        if "metadata" in changes:
            changes["metadata"] = {**document.get("metadata", {}), **changes["metadata"]}
        if current is None or any(current.get(name) != value for name, value in changes.items()):
            if current is not None:
                changes["updated_at"] = format_api_time(at)
            self._customers.put({**document, **changes})
        identifier: str = document["id"]
        return identifier

    def _find(self, given: Document) -> Document | None:
        """By id, else by source_id, which is ignored when an id is given."""
        if "id" in given:
            found = self._customers.by_id(given["id"])
            if found is None and self._policies.unknown_customer_id == "not_found":
                raise not_found("customer", given["id"])
            return found
        return self._customers.by_source_id(given["source_id"]) if "source_id" in given else None

    def _new(self, given: Document, at: datetime) -> Document:
        return {
            "id": given.get("id") or self._mint.random("cust_"),
            "source_id": None if "id" in given else given.get("source_id"),
            "created_at": format_api_time(at),
            "object": "customer",
        }
