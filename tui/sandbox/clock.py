"""The sandbox's clock, and dates and times as requests give them: ISO 8601, nothing looser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the current time as an aware datetime."""

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def system_clock() -> datetime:
    """The machine's own time, in UTC."""
    return datetime.now(UTC)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970."""
    return (moment - _UNIX_EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: float) -> datetime:
    """The moment that many milliseconds after 1970, in UTC."""
    return _UNIX_EPOCH + timedelta(milliseconds=milliseconds)


_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[+-]\d\d:?\d\d)?\Z", re.ASCII
)


def read_date(text: str) -> date | None:
    """A calendar date ``YYYY-MM-DD``, or ``None``."""
    if not _DATE.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_date_time(text: str) -> datetime | None:
    """A date-time in UTC, or ``None``.

    Without an offset it is taken as UTC; so is one whose offset leads out of the years 1 to 9999.
    """
    parts = _DATE_TIME.match(text)
    if not parts:
        return None
    day, time, offset = parts.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{time}{(offset or 'Z').upper()}")
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def read_moment(text: str) -> datetime | None:
    """A date (its first moment) or a date-time, in UTC, or ``None``."""
    moment = read_date_time(text)
    if moment is not None:
        return moment
    day = read_date(text)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
