"""Dates and times as people write them, symbolic until they are resolved at a ``now``.

Absolute: ``2026``, ``2026-01``, ``2026-01-31``, ``2026-01-31T10``, ``T10:05``, ``T10:05:30``, with ``Z`` or
``+02:00``; without a zone UTC, like every time that Ordex shows. Relative: ``-7d``, ``-3h``, ``-30m``,
``-2w``, ``-6mo``, ``-1y``, ``now``. Days and calendar: ``today``, ``last-month`` … (weeks begin on Monday).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from tui.orders.times import parse_time

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAY = timedelta(days=1)
_YEARS = range(1900, 2200)
_FARTHEST_DAYS = 36_525

_ABSOLUTE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ](?P<hour>\d\d)(?::(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?)?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?\Z",
    re.ASCII | re.IGNORECASE,
)
_DATED = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_RELATIVE = re.compile(r"(?P<sign>[+-])(?P<count>\d{1,6})(?P<unit>mo|[mhdwy])\Z", re.ASCII | re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": _DAY, "w": timedelta(weeks=1)}
_MONTHS = {"mo": 1, "y": 12}
_CLOCK = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}
_PARTS = ("year", "month", "day", *_CLOCK)


class MomentError(ValueError):
    """The text is not a date or time; the message gives the reason."""


class NotInCalendar(MomentError):
    """The text has the form of a date or time, but there is no such day, or no such time of a day."""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """What a moment covers: milliseconds since 1970 (UTC), ``end`` excluded.

    A day covers a day, a minute a minute; ``now`` and ``-7d`` cover their one millisecond and are
    ``pointlike``.
    """

    start: int
    end: int
    pointlike: bool = False


@lru_cache(maxsize=65_536)
def milliseconds(text: str | None) -> int | None:
    """A time of the API as milliseconds since 1970, finer digits dropped; ``None`` if it is not one."""
    moment = parse_time(text)
    return None if moment is None else (moment - _EPOCH) // _MILLISECOND


def time_of(text: str) -> int | None:
    """The milliseconds of a text that is a date or a time of a day, written with dashes; else ``None``."""
    return milliseconds(text) if _DATED.match(text) else None


def is_absolute(text: str) -> bool:
    """Whether the text is a month, a day or a time that is in the calendar; a year alone is a number."""
    match = _ABSOLUTE.match(text)
    if match is None or not match["month"]:
        return False
    try:
        _absolute(match)
    except MomentError:
        return False
    return True


def is_symbolic(text: str) -> bool:
    """Whether the text is a date relative to now: ``today``, ``-7d``."""
    return bool(_RELATIVE.match(text)) or text.lower() in CALENDAR


def canonical(text: str) -> str:
    """The one spelling of a moment: ``T`` and ``Z`` large, everything else small."""
    return text.upper().replace(" ", "T") if _ABSOLUTE.match(text) else text.lower()


def is_moment(text: str) -> bool:
    """Whether the text has the form of a moment (its day may still not exist)."""
    return bool(_ABSOLUTE.match(text) or _RELATIVE.match(text) or text.lower() in CALENDAR)


def resolve(text: str, now: datetime) -> TimeSpan:
    """What the moment covers, seen from ``now`` (aware).

    Raises:
        MomentError: the text is not a moment, or a day that does not exist or is out of reach.
    """
    now = now.astimezone(UTC)
    if match := _ABSOLUTE.match(text):
        return _absolute(match)
    if match := _RELATIVE.match(text):
        return _relative(match, now)
    if text.lower() in CALENDAR:
        start, end = CALENDAR[text.lower()](now)
        return TimeSpan(_count(start), _count(end), pointlike=start + _MILLISECOND >= end)
    raise MomentError("write a date like 2026-01-31, or relative like -7d, -3h, today, last-month")


def _count(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


def _absolute(match: re.Match[str]) -> TimeSpan:
    given = {part: int(match[part]) for part in _PARTS if match[part]}
    if given["year"] not in _YEARS:
        raise MomentError(f"a year is between {_YEARS.start} and {_YEARS.stop - 1}")
    zone = _zone(match["zone"])
    try:
        day = date(given["year"], given.get("month", 1), given.get("day", 1))
        hour, minute, second = (given.get(part, 0) for part in _CLOCK)
        clock = time(hour, minute, second, tzinfo=zone)
        start = datetime.combine(day, clock).astimezone(UTC)
    except ValueError as error:
        raise NotInCalendar("this date does not exist") from error
    if "day" not in given:
        return TimeSpan(_count(start), _count(_months_later(start, 1 if "month" in given else 12)))
    if match["fraction"]:
        exact = _count(start) + int(match["fraction"].ljust(3, "0")[:3])
        return TimeSpan(exact, exact + 1)
    size = next((_CLOCK[part] for part in reversed(_CLOCK) if part in given), _DAY)
    return TimeSpan(_count(start), _count(start + size))


def _zone(text: str | None) -> timezone:
    if text is None or text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        raise MomentError(f"{text} is not a time zone")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text.startswith("-") else offset)


def _relative(match: re.Match[str], now: datetime) -> TimeSpan:
    unit, count = match["unit"].lower(), int(match["sign"] + match["count"])
    days = abs(count) * (_MONTHS[unit] * 30.44 if unit in _MONTHS else _UNITS[unit] / _DAY)
    if days > _FARTHEST_DAYS:
        raise MomentError("at most 100 years away")
    moment = _months_later(now, count * _MONTHS[unit]) if unit in _MONTHS else now + count * _UNITS[unit]
    return TimeSpan(_count(moment), _count(moment) + 1, pointlike=True)


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day some months later (or earlier), or the last day of that month."""
    at = moment.year * 12 + moment.month - 1 + months
    first = moment.replace(year=at // 12, month=at % 12 + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first + min(timedelta(days=moment.day - 1), following - first - _DAY)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _days(first: int) -> Callable[[datetime], tuple[datetime, datetime]]:
    return lambda now: (_midnight(now) + first * _DAY, _midnight(now) + (first + 1) * _DAY)


def _weeks(first: int) -> Callable[[datetime], tuple[datetime, datetime]]:
    def span(now: datetime) -> tuple[datetime, datetime]:
        monday = _midnight(now) - now.weekday() * _DAY + first * timedelta(weeks=1)
        return monday, monday + timedelta(weeks=1)

    return span


def _calendar(first: int, length: int) -> Callable[[datetime], tuple[datetime, datetime]]:
    def span(now: datetime) -> tuple[datetime, datetime]:
        month = _midnight(now).replace(day=1)
        start = _months_later(month.replace(month=1) if length == 12 else month, first)
        return start, _months_later(start, length)

    return span


CALENDAR: dict[str, Callable[[datetime], tuple[datetime, datetime]]] = {
    "now": lambda now: (now, now + _MILLISECOND),
    "today": _days(0),
    "yesterday": _days(-1),
    "tomorrow": _days(1),
    "this-week": _weeks(0),
    "last-week": _weeks(-1),
    "this-month": _calendar(0, 1),
    "last-month": _calendar(-1, 1),
    "this-year": _calendar(0, 12),
    "last-year": _calendar(-12, 12),
}
"""The keywords of time and what each covers at a ``now`` in UTC."""
