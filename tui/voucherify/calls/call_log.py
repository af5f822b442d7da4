"""A bounded log of API calls without secrets, for the inspector and for support."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tui.voucherify.calls.redaction import HIDDEN, Headers, RedactedBody
from tui.voucherify.calls.timing import NOT_TIMED, Timing
from tui.voucherify.rate_limit import RateHeaders, Wait

MAX_CALLS = 200
"""Maximum number of calls in the log."""

MAX_BODY_TEXT = 16 * 1024 * 1024
"""The most characters of all stored bodies; the oldest are dropped first."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One request and its outcome; a retry is a call of its own with a higher ``attempt``.

    ``query`` and the bodies are redacted; a body is text, cut at ``redaction.BODY_BYTES`` and forgotten once
    newer ones reach ``MAX_BODY_TEXT``. ``path`` and ``query`` are percent-encoded. ``started_at`` in epoch
    seconds, ``error`` the name of the error when there was no answer. ``request_bytes`` and
    ``response_bytes`` are the bodies' sizes before they were cut, ``received_bytes`` that of the response as
    received, still compressed. ``first`` is the number of the first attempt, ``wait`` what was waited for
    before this one, ``replay_of`` the number of the call that it repeats.
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
    request_body: RedactedBody = field(default=RedactedBody(), repr=False)
    response_body: RedactedBody = field(default=RedactedBody(), repr=False)
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
        """The rate limit in the response."""
        return RateHeaders.read(dict(self.response_headers), self.started_at + self.seconds)


class CallLog:
    """The last calls, oldest first. Safe to read from any thread."""

    def __init__(self, last: int = MAX_CALLS, *, bodies: int = MAX_BODY_TEXT) -> None:
        self._calls: deque[ApiCall] = deque(maxlen=last)
        self._bodies = bodies
        self._made = 0
        self._lock = threading.Lock()
        self._subscribers: list[Callable[[ApiCall], None]] = []

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def made(self) -> int:
        """Number of calls made, including those no longer in the log."""
        return self._made

    def snapshot(self) -> tuple[ApiCall, ...]:
        """The calls that are kept."""
        with self._lock:
            return tuple(self._calls)

    def subscribe(self, callback: Callable[[ApiCall], None]) -> Callable[[], None]:
        """Call back with each call when it ends; returns the function that unsubscribes."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def add(self, make: Callable[[int], ApiCall]) -> ApiCall:
        """Number a call, store it and notify the subscribers."""
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
                forgotten = RedactedBody(whole=False)
                self._calls[place] = replace(
                    call,
                    request_body=forgotten if call.request_body.text else call.request_body,
                    response_body=forgotten if call.response_body.text else call.response_body,
                )


def why_not_repeatable(call: ApiCall) -> str | None:
    """Why a call cannot be repeated, or ``None`` when it can: only unmodified reads can."""
    if call.method != "GET":
        return f"only a GET can be repeated; a {call.method} changes something"
    if HIDDEN in call.query:
        return "its address held a secret, which is not kept; read the export again for a fresh link"
    return None
