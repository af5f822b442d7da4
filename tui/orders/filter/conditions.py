"""Resolves a comparison to conditions on a value, in the API's units.

The step between the syntax tree and its targets. Dates become milliseconds at a ``now``, money becomes minor
units, operators become intervals and sets, so that every target compiles the same few conditions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from tui.orders.filter.syntax.moments import canonical, is_absolute, resolve
from tui.orders.filter.syntax.nodes import (
    FieldComparison,
    MomentOperand,
    NumberOperand,
    Operator,
    RangeOperand,
    TextOperand,
)

from .filter_fields import FieldKind, FilterableField

Unit = Literal["whole", "time", "number"]


@dataclass(frozen=True, slots=True)
class EvaluationContext:
    """What a filter is evaluated with: the current time, and the decimals of amounts."""

    now: datetime
    decimals: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Between two bounds, which belong to it unless ``open``; ``None`` is not a bound."""

    low: int | Decimal | None = None
    high: int | Decimal | None = None
    open: bool = False

    def holds(self, value: int | Decimal) -> bool:
        """Whether the value lies inside."""
        if self.open:
            return (self.low is None or value > self.low) and (self.high is None or value < self.high)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Within:
    """The value lies in one of the intervals.

    ``unit`` is what is compared: ``whole`` numbers (counts), ``time`` (milliseconds since 1970) or
    ``number`` (minor units, or a metadata value read as a number). Only ``number`` has open intervals.
    """

    intervals: tuple[Interval, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class OneOf:
    """The text is one of these, case-sensitive."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The text contains (ignoring case), begins or ends with (case-sensitive) one of these."""

    how: Literal["~", "^=", "$="]
    texts: tuple[str, ...]


Condition = Within | OneOf | TextMatch


def conditions_of(
    comparison: FieldComparison, field: FilterableField, setting: EvaluationContext
) -> tuple[Condition, ...]:
    """Resolve a comparison of that field: it holds where one of the conditions does.

    There are several only for metadata: texts, numbers and dates may stand in one list, and a date is looked
    for both as a text and as the time that it covers.
    """
    operator, operands = comparison.operator, comparison.operands
    texts = tuple(operand.text for operand in operands if isinstance(operand, TextOperand))
    found: list[Condition] = []
    if texts and operator in ("~", "^=", "$="):
        found.append(TextMatch(operator, texts))
    elif texts:
        found.append(
            OneOf(tuple(text.upper() for text in texts) if field.kind is FieldKind.STATUS else texts)
        )
    rest = [operand for operand in operands if not isinstance(operand, TextOperand)]
    if field.kind is FieldKind.METADATA and operator == ":":
        rest += [MomentOperand(canonical(text)) for text in texts if is_absolute(text)]
    number: Unit = "whole" if field.kind is FieldKind.COUNT else "number"
    units: tuple[tuple[Unit, bool], ...] = ((number, False), ("time", True))
    for unit, timed in units:
        intervals = [_interval(operator, each, field, setting) for each in rest if _is_time(each) is timed]
        if intervals:
            found.append(Within(tuple(intervals), unit))
    return tuple(found)


def _is_time(operand: NumberOperand | MomentOperand | RangeOperand) -> bool:
    return isinstance(operand.low if isinstance(operand, RangeOperand) else operand, MomentOperand)


def _interval(
    operator: Operator,
    operand: NumberOperand | MomentOperand | RangeOperand,
    field: FilterableField,
    setting: EvaluationContext,
) -> Interval:
    ends = (operand.low, operand.high) if isinstance(operand, RangeOperand) else (operand, operand)
    spans = [resolve(end.text, setting.now) for end in ends if isinstance(end, MomentOperand)]
    if spans:
        return _bounded(operator, spans[0].start, spans[-1].end - 1)
    low, high = (end.value for end in ends if isinstance(end, NumberOperand))
    if field.kind is FieldKind.METADATA:
        return _bounded_number(operator, low, high)
    if field.kind is FieldKind.AMOUNT:
        low, high = (end.scaleb(setting.decimals) for end in (low, high))
        return _bounded_number(operator, int(low), int(high))
    return _bounded(operator, int(low), int(high))


def _bounded(operator: Operator, first: int, last: int) -> Interval:
    """The interval of an operator and an operand that covers the whole numbers ``first`` to ``last``."""
    match operator:
        case ">":
            return Interval(low=last + 1)
        case ">=":
            return Interval(low=first)
        case "<":
            return Interval(high=first - 1)
        case "<=":
            return Interval(high=last)
        case _:
            return Interval(first, last)


def _bounded_number(operator: Operator, low: Decimal | int, high: Decimal | int) -> Interval:
    match operator:
        case ">":
            return Interval(low=low, open=True)
        case ">=":
            return Interval(low=low)
        case "<":
            return Interval(high=high, open=True)
        case "<=":
            return Interval(high=high)
        case _:
            return Interval(low, high)
