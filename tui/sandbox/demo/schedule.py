"""When orders come, with seasons, weeks and days, and which orders show something rare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from .seeded_random import SeededRandom, WeightedChoice

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

DAYS = 548
"""How long the shop has been open: about eighteen months."""

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MONTHS = (90, 85, 92, 95, 98, 92, 84, 82, 98, 108, 150, 190)
_WEEKDAYS = (96, 92, 94, 98, 112, 130, 120)
_HOURS = (4, 2, 1, 1, 2, 5, 14, 30, 46, 58, 64, 66, 62, 56, 52, 54, 60, 70, 82, 90, 78, 52, 26, 11)


def opening(until: datetime) -> int:
    """The shop's first midnight, in Unix milliseconds (UTC)."""
    day = until.astimezone(UTC).date() - timedelta(days=DAYS)
    return (day.toordinal() - _EPOCH_ORDINAL) * DAY_MS


def milliseconds(moment: datetime) -> int:
    """A moment in Unix milliseconds, exactly."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def order_times(draw: SeededRandom, count: int, until: datetime) -> list[int]:
    """The times of ``count`` orders in Unix milliseconds, each later than the one before.

    The last comes within three hours before ``until``.
    """
    if count == 0:
        return []
    last = milliseconds(until) - draw.between(4 * MINUTE_MS, 170 * MINUTE_MS)
    hours = WeightedChoice(_hours(opening(until), last))
    times = []
    for _ in range(count - 1):
        start = hours.pick(draw)
        times.append(start + draw.below(min(HOUR_MS, last - start)))
    times.sort()
    times.append(last)
    for at in range(count - 2, -1, -1):
        times[at] = min(times[at], times[at + 1] - 1)
    return times


def _hours(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every hour from ``start`` to before ``end``, weighted by how busy it is."""
    for number, midnight in enumerate(range(start, end, DAY_MS)):
        busy = _busyness(number, date.fromordinal(midnight // DAY_MS + _EPOCH_ORDINAL))
        for hour, share in enumerate(_HOURS):
            if midnight + hour * HOUR_MS < end:
                yield midnight + hour * HOUR_MS, busy * share


def _busyness(number: int, day: date) -> int:
    """How busy the shop's day ``number`` is: three times as busy at the end, and by season and weekday."""
    growth = DAYS + 2 * number
    sale = 170 if day.month == 11 and day.day >= 23 else 100
    quiet = 35 if day.month == 12 and day.day >= 24 else 100
    return growth * _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * sale * quiet


Showpiece = Literal[
    "wholesale", "mismatch", "amount_only", "unlisted", "draft", "rollback", "stacked", "note"
]

_FIRST_AND_EVERY: dict[Showpiece, tuple[int, int]] = {
    "wholesale": (17, 613),
    "mismatch": (31, 409),
    "amount_only": (9, 67),
    "unlisted": (44, 499),
    "draft": (12, 811),
    "rollback": (83, 97),
    "stacked": (22, 71),
    "note": (5, 37),
}


def rare_feature(place: int) -> tuple[Showpiece | None, int]:
    """What the order at ``place`` shows (0 is the newest), and for the how-manieth time (from 0)."""
    for kind, (first, every) in _FIRST_AND_EVERY.items():
        times, rest = divmod(place - first, every)
        if rest == 0 and times >= 0:
            return kind, times
    return None, 0
