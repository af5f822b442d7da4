"""The conditions of one field of the server's export filters, and how two of them become one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tui.orders.times import to_api

Conditions = dict[str, list[Any]]
"""Operands by operator; while compiling only ``$in`` and ``$not_in`` stand for equality."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALONE = {"$in": "$is", "$not_in": "$is_not"}
_LOWER = frozenset({"$more_than_equal", "$after"})
_UPPER = frozenset({"$less_than_equal", "$before"})


def time_bound(milliseconds: int) -> str:
    """Milliseconds since 1970 as the server reads a date-time."""
    return to_api(_EPOCH + timedelta(milliseconds=milliseconds))


def merged(one: Conditions, other: Conditions) -> Conditions | None:
    """Conditions that hold where both hold; ``None`` when the grammar cannot say it."""
    both = dict(one)
    for operator, operands in other.items():
        if operator not in both:
            both[operator] = operands
            continue
        found = _merged_operands(operator, both[operator], operands)
        if found is None:
            return None
        both[operator] = found
    return both


def _merged_operands(operator: str, one: list[Any], other: list[Any]) -> list[Any] | None:
    if one == other:
        return one
    if operator in _LOWER:
        return max(one, other)
    if operator in _UPPER:
        return min(one, other)
    if operator == "$not_in":
        return list(dict.fromkeys([*one, *other]))
    if operator == "$in":
        return [operand for operand in one if operand in other] or None
    return None


def united(one: Conditions, other: Conditions) -> Conditions | None:
    """Conditions that hold where either holds; only lists of equal values can be united."""
    if one == other:
        return one
    if one.keys() == other.keys() == {"$in"}:
        return {"$in": list(dict.fromkeys([*one["$in"], *other["$in"]]))}
    return None


def written(conditions: Conditions) -> Conditions:
    """The conditions as they are sent: equality with one value by ``$is`` and ``$is_not``."""
    return {
        _ALONE.get(operator, operator) if len(operands) == 1 else operator: operands
        for operator, operands in conditions.items()
    }
