"""Conditions on a time that are relative to now. Days and weeks are of UTC.

See ``docs/voucherify-api.md#export-filters``.

Weeks begin on Monday. The ``_md`` forms compare month and day only, as for birthdays.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

_Test = Callable[[date, date, int], bool]


def matches_calendar(operator: str, moment: datetime, operands: list[Any], now: datetime) -> bool:
    """Whether the condition holds for a moment; of several operands one is enough."""
    test = CALENDAR[operator]
    day, today = moment.date(), now.date()
    if operator in _WITHOUT_OPERAND:
        return test(day, today, 0)
    numbers = [_whole(operand) for operand in operands]
    return any(number is not None and test(day, today, number) for number in numbers)


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -4_000_000 < number < 4_000_000 else None


def _ago(day: date, today: date) -> int:
    return (today - day).days


def _week(day: date, today: date, offset: int) -> bool:
    monday = today.toordinal() - today.weekday() + 7 * offset
    return 0 <= day.toordinal() - monday < 7


def _month(day: date, today: date, offset: int) -> bool:
    return day.year * 12 + day.month == today.year * 12 + today.month + offset


def _this_years(day: date, year: int) -> date:
    """The same month and day in another year; 29 February is the last of February where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _until(day: date, today: date) -> int:
    """Days from today to the next occurrence of the day of the year."""
    coming = _this_years(day, today.year)
    return ((coming if coming >= today else _this_years(day, today.year + 1)) - today).days


def _since(day: date, today: date) -> int:
    """Days since the last occurrence of the day of the year."""
    gone = _this_years(day, today.year)
    return (today - (gone if gone <= today else _this_years(day, today.year - 1))).days


def _same_md(day: date, other: date) -> bool:
    return _this_years(day, other.year) == other


def _week_md(day: date, today: date, offset: int) -> bool:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=offset)
    return any(_same_md(day, monday + timedelta(days=n)) for n in range(7))


def _month_md(day: date, today: date, offset: int) -> bool:
    return day.month == (today.month - 1 + offset) % 12 + 1


_WITHOUT_OPERAND: dict[str, _Test] = {
    "$today": lambda day, today, _: day == today,
    "$tomorrow": lambda day, today, _: _ago(day, today) == -1,
    "$yesterday": lambda day, today, _: _ago(day, today) == 1,
    "$this_week": lambda day, today, _: _week(day, today, 0),
    "$last_week": lambda day, today, _: _week(day, today, -1),
    "$next_week": lambda day, today, _: _week(day, today, 1),
    "$this_month": lambda day, today, _: _month(day, today, 0),
    "$last_month": lambda day, today, _: _month(day, today, -1),
    "$next_month": lambda day, today, _: _month(day, today, 1),
    "$this_year": lambda day, today, _: day.year == today.year,
    "$last_year": lambda day, today, _: day.year == today.year - 1,
    "$next_year": lambda day, today, _: day.year == today.year + 1,
    "$today_md": lambda day, today, _: _same_md(day, today),
    "$tomorrow_md": lambda day, today, _: _same_md(day, today + timedelta(days=1)),
    "$yesterday_md": lambda day, today, _: _same_md(day, today - timedelta(days=1)),
    "$this_week_md": lambda day, today, _: _week_md(day, today, 0),
    "$last_week_md": lambda day, today, _: _week_md(day, today, -1),
    "$next_week_md": lambda day, today, _: _week_md(day, today, 1),
    "$this_month_md": lambda day, today, _: _month_md(day, today, 0),
    "$last_month_md": lambda day, today, _: _month_md(day, today, -1),
    "$next_month_md": lambda day, today, _: _month_md(day, today, 1),
}
_WITH_OPERAND: dict[str, _Test] = {
    "$is_days_ago": lambda day, today, n: _ago(day, today) == n,
    "$more_than_ago": lambda day, today, n: _ago(day, today) > n,
    "$less_than_ago": lambda day, today, n: 0 <= _ago(day, today) < n,
    "$is_days_in_future": lambda day, today, n: _ago(day, today) == -n,
    "$more_than_future": lambda day, today, n: -_ago(day, today) > n,
    "$less_than_future": lambda day, today, n: 0 <= -_ago(day, today) < n,
    "$is_day_of_month": lambda day, _, n: day.day == n,
    "$is_day": lambda day, _, n: day.isoweekday() == n,
    "$is_month": lambda day, _, n: day.month == n,
    "$is_year": lambda day, _, n: day.year == n,
    "$is_years_ago": lambda day, today, n: today.year - day.year == n,
    "$is_days_ago_md": lambda day, today, n: _since(day, today) == n,
    "$is_more_days_ago_md": lambda day, today, n: _since(day, today) > n,
    "$is_less_days_ago_md": lambda day, today, n: _since(day, today) < n,
    "$is_days_in_future_md": lambda day, today, n: _until(day, today) == n,
    "$is_more_days_in_future_md": lambda day, today, n: _until(day, today) > n,
    "$is_less_days_in_future_md": lambda day, today, n: _until(day, today) < n,
}
CALENDAR: dict[str, _Test] = {**_WITHOUT_OPERAND, **_WITH_OPERAND}
"""The conditions of this module by their operator."""
