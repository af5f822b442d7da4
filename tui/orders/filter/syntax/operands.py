"""Reads the operands of a comparison by the kind of its field."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from tui.name_suggestions import choose_from, closest
from tui.orders.amounts import AmountError, parse_amount
from tui.orders.exported_text import number_of
from tui.orders.filter.filter_fields import FieldKind, FilterableField
from tui.orders.filter.syntax.date_corrections import explain_date_error, to_filter_date
from tui.orders.filter.syntax.error import shorten
from tui.orders.filter.syntax.filter_refusals import (
    explain_not_an_id,
    minutes_or_months,
    possible_dates,
    thousands_with_points,
    with_unit,
    without_points,
)
from tui.orders.filter.syntax.moments import MomentError, canonical, is_moment, is_symbolic, resolve
from tui.orders.filter.syntax.nodes import (
    MomentOperand,
    NumberOperand,
    Operand,
    Operator,
    RangeOperand,
    TextOperand,
)
from tui.orders.order import STATUSES

KNOWN_STATUSES: tuple[str, ...] = (*(status.lower() for status in STATUSES), "processing")
"""The values of ``status:``: the statuses of the API and the legacy one of old orders."""

LONGEST_NUMBER = 30
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_SOME_DAYS = tuple(datetime(2026, month, day, tzinfo=UTC) for month, day in ((1, 1), (3, 8), (8, 31)))
_UNKNOWN_UNIT = re.compile(r"[+-]\d+[A-Za-z]+\Z", re.ASCII)
_UNITS = "the units are m, h, d, w, mo and y, as in -30m, -7d, -6mo"
_LOOSE_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})\Z", re.ASCII)


class OperandError(ValueError):
    """The operand does not fit.

    ``suggestion`` is what to write instead, if anything comes close; with ``replaces_operator`` it stands
    for the operator too.
    """

    def __init__(
        self, message: str, suggestion: str | None = None, *, replaces_operator: bool = False
    ) -> None:
        super().__init__(message)
        self.suggestion = suggestion
        self.replaces_operator = replaces_operator


def read_operand(
    field: FilterableField, operator: Operator, text: str, *, quoted: bool, decimals: int
) -> Operand:
    """Read one operand of a comparison.

    Raises:
        OperandError: it is not what the field holds, or not what the operator takes.
    """
    if field.kind is FieldKind.METADATA:
        return _metadata_operand(field, operator, text, quoted)
    if field.kind in (FieldKind.TEXT, FieldKind.STATUS):
        return _text_operand(field, operator, text, quoted)
    if ".." in text and not quoted:
        if operator != ":":
            raise OperandError(f"a range needs : and not {operator}")
        return _range(field, text, decimals)
    value = _scalar(field, text, decimals)
    if operator == ":" and isinstance(value, MomentOperand) and resolve(value.text, _SOME_DAY).pointlike:
        raise OperandError(
            f"{value} is one instant; compare with >= or <", f">={value}", replaces_operator=True
        )
    return value


def _scalar(field: FilterableField, text: str, decimals: int) -> NumberOperand | MomentOperand:
    if field.kind is FieldKind.TIME:
        return _moment(text)
    return _amount(text, decimals) if field.kind is FieldKind.AMOUNT else _whole(text)


def _text_operand(field: FilterableField, operator: Operator, text: str, quoted: bool) -> TextOperand:
    if field.kind is FieldKind.STATUS and operator == ":":
        if text.lower() in KNOWN_STATUSES:
            return TextOperand(text.lower())
        raise OperandError(
            f"no order has the status {shorten(text)}; {choose_from(KNOWN_STATUSES)}",
            closest(text, KNOWN_STATUSES),
        )
    _refuse_nothing(field, operator, text)
    _refuse_wildcard(text, quoted)
    if reason := explain_not_an_id(field.name, text):
        raise OperandError(reason)
    return TextOperand(text)


def _refuse_nothing(field: FilterableField, operator: Operator, text: str) -> None:
    """An empty text is a missing value, as in an exported file, and equals nothing."""
    if not text and operator != ":":
        raise OperandError(f"nothing to look for after {operator}")
    if not text:
        raise OperandError(
            f"an empty text counts as no value; -has:{field.name} finds the orders without one"
        )


def _refuse_wildcard(text: str, quoted: bool) -> None:
    if not quoted and (text.startswith("*") or text.endswith("*")):
        raise OperandError(
            "there are no wildcards: ^= begins with, $= ends with, ~ contains, has: has a value"
        )


def _metadata_operand(field: FilterableField, operator: Operator, text: str, quoted: bool) -> Operand:
    if operator not in (":", "~", "^=", "$="):
        return _loose_scalar(text)
    _refuse_nothing(field, operator, text)
    _refuse_wildcard(text, quoted)
    if operator != ":" or quoted:
        return TextOperand(text)
    low, dots, high = text.partition("..")
    if dots and _is_loose(low) and _is_loose(high):
        if _loose_number(low) is None or _loose_number(high) is None:
            return _upright(_moment(low), _moment(high))
        return _upright(_loose_scalar(low), _loose_scalar(high))
    if dots and (_is_loose(low) or _is_loose(high)):
        raise OperandError(
            f"{shorten(text)} could be a text or half a range; write it in quotes for the text; a range has "
            "two ends, like 10..20, and with one end write >= or <="
        )
    if is_symbolic(text):
        raise OperandError(
            f"{shorten(text)} could be a text or a date; write it in quotes for the text, or compare with >= "
            "and < for the date",
            f'"{text}"',
        )
    return TextOperand(text)


def _is_loose(text: str) -> bool:
    return _loose_number(text) is not None or is_moment(text)


def _loose_number(text: str) -> Decimal | None:
    """A number as people type it: besides those of JSON ``+5``, ``.5``, ``5.`` and ``007``."""
    return Decimal(text) if _LOOSE_NUMBER.match(text) else number_of(text)


def _loose_scalar(text: str) -> NumberOperand | MomentOperand:
    plain = _loose_number(text)
    if plain is not None:
        return NumberOperand(plain)
    if is_moment(text) or possible_dates(text) or with_unit(text) or to_filter_date(text):
        return _moment(text)
    raise OperandError(f"{shorten(text)} is neither a number nor a date; compare text with : or ~")


def _range(field: FilterableField, text: str, decimals: int) -> Operand:
    low, _, high = text.partition("..")
    if not low or not high or high.startswith("."):
        raise OperandError("a range has two ends, like 10..20; with one end write >= or <=")
    return _upright(_scalar(field, low, decimals), _scalar(field, high, decimals))


def _upright(low: NumberOperand | MomentOperand, high: NumberOperand | MomentOperand) -> RangeOperand:
    reversed_ = False
    if isinstance(low, NumberOperand) and isinstance(high, NumberOperand):
        reversed_ = low.value > high.value
    elif isinstance(low, MomentOperand) and isinstance(high, MomentOperand):
        reversed_ = all(_is_empty(low, high, day) for day in _SOME_DAYS)
    if reversed_:
        raise OperandError("the range ends before it begins", f"{high}..{low}")
    return RangeOperand(low, high)


def _is_empty(low: MomentOperand, high: MomentOperand, now: datetime) -> bool:
    if is_symbolic(low.text) is not is_symbolic(high.text):
        return False  # it depends on the day that the filter is used on
    return resolve(high.text, now).end <= resolve(low.text, now).start


def _moment(text: str) -> MomentOperand:
    if readings := minutes_or_months(text):
        raise OperandError(f"{shorten(text)} could be minutes ({readings[0]}) or months ({readings[1]})")
    try:
        resolve(text, _SOME_DAY)
    except MomentError as error:
        days = possible_dates(text)
        if len(days) == 2:
            raise OperandError(
                f"{shorten(text)} could be {days[0]} or {days[1]}; write one of them"
            ) from None
        why, mended = explain_date_error(text, error)
        suggestion = days[0] if days else with_unit(text) or mended or _dated(text)
        if _UNKNOWN_UNIT.match(text) and not is_moment(text):
            why = _UNITS
        raise OperandError(
            f"{shorten(text)} is not a date: {why}", suggestion if suggestion != text else None
        ) from error
    return MomentOperand(canonical(text))


def _dated(text: str) -> str | None:
    """What a person who wrote that may have meant: ``7d`` is ``-7d``."""
    if is_moment(f"-{text}"):
        return f"-{text}"
    return closest(text, ("today", "yesterday", "tomorrow", "this-month", "last-month", "last-week"))


def _amount(text: str, decimals: int) -> NumberOperand:
    if len(text) > LONGEST_NUMBER:
        raise OperandError(f"{shorten(text)} is too long for an amount")
    if re.match(r"0\d", text):
        raise OperandError("a comma separates values; write thousands without it")
    if readings := thousands_with_points(text, decimals):
        raise OperandError(f"{shorten(text)} could be {readings[0]} or {readings[1]}; write one of them")
    try:
        minor = parse_amount(text, decimals=decimals)
    except AmountError as error:
        low, dash, high = text.partition("-")
        ends = f"{low}..{high}" if dash and low.isdigit() and high.isdigit() else None
        raise OperandError(str(error), ends or without_points(text)) from error
    return NumberOperand(Decimal(minor).scaleb(-decimals))


def _whole(text: str) -> NumberOperand:
    plain = text.replace("_", "")
    if len(plain) > LONGEST_NUMBER or not (plain.isascii() and plain.isdigit()):
        raise OperandError(f"{shorten(text)} is not a whole number")
    return NumberOperand(Decimal(plain))
