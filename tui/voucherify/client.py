"""The Orders API, method by method, by the API's own names (``docs/voucherify-api.md#endpoints``)."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx

from tui.orders.order import Order
from tui.orders.times import format_api_time
from tui.voucherify.calls.call_log import ApiCall, CallLog, why_not_repeatable

from .addresses import Address, order_path, segment
from .download import Download, is_past_the_end
from .errors import ForeignOrigin, NoExportFile, NotJson, Unauthorized, Unsendable
from .limits import REPLAY_OF, STREAM, TOTAL, Limits
from .rate_limit import CallBudget
from .response_parsing import parse_document, raise_for_error
from .responses import (
    AsyncAction,
    AsyncActionsPage,
    Export,
    ExportsPage,
    OrdersOrder,
    OrdersPage,
    check_asked_for,
    parse_count,
    parse_id,
    parse_many,
    parse_one,
)
from .write_lock import WriteLock


def encoded(body: object) -> bytes:
    """The body as JSON.

    Raises:
        Unsendable: it holds what JSON cannot (NaN, a circle, an object of Python).
    """
    try:
        text = json.dumps(body, ensure_ascii=True, allow_nan=False, separators=(",", ":"), default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        reason = _reason(error)
    else:
        return text.encode("ascii")
    raise Unsendable(f"The body cannot be written as JSON: {reason}")


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, TypeError):
        return f"it holds a value or key that JSON cannot represent ({str(error)[:80]})"
    return "it holds itself" if "Circular" in str(error) else "it holds a number that is not finite"


_PACKED = {"Accept": "application/json", "Accept-Encoding": "gzip"}
_PLAIN = {"Accept": "*/*", "Accept-Encoding": "identity"}


AroundCall = Callable[[str, str], AbstractContextManager[object]]


def _no_context(method: str, path: str) -> AbstractContextManager[object]:
    del method, path
    return nullcontext()


class VoucherifyClient:
    """An async client of one profile. Make it with ``connect``; close it with ``aclose`` or ``async with``.

    Every method raises errors of ``errors.VoucherifyError`` only. A call may be cancelled at any moment:
    its answer is then dropped. ``budget`` and ``calls`` are what is known of the rate limit and the log of
    calls; ``write_lock`` decides whether changes may be sent. ``on_document`` gets the JSON of each request
    before it leaves, imports excepted, and of each answer. ``around_call`` makes a context that is open
    while a call with this method and path is under way; a screen shows it.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        address: Address,
        *,
        headers: Mapping[str, str],
        limits: Limits,
        budget: CallBudget,
        calls: CallLog,
        write_lock: WriteLock,
        now: Callable[[], float] = time.time,
        on_document: Callable[[Any], None] | None = None,
    ) -> None:
        self.address = address
        self.budget = budget
        self.calls = calls
        self.write_lock = write_lock
        self._transport = transport
        self._headers = dict(headers)
        self._limits = limits
        self._now = now
        self._on_document = on_document
        self.around_call: AroundCall = _no_context

    async def list_orders(
        self, *, limit: int = 100, page: int = 1, order: OrdersOrder = "-created_at"
    ) -> OrdersPage:
        """One page of orders. The API lists at most 100 pages of 100; its default order is not relied on."""
        answer = await self._json("GET", "/v1/orders", query={"limit": limit, "page": page, "order": order})
        orders = parse_many(Order, answer, "orders")
        return OrdersPage(
            orders=orders,
            total=parse_count(answer, "total"),
            page=page,
            limit=limit,
            order=order,
            read_at=datetime.fromtimestamp(self._now(), UTC),
        )

    async def get_order(self, order_id: str) -> Order:
        """One order, by its id or source_id.

        Raises:
            NotJson: the service answered with another order.
        """
        order = parse_one(Order, await self._json("GET", order_path(order_id)))
        check_asked_for(order_id, order.id, order.source_id)
        return order

    async def create_order(self, body: Mapping[str, Any]) -> Order:
        """Create an order, or update the one that has the body's ``id`` or ``source_id`` (an upsert)."""
        return parse_one(Order, await self._json("POST", "/v1/orders", body=body))

    async def update_order(self, order_id: str, body: Mapping[str, Any]) -> Order:
        """Change what the body names of the order with this id or source_id."""
        return parse_one(Order, await self._json("PUT", order_path(order_id), body=body))

    async def import_orders(self, orders: Sequence[Mapping[str, Any]]) -> str:
        """Start an import (at most 2,000 orders today); returns the async action's id."""
        answer = await self._json(
            "POST", "/v1/orders/import", body=list(orders), total=self._limits.import_total
        )
        return parse_id(answer, "async_action_id")

    async def create_order_export(self, parameters: Mapping[str, Any] | None = None) -> Export:
        """Schedule an export; ``parameters`` are ``order``, ``fields`` and ``filters``."""
        body = {} if parameters is None else {"parameters": parameters}
        return parse_one(Export, await self._json("POST", "/v1/orders/export", body=body))

    async def get_export(self, export_id: str) -> Export:
        """One export, with a fresh link once it is done."""
        export = parse_one(Export, await self._json("GET", f"/v1/exports/{segment(export_id, 'export id')}"))
        check_asked_for(export_id, export.id)
        return export

    async def list_exports(
        self, *, limit: int = 100, page: int = 1, order: str = "-created_at"
    ) -> ExportsPage:
        """One page of exports of any kind. ``order``: ``created_at`` or ``status``, a minus is descending."""
        answer = await self._json("GET", "/v1/exports", query={"limit": limit, "page": page, "order": order})
        exports = parse_many(Export, answer, "exports")
        return ExportsPage(exports=exports, total=parse_count(answer, "total"))

    async def delete_export(self, export_id: str) -> None:
        """Delete an export and its file.

        Raises:
            NotJson: the response is not the empty one of a deletion.
        """
        response = await self._send(self._request("DELETE", f"/v1/exports/{segment(export_id, 'export id')}"))
        if response.status_code != 204:
            raise NotJson(f"HTTP {response.status_code} , but a deletion returns 204")

    @asynccontextmanager
    async def download_export(
        self, export: Export, *, offset: int = 0, etag: str | None = None
    ) -> AsyncIterator[Download]:
        """The file of an export that is done, from byte ``offset`` on.

        With ``etag`` the service goes on only if the file is still that version, and else sends it from its
        start: look at ``Download.offset``. The link expires; ``get_export`` gives a fresh one.

        Raises:
            Unsendable: the export has no file yet.
            ForeignOrigin: the link leads to a host that is not the profile's.
        """
        request = self._download_request(export, offset, etag)
        with self.around_call(request.method, request.url.path):
            response = await self._transport.handle_async_request(request)
            try:
                if not is_past_the_end(response, offset):
                    _check_download(response, self.address, self._now())
                yield Download(response, offset)
            finally:
                await response.aclose()

    async def get_async_action(self, async_action_id: str) -> AsyncAction:
        """One background job, with its result once it is done."""
        path = f"/v1/async-actions/{segment(async_action_id, 'async action id')}"
        action = parse_one(AsyncAction, await self._json("GET", path))
        check_asked_for(async_action_id, action.id)
        return action

    async def list_async_actions(
        self, *, limit: int = 100, end_date: str | datetime | None = None
    ) -> AsyncActionsPage:
        """Background jobs scheduled before ``end_date``, newest first; without results."""
        query: dict[str, str | int] = {"limit": limit}
        if end_date is not None:
            query["end_date"] = format_api_time(end_date) if isinstance(end_date, datetime) else end_date
        answer = await self._json("GET", "/v1/async-actions", query=query)
        actions = parse_many(AsyncAction, answer, "async_actions")
        more = answer.get("has_more")
        return AsyncActionsPage(actions, has_more=more if isinstance(more, bool) else None)

    async def repeat(self, call: ApiCall) -> None:
        """Repeat a GET of the log through all transports; the log has the result.

        Raises:
            Unsendable: it is not a GET, or a part of its address was not kept.
        """
        reason = why_not_repeatable(call)
        if reason is not None:
            raise Unsendable(f"Not sent again: {reason}", hint="Copy the request instead.")
        where = f"{call.origin}{call.path}"
        await self._send(
            httpx.Request(
                "GET",
                f"{where}?{call.query}" if call.query else where,
                headers={**self._headers, **_PACKED},
                extensions={"timeout": self._limits.timeouts(), REPLAY_OF: call.number},
            )
        )

    async def aclose(self) -> None:
        """End running requests within a time limit, and close all connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _json(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
        total: float | None = None,
    ) -> Any:
        hear = self._on_document
        if hear is not None and isinstance(body, Mapping):  # an import's orders are too many to look at
            hear(body)
        answer = parse_document(
            await self._send(self._request(method, path, query=query, body=body, total=total))
        )
        if hear is not None:
            hear(answer)
        return answer

    async def _send(self, request: httpx.Request) -> httpx.Response:
        with self.around_call(request.method, request.url.path):
            response = await self._transport.handle_async_request(request)
        raise_for_error(response, self.address, self._now())
        return response

    def _request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
        total: float | None = None,
    ) -> httpx.Request:
        headers = {**self._headers, **_PACKED}
        content = None
        if body is not None:
            content = encoded(body)
            headers["Content-Type"] = "application/json"
        extensions: dict[str, Any] = {"timeout": self._limits.timeouts()}
        if total is not None:
            extensions[TOTAL] = total
        url = f"{self.address.url}{path}"
        return httpx.Request(
            method,
            f"{url}?{urlencode(query)}" if query else url,
            headers=headers,
            content=content,
            extensions=extensions,
        )

    def _download_request(self, export: Export, offset: int, etag: str | None) -> httpx.Request:
        if export.url is None:
            raise NoExportFile(
                f"Voucherify gives no file of the export {export.id}, which is {export.status}"
            )
        headers = {**self._headers, **_PLAIN}
        if offset:
            headers["Range"] = f"bytes={offset}-"
            if etag and not etag.startswith("W/"):
                headers["If-Range"] = etag
        try:
            return httpx.Request(
                "GET",
                export.url,
                headers=headers,
                extensions={"timeout": self._limits.timeouts(), STREAM: True},
            )
        except (httpx.InvalidURL, ValueError):
            pass
        raise ForeignOrigin("The export's link is not a URL")


def _check_download(response: httpx.Response, address: Address, now: float) -> None:
    try:
        raise_for_error(response, address, now)
    except Unauthorized as error:
        error.hint = "The link has expired, or the keys may not read exports; read the export again."
        raise
    if response.status_code not in {200, 206}:
        raise NotJson(f"HTTP {response.status_code} in place of a file")
