"""Dates and times in other notations: why they are refused, and the correction to suggest."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from tui.orders.filter.syntax.error import shorten
from tui.orders.filter.syntax.moments import CALENDAR, MomentError, NotInCalendar, resolve

_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)

_DATE = r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d\d)(?:[:.m]?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?)?)?h?"
)
_HALF = r"\s*(?P<half>am|pm)?"
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?|[A-Z]{3,4})?"
_LOOSE = re.compile(rf"{_DATE}(?:[T_ ]+{_CLOCK}{_HALF}{_ZONE}|[T_ ])?\Z", re.ASCII | re.IGNORECASE)

_END = r'(?=\.\.|[\s()"]|\Z)'
_CLOCK_BEHIND = re.compile(
    rf"\s+\d{{1,2}}(?:(?::\d\d){{1,2}}(?:[.,]\d{{1,6}})?|(?=\s*[ap]m)|{_END})(?:\s*[ap]m)?"
    rf"(?:\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?{_END}",
    re.ASCII | re.IGNORECASE,
)
_ZONE_BEHIND = re.compile(rf"\s+(?:UTC|GMT|Z|[+-]\d\d:?\d\d){_END}", re.ASCII | re.IGNORECASE)
_ENDS_WITH_DAY = re.compile(r"(?:.*\.\.)?\d{4}-\d\d-\d\d\Z", re.ASCII | re.DOTALL)
_ENDS_WITH_TIME = re.compile(
    r"(?:.*\.\.)?\d{4}-\d\d-\d\dT\d\d(?::\d\d){0,2}(?:\.\d+)?\Z", re.ASCII | re.I | re.S
)
_EPOCH = re.compile(r"1\d{9}(?P<milliseconds>\d{3})?\Z", re.ASCII)


def explain_split_time(value: str, behind: str) -> tuple[str, str | None, int] | None:
    """The reason to refuse a day or time with a second part after a space: ``2026-11-30 19:02``.

    Args:
        value: the operand, which ends where the space begins.
        behind: the text of the filter from there on.

    Returns:
        The message, what to write instead, and how many characters of ``behind`` belong to the time.
    """
    if _ENDS_WITH_DAY.match(value):
        found = _CLOCK_BEHIND.match(behind)
        why = "a time follows its day after a T, without a space"
    elif _ENDS_WITH_TIME.match(value):
        found = _ZONE_BEHIND.match(behind)
        why = "a zone follows its time without a space"
    elif value.lower() in CALENDAR and _CLOCK_BEHIND.match(behind):
        return "a time needs a date, as in 2026-01-31T10:05", None, 0
    else:
        return None
    if found is None:
        return None
    first, dots, last = value.rpartition("..")
    mended = to_filter_date(last + found.group())
    advice = "" if mended else ", as in 2026-01-31T10:05+01:00"
    word = found.group().strip()
    quoted = "" if ":" in word else f'; write "{word}" in quotes to search for it'
    return f"{why}{advice}{quoted}", mended and f"{first}{dots}{mended}", found.end()


def to_filter_date(text: str) -> str | None:
    """The language's notation of a date in a similar one, such as ``20261130`` or ``2026-11-30 9.05``."""
    if epoch := _EPOCH.match(text):
        seconds = int(text) / (1000 if epoch["milliseconds"] else 1)
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = _LOOSE.match(text)
    if found is None:
        return None
    mended = f"{found['year']}-{found['month']}-{found['day']}{_clock(found)}{_zone(found['zone'])}"
    try:
        resolve(mended, _SOME_DAY)
    except MomentError:
        return None
    return mended


def _clock(found: re.Match[str]) -> str:
    if not found["hour"]:
        return ""
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return "T99"  # in no calendar
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    parts = [f"{hour:02}", *(part for part in (found["minute"], found["second"]) if part)]
    fraction = f".{found['fraction']}" if found["fraction"] else ""
    return f"T{':'.join(parts)}{fraction}"


def _zone(zone: str | None) -> str:
    return "Z" if (zone or "").upper() in ("UTC", "GMT", "Z") else zone or ""


def explain_date_error(text: str, error: MomentError) -> tuple[str, str | None]:
    """What is wrong with a text that is not a date here, and what it may be meant for."""
    if isinstance(error, NotInCalendar):
        return _why_not_in_calendar(text)
    found = _LOOSE.match(text)
    if found is not None and (found["zone"] or "").isalpha() and _zone(found["zone"]) != "Z":
        return f"write the zone {shorten(found['zone'])} as its hours from UTC, like +01:00", None
    return str(error), to_filter_date(text)


def _why_not_in_calendar(text: str) -> tuple[str, str | None]:
    """What is wrong with a date of the right form, and the nearest one that there is."""
    found = _LOOSE.match(text)
    if found is None:
        return "this date does not exist", None
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    behind = text[10:]
    if not 1 <= month <= 12:
        turned = f"{year:04}-{day:02}-{month:02}{behind}" if 1 <= day <= 12 else None
        return "a year has the months 01 to 12", turned and to_filter_date(turned)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        nearest = f"{year:04}-{month:02}-{min(max(day, 1), last):02}"
        return f"{date(year, month, 1):%B %Y} has the days 01 to {last}", to_filter_date(f"{nearest}{behind}")
    if found["hour"] == "24" and not int(found["minute"] or 0) and not int(found["second"] or 0):
        following = date(year, month, day) + timedelta(days=1)
        return "24:00 is 00:00 of the next day", f"{following}T00{behind[3:]}"
    return "a day has the times 00:00 to 23:59:59", None


def with_decimal_point(written: str) -> str | None:
    """A time with a comma before the fractions of its second, with a point instead."""
    head, comma, fraction = written.partition(",")
    return to_filter_date(written) if comma and head.count(":") == 2 and fraction.isdigit() else None
