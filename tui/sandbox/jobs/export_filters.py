"""Filters of an export: which orders they let through (``docs/voucherify-api.md#export-filters``). Pure.

A filter is ``{"junction": …, "<field>": {"conditions": {"$operator": value or [values]}}}``. The operators
that make no sense for orders (places, voucher states) are accepted and let nothing through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tui.sandbox.clock import read_moment
from tui.sandbox.http.error_responses import invalid_payload
from tui.sandbox.jobs.calendar_conditions import CALENDAR, matches_calendar
from tui.sandbox.policies import Policies
from tui.sandbox.wire import Document

OPERATORS = (
    "$in", "$not_in", "$in_location", "$not_in_location", "$is", "$is_days_ago", "$is_days_in_future",
    "$is_not", "$has_value", "$is_unknown", "$contains", "$not_contain", "$starts_with", "$ends_with",
    "$more_than", "$less_than", "$more_than_ago", "$less_than_ago", "$more_than_future",
    "$less_than_future", "$more_than_equal", "$less_than_equal", "$after", "$before", "$count",
    "$count_less", "$count_more", "$today", "$tomorrow", "$yesterday", "$this_week", "$last_week",
    "$next_week", "$this_month", "$last_month", "$next_month", "$this_year", "$next_year", "$last_year",
    "$is_day_of_month", "$is_day", "$is_month", "$is_year", "$today_md", "$tomorrow_md", "$yesterday_md",
    "$this_week_md", "$last_week_md", "$next_week_md", "$this_month_md", "$last_month_md",
    "$next_month_md", "$is_days_ago_md", "$is_more_days_ago_md", "$is_less_days_ago_md",
    "$is_days_in_future_md", "$is_more_days_in_future_md", "$is_less_days_in_future_md", "$is_years_ago",
    "$active", "$failed", "$in_progress", "$expired", "$before_start", "$enabled", "$disabled",
    "$redeemed", "$redeemable",
)  # fmt: skip
"""The conditions that the service names, in its order."""

JUNCTIONS = ("and", "or", "AND", "OR")
_FORMAT = (
    "Property .parameters.filters should match either `filters[${field}][conditions][${condition}][${index}]`"
    " or `filters[${field}][conditions][${condition}]` format and condition must be one of: "
    + ", ".join(OPERATORS)
)
_SCALARS = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class FilterContext:
    """What a condition is judged by besides the order: the moment of the export, and the policies."""

    now: datetime
    policies: Policies


def check_filters(filters: Any) -> None:
    """Refuse filters of a wrong form.

    Raises:
        ErrorResponse: the junction, a field's form, or a condition is not one that the service takes.
    """
    if not isinstance(filters, dict):
        raise invalid_payload("Property .parameters.filters must be object")
    for field, filtered in filters.items():
        if field == "junction":
            if filtered not in JUNCTIONS:
                raise invalid_payload(
                    "Property .parameters.filters has wrong `junction` property. It must be one of: and, or"
                )
        elif not _well_formed(filtered):
            raise invalid_payload(_FORMAT)


def _well_formed(filtered: Any) -> bool:
    if not isinstance(filtered, dict) or not isinstance(conditions := filtered.get("conditions", {}), dict):
        return False
    return all(name in OPERATORS and _operand(value) for name, value in conditions.items())


def _operand(value: Any) -> bool:
    entries = value if isinstance(value, list) else [value]
    allowed = (*_SCALARS, dict) if isinstance(value, list) else _SCALARS
    return all(isinstance(entry, allowed) for entry in entries)


def matches(order: Document, filters: Document, context: FilterContext) -> bool:
    """Whether the order is let through by checked filters; those without a condition let all through."""
    junction = str(filters.get("junction", context.policies.default_junction)).lower()
    judged = [
        all(_holds(name, read_field(order, field), operand, context) for name, operand in conditions.items())
        for field, filtered in filters.items()
        if field != "junction" and (conditions := filtered.get("conditions", {}))
    ]
    return (any(judged) if junction == "or" else all(judged)) if judged else True


def read_field(order: Document, field: str) -> Any:
    """The value of a field of the order, or of its metadata (``metadata.X``); ``None`` if it has none."""
    if field.startswith("metadata."):
        return order.get("metadata", {}).get(field.removeprefix("metadata."))
    return order.get(field)


def _holds(operator: str, value: Any, operand: Any, context: FilterContext) -> bool:
    if operator in _PRESENCE:
        return (value is not None) == _PRESENCE[operator]
    if value is None:
        return operator in _NEGATIONS and context.policies.missing_values == "match_negations"
    operands = operand if isinstance(operand, list) else [operand]
    if operator in _NEGATIONS:
        return not _compares(_NEGATIONS[operator], value, operands, context)
    if operator in CALENDAR:
        moments = [read_moment(entry) for entry in _each(value) if isinstance(entry, str)]
        return any(m is not None and matches_calendar(operator, m, operands, context.now) for m in moments)
    if operator in _COUNTS:
        wanted = [number for number in map(_number, operands) if number is not None]
        return isinstance(value, list) and any(_COUNTS[operator](len(value), n) for n in wanted)
    return _compares(operator, value, operands, context)


def _compares(operator: str, value: Any, operands: list[Any], context: FilterContext) -> bool:
    """Whether any value (those of an array are several) compares with any operand."""
    compare = _COMPARISONS.get(operator)
    if compare is None:
        return False
    return any(compare(entry, wanted, context) for entry in _each(value) for wanted in operands)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _equal(value: Any, wanted: Any, context: FilterContext) -> bool:
    """Equal as written: ``5`` is ``"5"``, ``true`` is ``"true"``; texts exactly."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return _word(value) == _word(wanted)
    if isinstance(value, int | float) or isinstance(wanted, int | float):
        one, other = _number(value), _number(wanted)
        return one is not None and one == other
    return bool(value == wanted)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _texts(test: Callable[[str, str], bool]) -> Callable[[Any, Any, FilterContext], bool]:
    def compare(value: Any, wanted: Any, context: FilterContext) -> bool:
        one, other = _word(value), _word(wanted)
        if context.policies.text_case == "insensitive":
            one, other = one.casefold(), other.casefold()
        return test(one, other)

    return compare


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any, FilterContext], bool]:
    def compare(value: Any, wanted: Any, context: FilterContext) -> bool:
        one, other = _number(value), _number(wanted)
        if one is not None and other is not None:
            return test(one, other)
        if isinstance(value, str) and isinstance(wanted, str):
            earlier, later = read_moment(value), read_moment(wanted)
            return earlier is not None and later is not None and test(earlier, later)
        return False

    return compare


_PRESENCE = {"$has_value": True, "$is_unknown": False}
_NEGATIONS = {"$is_not": "$is", "$not_in": "$in", "$not_contain": "$contains"}
_COUNTS: dict[str, Callable[[float, float], bool]] = {
    "$count": lambda one, other: one == other,
    "$count_less": lambda one, other: one < other,
    "$count_more": lambda one, other: one > other,
}
_COMPARISONS: dict[str, Callable[[Any, Any, FilterContext], bool]] = {
    "$is": _equal,
    "$in": _equal,
    "$contains": _texts(lambda one, other: other in one),
    "$starts_with": _texts(str.startswith),
    "$ends_with": _texts(str.endswith),
    "$more_than": _ordered(lambda one, other: one > other),
    "$less_than": _ordered(lambda one, other: one < other),
    "$more_than_equal": _ordered(lambda one, other: one >= other),
    "$less_than_equal": _ordered(lambda one, other: one <= other),
    "$after": _ordered(lambda one, other: one > other),
    "$before": _ordered(lambda one, other: one < other),
}
