"""Answers whose headers attack: each takes the next text, as far as HTTP lets a header hold it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = (b"x-request-id", b"x-rate-limit-type", b"etag", b"via", b"x-voucherify-request-id")
"""Headers that Ordex keeps and shows, and takes nothing from but their words."""

_FORBIDDEN = re.compile(rb"[\x00\r\n\f\v]")


def hostile_headers(texts: Iterable[str]) -> Callable[[ASGIApp], ASGIApp]:
    """Make what wraps an application so that these texts come back in the headers of its answers."""
    values = itertools.cycle([value for value in map(_value, texts) if value])

    def wrapped(application: ASGIApp) -> ASGIApp:
        async def attacking(scope: Scope, receive: Receive, send: Send) -> None:
            async def tell(message: Message) -> None:
                if message["type"] == "http.response.start":
                    kept = [(name, value) for name, value in message["headers"] if name.lower() not in NAMES]
                    message = {**message, "headers": [*kept, *((name, next(values)) for name in NAMES)]}
                await send(message)

            await application(scope, receive, tell)

        return attacking

    return wrapped


def _value(text: str) -> bytes:
    return _FORBIDDEN.sub(b"", text.encode("utf-8", "surrogatepass"))[:280].strip()
