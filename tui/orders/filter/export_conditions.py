"""The conditions of one field of the server's export filters, and how two of them become one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tui.orders.exported_text import number_of
from tui.orders.filter.syntax.moments import is_absolute
from tui.orders.times import format_api_time

Conditions = dict[str, list[Any]]
"""Operands by operator; while compiling only ``$in`` and ``$not_in`` stand for equality."""

_PLAIN = re.compile(r"[A-Za-z0-9 _.-]*[A-Za-z][A-Za-z0-9 _.-]*\Z", re.ASCII)
_NUMERIC = re.compile(r"[-+.\de]+\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALONE = {"$in": "$is", "$not_in": "$is_not"}
_LOWER = frozenset({"$more_than", "$more_than_equal", "$after"})
_UPPER = frozenset({"$less_than", "$less_than_equal", "$before"})
_ANY_OF = ("$in", "$contains", "$starts_with", "$ends_with")


def time_bound(milliseconds: int) -> str:
    """Milliseconds since 1970 as the server reads a date-time."""
    return format_api_time(_EPOCH + timedelta(milliseconds=milliseconds))


def is_caseless(text: str) -> bool:
    """Whether the text is the same in upper and lower case."""
    return text.isascii() and text.lower() == text.upper()


def is_contained(text: str, *, whole: bool) -> bool:
    """Whether every metadata value that matches contains the text, however the service compares.

    A list is compared element by element or as JSON, so the text must be written alike in both; numbers and
    truth values may not be compared with a text at all, so it must not be a part of one.

    Args:
        text: what is looked for.
        whole: whether only a value that is the whole text matches.
    """
    if not _PLAIN.match(text) or number_of(text) is not None or is_absolute(text):
        return False
    if whole:
        return text not in ("true", "false")
    return text not in "true false" and not _NUMERIC.match(text)


def merged(one: Conditions, other: Conditions) -> Conditions | None:
    """Conditions that hold where both hold; ``None`` when the grammar cannot express it."""
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
    """Conditions that hold where either holds; only those of one operator that takes any of its operands."""
    if one == other:
        return one
    for operator in _ANY_OF:
        if one.keys() == other.keys() == {operator}:
            return {operator: list(dict.fromkeys([*one[operator], *other[operator]]))}
    return None


def written(conditions: Conditions) -> Conditions:
    """The conditions as they are sent: equality with one value by ``$is`` and ``$is_not``."""
    return {
        _ALONE.get(operator, operator) if len(operands) == 1 else operator: operands
        for operator, operands in conditions.items()
    }
