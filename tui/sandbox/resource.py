"""One path of the API: its methods, and how a request becomes an answer.

The operations are plain functions and run in a thread, so that a slow query never holds up the event loop
that the sandbox may share with the program it is embedded in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .clock import to_ms
from .listing import Query
from .policies import Policies
from .project import Project
from .refusals import Refusal, invalid_payload, method_not_allowed, unsupported_media_type
from .wire import MalformedJson, decode, encode

_JSON_TYPES = ("application/json", "text/json")


@dataclass(frozen=True, slots=True)
class Call:
    """One request as an operation sees it."""

    path: Mapping[str, str]
    query: Query
    headers: Mapping[str, str]
    body: bytes
    base_url: str
    request_id: str
    now: datetime

    def json(self, policies: Policies) -> Any:
        """The body as JSON. Raises: Refusal."""
        content_type = self.headers.get("content-type", "")
        media_type = content_type.partition(";")[0].strip().lower()
        json_type = not media_type or media_type in _JSON_TYPES or media_type.endswith("+json")
        if not json_type and policies.other_content_type == "reject":
            raise unsupported_media_type(content_type)
        try:
            return decode(self.body)
        except MalformedJson as fault:
            raise invalid_payload(f"Payload is not valid JSON: {fault}") from None


Operation = Callable[[Call], Response]


def answer(document: Any) -> Response:
    """A 200 with a document."""
    return answer_text(encode(document))


def answer_text(text: str) -> Response:
    """A 200 with JSON that is text already."""
    return Response(text, media_type="application/json")


def refuse(refusal: Refusal, request_id: str) -> Response:
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
        except Refusal as refusal:
            response = refuse(refusal, request_id)
        except RecursionError:
            response = refuse(invalid_payload("Payload is nested too deeply"), request_id)
        await response(scope, receive, send)

    async def _answer(self, request: Request, now: datetime, request_id: str) -> Response:
        operation = self._operations.get(request.method)
        if operation is None:
            raise method_not_allowed(request.method, self._operations)
        call = Call(
            path=request.path_params,
            query=Query(request.query_params.multi_items()),
            headers=request.headers,
            body=await request.body(),
            base_url=str(request.base_url).rstrip("/"),
            request_id=request_id,
            now=now,
        )
        return await run_in_threadpool(operation, call)
