"""A resource of the API: its methods and query parameters (``docs/voucherify-api.md#endpoints``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tui.sandbox.clock import read_moment, to_ms
from tui.sandbox.http.error_responses import (
    ErrorResponse,
    invalid_payload,
    invalid_query,
    method_not_allowed,
    page_over_limit,
    unsupported_media_type,
)
from tui.sandbox.policies import Policies
from tui.sandbox.project import Project
from tui.sandbox.wire import MalformedJson, decode, encode

HIGHEST_LIMIT = 100
HIGHEST_PAGE = 100
DEFAULT_LIMIT = 10

_INTEGER = re.compile(r"-?\d{1,18}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """The query of a request.

    Args:
        items: names and values in their order, repeated names included.
    """

    items: Sequence[tuple[str, str]]

    def one(self, name: str, must: str) -> str | None:
        """The value of a parameter that may be given once. Raises: ErrorResponse, saying what it must be."""
        values = [value for key, value in self.items if key == name]
        if len(values) > 1:
            raise invalid_query(f"Property .{name} must be {must}")
        return values[0] if values else None

    def limit(self, default: int = DEFAULT_LIMIT) -> int:
        """How many a page holds, 1 to 100. Raises: ErrorResponse."""
        limit = self._integer("limit", default)
        if limit > HIGHEST_LIMIT:
            raise invalid_query(f"Property .limit cannot be higher than {HIGHEST_LIMIT}")
        return limit

    def page(self, policies: Policies) -> int:
        """Which page, from 1. Raises: ErrorResponse."""
        page = self._integer("page", 1)
        if page > HIGHEST_PAGE and policies.page_above_limit == "reject":
            raise page_over_limit(HIGHEST_PAGE)
        return page

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of a few words. Raises: ErrorResponse."""
        words = f"equal to one of the allowed values [ {', '.join(allowed)} ]"
        value = self.one(name, words)
        if value is not None and value not in allowed:
            raise invalid_query(f"Property .{name} must be {words}")
        return value if value is not None else default

    def moment(self, name: str) -> datetime | None:
        """A date or date-time. Raises: ErrorResponse."""
        value = self.one(name, "string")
        moment = read_moment(value) if value is not None else None
        if value is not None and moment is None:
            raise invalid_query(f"Property .{name} cannot be recognized as a ISO-8601 compliant date")
        return moment

    def _integer(self, name: str, default: int) -> int:
        text = self.one(name, "integer")
        if text is None:
            return default
        if not _INTEGER.match(text):
            raise invalid_query(f"Property .{name} must be integer")
        if int(text) < 1:
            raise invalid_query(f"Property .{name} cannot be lower than 1")
        return int(text)


_JSON_TYPES = ("application/json", "text/json")


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One request as an operation sees it."""

    path: Mapping[str, str]
    query: Query
    headers: Mapping[str, str]
    body: bytes
    base_url: str
    request_id: str
    now: datetime

    def json(self, policies: Policies) -> Any:
        """The body as JSON. Raises: ErrorResponse."""
        content_type = self.headers.get("content-type", "")
        media_type = content_type.partition(";")[0].strip().lower()
        json_type = not media_type or media_type in _JSON_TYPES or media_type.endswith("+json")
        if not json_type and policies.other_content_type == "reject":
            raise unsupported_media_type(content_type)
        try:
            return decode(self.body)
        except MalformedJson as fault:
            raise invalid_payload(f"Payload is not valid JSON: {fault}") from None


Operation = Callable[[ApiRequest], Response]


def answer(document: Any) -> Response:
    """A 200 with a document."""
    return answer_text(encode(document))


def answer_text(text: str) -> Response:
    """A 200 with JSON that is text already."""
    return Response(text, media_type="application/json")


def error_answer(refusal: ErrorResponse, request_id: str) -> Response:
    """The answer that a refusal is."""
    return Response(
        encode(refusal.body(request_id)),
        status_code=refusal.status,
        headers=refusal.headers,
        media_type="application/json",
    )


class Resource:
    """The ASGI application of one path.

    Args:
        project: gives the time and the identifiers of requests.
        operations: what each method does; any other method is answered with 405.
    """

    def __init__(self, project: Project, **operations: Operation) -> None:
        self._project = project
        self._operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        now = self._project.now()
        request_id = self._project.mint.timed("v-", to_ms(now))
        try:
            response = await self._answer(request, now, request_id)
        except ClientDisconnect:
            return
        except ErrorResponse as refusal:
            response = error_answer(refusal, request_id)
        except RecursionError:
            response = error_answer(invalid_payload("Payload is nested too deeply"), request_id)
        await response(scope, receive, send)

    async def _answer(self, request: Request, now: datetime, request_id: str) -> Response:
        operation = self._operations.get(request.method)
        if operation is None:
            raise method_not_allowed(request.method, self._operations)
        call = ApiRequest(
            path=request.path_params,
            query=Query(request.query_params.multi_items()),
            headers=request.headers,
            body=await request.body(),
            base_url=str(request.base_url).rstrip("/"),
            request_id=request_id,
            now=now,
        )
        return await run_in_threadpool(operation, call)
