"""The operations of the API that the adapter uses, by the names that every SDK of the vendor gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of an SDK.

    ``name`` in snake case; ``api`` without ``Api``; ``identifier`` the name of the identifier in the path, or
    empty; ``parameters`` of the query in the order in which the SDKs take them; ``body`` the class of the
    body, of each of its elements where ``many``.
    """

    name: str
    api: str
    method: str
    path: str
    identifier: str = ""
    parameters: tuple[str, ...] = ()
    body: str = ""
    many: bool = False

    @property
    def camel(self) -> str:
        """The name in camel case."""
        return camel(self.name)


class OperationCall(NamedTuple):
    """An operation, and the identifier that it is called with (empty where it takes none)."""

    operation: Operation
    identifier: str


_PAGED = ("limit", "page", "order")

DOWNLOAD = Operation("download_export", "Exports", "GET", "/v1/exports/{}", "export_id")
"""Told from reading the export by the token in its query."""

OPERATIONS = (
    Operation("list_orders", "Orders", "GET", "/v1/orders", parameters=_PAGED),
    Operation("create_order", "Orders", "POST", "/v1/orders", body="OrdersCreateRequestBody"),
    Operation(
        "import_orders",
        "Orders",
        "POST",
        "/v1/orders/import",
        body="OrdersImportCreateRequestBodyItem",
        many=True,
    ),
    Operation(
        "create_order_export", "Orders", "POST", "/v1/orders/export", body="OrdersExportCreateRequestBody"
    ),
    Operation("get_order", "Orders", "GET", "/v1/orders/{}", "order_id"),
    Operation("update_order", "Orders", "PUT", "/v1/orders/{}", "order_id", body="OrdersUpdateRequestBody"),
    Operation("list_exports", "Exports", "GET", "/v1/exports", parameters=_PAGED),
    Operation("get_export", "Exports", "GET", "/v1/exports/{}", "export_id"),
    Operation("delete_export", "Exports", "DELETE", "/v1/exports/{}", "export_id"),
    Operation(
        "list_async_actions", "AsyncActions", "GET", "/v1/async-actions", parameters=("limit", "end_date")
    ),
    Operation("get_async_action", "AsyncActions", "GET", "/v1/async-actions/{}", "async_action_id"),
)
"""Those with a path of their own come before those with an identifier in the same place."""


def find_operation(
    method: str, path: str, parameters: Sequence[str] = (), *, token: bool = False
) -> OperationCall | None:
    """The operation of a request, or ``None``.

    Args:
        method: of HTTP.
        path: behind the base URL, percent-encoded.
        parameters: the names in the query, except a download's token.
        token: whether there is such a token.
    """
    for operation in (DOWNLOAD,) if token else OPERATIONS:
        found = re.fullmatch(operation.path.replace("{}", "([^/]+)"), path)
        if found and operation.method == method and set(parameters) <= set(operation.parameters):
            return OperationCall(operation, unquote(found[1]) if operation.identifier else "")
    return None


def camel(name: str) -> str:
    """``export_id`` → ``exportId``."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def snake(name: str) -> str:
    """``OrdersCreateRequestBody`` → ``orders_create_request_body``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
