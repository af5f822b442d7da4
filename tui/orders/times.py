"""Reads and writes times: ISO 8601 text and aware datetimes in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

_WRITTEN = re.compile(
    r"(?P<date>\d{4}[-/]\d\d[-/]\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?))?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\Z",
    re.ASCII,
)


@lru_cache(maxsize=65_536)
def parse_time(text: str | None) -> datetime | None:
    """Read a time of the API (milliseconds, sometimes microseconds, ``Z``); ``None`` if it is not one."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_file_time(text: str) -> datetime | None:
    """Read a time as files have it: the year first (``2024-01-05 14:03:11 -0500``), UTC without a zone.

    ``None`` for everything else: ``05/01/2024`` is January in one country and May in another.
    """
    found = _WRITTEN.match(text.strip())
    if found is None:
        return None
    date, time, zone = found["date"].replace("/", "-"), found["time"] or "00:00", found["zone"] or "Z"
    return parse_time(f"{date}T{time}{'Z' if zone in ('UTC', 'GMT') else zone}")


def format_api_time(moment: datetime) -> str:
    """Write a time as the API does: UTC, milliseconds, ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def format_utc(seconds: float, *, with_seconds: bool = False) -> str:
    """Seconds since 1970 as ``2026-01-31 14:05 UTC``; a fixed text if no calendar holds them."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return "an unknown time"
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC" if with_seconds else "%Y-%m-%d %H:%M UTC")


def format_short(text: str | None) -> str:
    """A time for a table cell, ``2026-01-31 14:05`` in UTC; the text itself when it is not a time."""
    moment = parse_time(text)
    return moment.strftime("%Y-%m-%d %H:%M") if moment else (text or "")
