"""API calls of the log as text, not escaped yet, and the filter on them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.orders.times import format_utc

if TYPE_CHECKING:
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.calls.redaction import RedactedBody
    from tui.voucherify.rate_limit import RateHeaders


PARTS = (
    ("waited", "waited"),
    ("connect", "connected"),
    ("tls", "encrypted"),
    ("send", "sent"),
    ("answer", "answered"),
    ("receive", "received"),
)
"""The phases of a call in order: names in ``Timing``, and labels."""


class Part(NamedTuple):
    """A phase of a call: its start and duration in seconds."""

    words: str
    begins: float
    seconds: float


def took(seconds: float) -> str:
    """A duration as text: ``0.4 ms``, ``37 ms``, ``1.25 s``."""
    milliseconds = seconds * 1000
    if milliseconds < 10:
        return f"{milliseconds:.1f} ms"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{seconds:.2f} s"


def size(count: int) -> str:
    """A size as text: ``312 B``, ``45.1 kB``, ``3.2 MB``."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def target(call: ApiCall) -> str:
    """Path and query, without a secret."""
    return f"{call.path}?{call.query}" if call.query else call.path


def outcome(call: ApiCall) -> str:
    """The status, or the name of the error where there was no answer."""
    return str(call.status) if call.status is not None else call.error or "no answer"


def call_line(call: ApiCall) -> str:
    """A call in one line: ``GET /v1/orders?limit=100 200, 37 ms, 45.1 kB``."""
    text = f"{call.method} {target(call)} {outcome(call)}, {took(call.seconds)}, {size(call.response_bytes)}"
    return f"{text}{''.join(f', {remark}' for remark in remarks(call))}"


def remarks(call: ApiCall) -> tuple[str, ...]:
    """Short remarks: the attempt, and the call that it repeats."""
    attempt = (f"try {call.attempt}",) if call.attempt > 1 else ()
    again = (f"again {call.replay_of}",) if call.replay_of is not None else ()
    return attempt + again


def parts(call: ApiCall) -> list[Part]:
    """The phases that the call had."""
    found: list[Part] = []
    begins = 0.0
    for name, words in PARTS:
        seconds: float | None = getattr(call.timing, name)
        if seconds is not None:
            found.append(Part(words, begins, seconds))
            begins += seconds
    return found


def facts(call: ApiCall) -> list[tuple[str, str]]:
    """Facts about a call, except headers, bodies and timing."""
    began = datetime.fromtimestamp(call.started_at, UTC)
    pairs = [
        ("Began", f"{began:%Y-%m-%d %H:%M:%S}.{began.microsecond // 1000:03d} UTC"),
        ("Took", took(call.seconds)),
        ("Sent", size(call.request_bytes)),
        ("Received", _received(call)),
    ]
    if call.attempt > 1:
        waited = f", after {call.wait.seconds:.1f} s: {call.wait.reason}" if call.wait else ""
        pairs.append(("Attempt", f"{call.attempt} of call {call.first}{waited}"))
    if call.replay_of is not None:
        pairs.append(("Repeats", f"call {call.replay_of}"))
    if call.error is not None:
        pairs.append(("Error", call.error))
    if call.request_id is not None:
        pairs.append(("Request id", call.request_id))
    if (rate := describe_rate_limit(call.rate)) is not None:
        pairs.append(("Calls left", rate))
    return pairs


def describe_rate_limit(rate: RateHeaders) -> str | None:
    """The rate limit in the response; ``None`` if it has none."""
    if rate.remaining is None and rate.retry_at is None:
        return None
    left = "unknown" if rate.remaining is None else f"{rate.remaining:,}"
    of = "" if rate.limit is None else f" of {rate.limit:,}"
    kind = "" if rate.limit_type is None else f", {rate.limit_type}"
    until = "" if rate.retry_at is None else f", {format_utc(rate.retry_at, with_seconds=True)}"
    return f"{left}{of}{until}{kind}"


def bodies(call: ApiCall) -> dict[str, Any]:
    """Request and response bodies: parsed where they are JSON, else as text."""
    shown = {"sent": call.request_body, "answered": call.response_body}
    return {name: _document(body) for name, body in shown.items() if body.text}


def describe_truncation(call: ApiCall) -> str | None:
    """Which body is truncated; ``None`` if both are complete."""
    cut = [
        words
        for words, body in (("what was sent", call.request_body), ("the answer", call.response_body))
        if not body.whole
    ]
    return f"{' and '.join(cut)}: long, or holding secrets, so not saved completely" if cut else None


def _received(call: ApiCall) -> str:
    packed = call.received_bytes
    plain = size(call.response_bytes)
    return plain if packed is None or packed == call.response_bytes else f"{plain}, {size(packed)} packed"


def _document(body: RedactedBody) -> Any:
    import json

    try:
        return json.loads(body.text)
    except (ValueError, RecursionError):
        return body.text


Fits = Callable[["ApiCall"], bool]

METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})

_NAMED: dict[str, Fits] = {
    "error": lambda call: call.status is None,
    "try": lambda call: call.attempt > 1,
}
_STATUS = re.compile(r"[1-5](?:xx|\d\d)", re.IGNORECASE)
_DURATION = re.compile(r"([<>])(\d+(?:\.\d+)?)(ms|s)?", re.IGNORECASE)


def call_filter(text: str) -> Fits:
    """A filter from words that must all match; without words everything matches."""
    words = [_word(word) for word in text.split()]
    return lambda call: all(fits(call) for fits in words)


def _word(word: str) -> Fits:
    if len(word) > 1 and word.startswith("-"):
        kept = _word(word[1:])
        return lambda call: not kept(call)
    if word.upper() in METHODS:
        return lambda call: call.method == word.upper()
    if _STATUS.fullmatch(word):
        begins = word.lower().removesuffix("xx")
        return lambda call: call.status is not None and str(call.status).startswith(begins)
    if duration := _DURATION.fullmatch(word):
        return _took(*duration.groups())
    needle = word.lower()
    return _NAMED.get(needle) or (lambda call: needle in _text(call))


def _took(sign: str, number: str, unit: str | None) -> Fits:
    seconds = float(number) * (1 if (unit or "ms").lower() == "s" else 0.001)
    if sign == "<":
        return lambda call: call.seconds < seconds
    return lambda call: call.seconds > seconds


def _text(call: ApiCall) -> str:
    return f"{call.method} {target(call)} {outcome(call)} {call.request_id or ''}".lower()
