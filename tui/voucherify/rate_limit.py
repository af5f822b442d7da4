"""The rate limit, the calls left, and waits (``docs/voucherify-api.md#rate-limits``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal

CYCLE = "api_calls_cycle"
"""``X-Rate-Limit-Type`` when the plan's calls of the billing cycle are used up: waiting does not help."""

_EPOCH = 1_000_000_000
_EPOCH_MILLISECONDS = 100_000_000_000
_LONGEST = 366 * 86_400.0
"""Seconds; a wait of more than a year is ignored."""


@dataclass(frozen=True, slots=True)
class RateHeaders:
    """The rate headers of one answer; values that are missing or not a number are ``None``.

    ``retry_at`` is in epoch seconds of this machine's clock: the service's own epoch is moved by the
    difference between its ``Date`` header and our clock.
    """

    limit: int | None = None
    remaining: int | None = None
    retry_at: float | None = None
    limit_type: str | None = None

    @classmethod
    def read(cls, headers: Mapping[str, str], now: float) -> RateHeaders:
        """Read the headers of an answer that came at the epoch second ``now``."""
        moments = [
            moment
            for moment in (
                _epoch(headers.get("X-Rate-Limit-Retry"), headers.get("Date"), now),
                _after(headers.get("Retry-After"), headers.get("Date"), now),
            )
            if moment is not None and moment - now < _LONGEST
        ]
        return cls(
            limit=_count(headers.get("X-Rate-Limit-Limit")),
            remaining=_count(headers.get("X-Rate-Limit-Remaining")),
            retry_at=max(moments, default=None),
            limit_type=headers.get("X-Rate-Limit-Type"),
        )


@dataclass(frozen=True, slots=True)
class _Known:
    limit: int | None = None
    remaining: int | None = None
    resets_at: float | None = None
    seen_at: float | None = None


class CallBudget:
    """The calls left, by the latest response. All ``None`` until a response carries rate headers.

    ``limit`` and ``remaining`` are calls of the running period, ``resets_at`` and ``seen_at`` epoch seconds.
    Safe to read from any thread: the state is one immutable value that is swapped.
    """

    def __init__(self) -> None:
        self._known = _Known()

    @property
    def limit(self) -> int | None:
        """Calls of a whole period."""
        return self._known.limit

    @property
    def remaining(self) -> int | None:
        """Calls left in the running period."""
        return self._known.remaining

    @property
    def resets_at(self) -> float | None:
        """From when calls are taken again, in epoch seconds of this machine's clock."""
        return self._known.resets_at

    @property
    def seen_at(self) -> float | None:
        """Time of that response, in epoch seconds."""
        return self._known.seen_at

    def note(self, headers: Mapping[str, str], now: float) -> None:
        """Update from the headers of a response; one without rate headers changes nothing."""
        update = RateHeaders.read(headers, now)
        if update.limit is None and update.remaining is None and update.retry_at is None:
            return
        known = self._known
        self._known = _Known(
            limit=known.limit if update.limit is None else update.limit,
            remaining=known.remaining if update.remaining is None else update.remaining,
            resets_at=known.resets_at if update.retry_at is None else update.retry_at,
            seen_at=now,
        )

    def __repr__(self) -> str:
        return f"Budget(limit={self.limit}, remaining={self.remaining}, resets_at={self.resets_at})"


def _count(text: str | None) -> int | None:
    number = _number(text)
    return None if number is None else int(number)


def _number(text: str | None) -> float | None:
    plain = (text or "").strip()
    whole, _, fraction = plain.partition(".")
    if len(plain) > 20 or not (plain.isascii() and whole.isdigit() and (fraction or "0").isdigit()):
        return None
    return float(plain)


def _epoch(text: str | None, date: str | None, now: float) -> float | None:
    number = _number(text)
    if not number:
        return None
    if number < _EPOCH:
        return now + number
    return (number / 1000 if number > _EPOCH_MILLISECONDS else number) - _skew(date, now)


def _after(text: str | None, date: str | None, now: float) -> float | None:
    seconds = _number(text)
    if seconds is not None:
        return now + seconds
    moment = _date(text)
    return None if moment is None else moment - _skew(date, now)


def _skew(date: str | None, now: float) -> float:
    """How far the service's clock is ahead of ours, in seconds."""
    server_time = _date(date)
    return 0.0 if server_time is None else server_time - now


def _date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, OverflowError, OSError):
        return None


Reason = Literal["rate limit", "no connection", "connection cut", "too slow", "service failed"]


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait that begins now: ``seconds`` long, until the epoch second ``until``, before ``attempt``."""

    seconds: float
    until: float
    reason: Reason
    attempt: int
