"""The calls that were made: a bounded log without secrets, for the inspector and for support."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .rate import RateHeaders
from .redaction import KeptBody
from .safe_headers import Headers
from .timing import NOT_TIMED, Timing
from .waits import Wait

LAST = 200
"""Calls that are kept."""

BODIES = 16 * 1024 * 1024
"""Characters of bodies that are kept in all; the oldest go first."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One request and what came of it; a retry is a call of its own, with a higher ``attempt``.

    ``query`` and the bodies are redacted; a body is text, cut at ``redaction.BODY_BYTES`` and forgotten
    once newer ones take ``BODIES``. ``path`` and ``query`` are percent-encoded. ``started_at`` in epoch
    seconds, ``error`` the name of the error when there was no answer. ``request_bytes`` and
    ``response_bytes`` are the bodies' sizes before they were cut, ``received_bytes`` the answer's as it
    came, still packed. ``first`` is the number of the first attempt, ``wait`` what was waited for before
    this one, ``replay_of`` the number of the call that it repeats.
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
    request_body: KeptBody = field(default=KeptBody(), repr=False)
    response_body: KeptBody = field(default=KeptBody(), repr=False)
    origin: str = ""
    first: int | None = None
    wait: Wait | None = None
    timing: Timing = NOT_TIMED
    request_headers: Headers = ()
    response_headers: Headers = ()
    received_bytes: int | None = None
    replay_of: int | None = None

    @property
    def body_length(self) -> int:
        """Characters of its bodies that are kept."""
        return len(self.request_body.text) + len(self.response_body.text)

    @property
    def rate(self) -> RateHeaders:
        """What the answer said about the rate limit."""
        return RateHeaders.read(dict(self.response_headers), self.started_at + self.seconds)


class CallLog:
    """The last calls, oldest first. Safe to read from any thread."""

    def __init__(self, last: int = LAST, *, bodies: int = BODIES) -> None:
        self._calls: deque[Call] = deque(maxlen=last)
        self._bodies = bodies
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
            self._forget_old_bodies()
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(call)
            except Exception:  # noqa: BLE001 - a listener's fault must not become the request's
                _LOG.warning("A listener of the call log failed", exc_info=False)
        return call

    def _forget_old_bodies(self) -> None:
        kept = 0
        for place in range(len(self._calls) - 1, -1, -1):
            call = self._calls[place]
            kept += call.body_length
            if kept > self._bodies and call.body_length:
                forgotten = KeptBody(whole=False)
                self._calls[place] = replace(
                    call,
                    request_body=forgotten if call.request_body.text else call.request_body,
                    response_body=forgotten if call.response_body.text else call.response_body,
                )
