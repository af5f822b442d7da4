"""The calls that were made: a bounded log without secrets, for the inspector and for support."""

from __future__ import annotations

import logging
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

LAST = 200
"""Calls that are kept."""

BODY_BYTES = 32 * 1024
"""Bytes of a body that are kept."""

_OPEN_PARAMETERS = frozenset({"limit", "page", "order", "end_date"})
_SECRET_PARAMETER = re.compile(rb"(?i)([?&;](?:amp;)?[\w.-]+=)[^&\s\"'<>\\]+")
_SECRET_MEMBER = re.compile(rb'(?i)("(?:access|refresh)_token"\s*:\s*")[^"\\]*')
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One request and what came of it; a retry is a call of its own, with a higher ``attempt``.

    ``query`` and the bodies are redacted; a body is text, cut at ``BODY_BYTES``. ``started_at`` in epoch
    seconds, ``error`` the name of the error when there was no answer.
    """

    number: int
    method: str
    path: str
    query: str
    status: int | None
    started_at: float
    seconds: float
    request_bytes: int
    response_bytes: int
    attempt: int
    request_id: str | None
    error: str | None
    request_body: str = field(default="", repr=False)
    response_body: str = field(default="", repr=False)


class CallLog:
    """The last calls, oldest first. Safe to read from any thread."""

    def __init__(self, last: int = LAST) -> None:
        self._calls: deque[Call] = deque(maxlen=last)
        self._made = 0
        self._lock = threading.Lock()
        self._subscribers: list[Callable[[Call], None]] = []

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def made(self) -> int:
        """How many calls were made in all, those no longer kept included."""
        return self._made

    def snapshot(self) -> tuple[Call, ...]:
        """The calls that are kept."""
        with self._lock:
            return tuple(self._calls)

    def subscribe(self, callback: Callable[[Call], None]) -> Callable[[], None]:
        """Be told each call when it ends; the function returned ends that."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def add(self, make: Callable[[int], Call]) -> Call:
        """Number a call, keep it and tell the subscribers."""
        with self._lock:
            self._made += 1
            call = make(self._made)
            self._calls.append(call)
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(call)
            except Exception:  # noqa: BLE001 - a listener's fault must not become the request's
                _LOG.warning("A listener of the call log failed", exc_info=False)
        return call


def redacted_query(query: str) -> str:
    """The query with the values of all but the API's own harmless parameters as ``***``."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(f"{name}={value if name in _OPEN_PARAMETERS else '***'}" for name, value in pairs)


def redacted_body(body: bytes) -> str:
    """The first ``BODY_BYTES`` of a body as text; the parameters of any URL in it, and tokens, as ``***``."""
    kept = body[:BODY_BYTES]
    if b"=" in kept:
        kept = _SECRET_PARAMETER.sub(rb"\1***", kept)
    if b"_token" in kept:
        kept = _SECRET_MEMBER.sub(rb"\1***", kept)
    return kept.decode("utf-8", "replace")
