"""Times of the API: ISO 8601 text in, aware UTC datetimes out."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=65_536)
def instant(text: str | None) -> datetime | None:
    """Read a time of the API (milliseconds, sometimes microseconds, ``Z``); ``None`` if it is not one."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def to_api(moment: datetime) -> str:
    """Write a time as the API does: UTC, milliseconds, ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_time(seconds: float, *, with_seconds: bool = False) -> str:
    """An epoch second for people, ``2026-01-31 14:05 UTC``; words where it is beyond all calendars."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return "an unknown time"
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC" if with_seconds else "%Y-%m-%d %H:%M UTC")


def short(text: str | None) -> str:
    """A time for a table cell, ``2026-01-31 14:05`` in UTC; the text itself when it is no time."""
    moment = instant(text)
    return moment.strftime("%Y-%m-%d %H:%M") if moment else (text or "")
