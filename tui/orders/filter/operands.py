"""What stands after an operator, read by the kind of its field."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches

from tui.orders.amounts import AmountError, parse_amount
from tui.orders.order import STATUSES

from .error import brief
from .fields import Field, Kind
from .metadata import number
from .moments import MomentError, canonical, is_moment, resolve
from .nodes import Moment, Number, Operand, Operator, Range, Text

KNOWN_STATUSES: tuple[str, ...] = (*(status.lower() for status in STATUSES), "processing")
"""What ``status:`` takes: the statuses of the API and the legacy one of old orders."""

LONGEST_NUMBER = 30
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


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


def read_operand(field: Field, operator: Operator, text: str, *, quoted: bool, decimals: int) -> Operand:
    """Read one operand of a comparison.

    Raises:
        OperandError: it is not what the field holds, or not what the operator takes.
    """
    if field.kind is Kind.METADATA:
        return _metadata_operand(operator, text, quoted)
    if field.kind in (Kind.TEXT, Kind.STATUS):
        return _text_operand(field, operator, text, quoted)
    if ".." in text and not quoted:
        if operator != ":":
            raise OperandError(f"a range goes with : and not with {operator}")
        return _range(field, text, decimals)
    value = _scalar(field, text, decimals)
    if operator == ":" and isinstance(value, Moment) and resolve(value.text, _SOME_DAY).pointlike:
        raise OperandError(
            f"{value} is one instant; compare with >= or <", f">={value}", replaces_operator=True
        )
    return value


def _scalar(field: Field, text: str, decimals: int) -> Number | Moment:
    if field.kind is Kind.TIME:
        return _moment(text)
    return _amount(text, decimals) if field.kind is Kind.AMOUNT else _whole(text)


def _text_operand(field: Field, operator: Operator, text: str, quoted: bool) -> Text:
    if field.kind is Kind.STATUS and operator == ":":
        if text.lower() in KNOWN_STATUSES:
            return Text(text.lower())
        raise OperandError(
            f"no order has the status {brief(text)}; there are {', '.join(KNOWN_STATUSES)}",
            _nearest(text, KNOWN_STATUSES),
        )
    if not text and operator != ":":
        raise OperandError(f"nothing to look for after {operator}")
    _refuse_wildcard(text, quoted)
    return Text(text)


def _refuse_wildcard(text: str, quoted: bool) -> None:
    if not quoted and (text.startswith("*") or text.endswith("*")):
        raise OperandError(
            "there are no wildcards: ^= begins with, $= ends with, ~ contains, has: is there at all"
        )


def _metadata_operand(operator: Operator, text: str, quoted: bool) -> Operand:
    if operator in (":", "~", "^=", "$="):
        if not text and operator != ":":
            raise OperandError(f"nothing to look for after {operator}")
        _refuse_wildcard(text, quoted)
        low, dots, high = text.partition("..")
        if operator == ":" and dots and not quoted and _loose(low) and _loose(high):
            if number(low) is None or number(high) is None:
                return Range(_moment(low), _moment(high))
            return _upright(_loose_scalar(low), _loose_scalar(high))
        return Text(text)
    return _loose_scalar(text)


def _loose(text: str) -> bool:
    return number(text) is not None or is_moment(text)


def _loose_scalar(text: str) -> Number | Moment:
    plain = number(text)
    if plain is not None:
        return Number(plain)
    if is_moment(text):
        return _moment(text)
    raise OperandError(f"{brief(text)} is neither a number nor a date; compare text with : or ~")


def _range(field: Field, text: str, decimals: int) -> Operand:
    low, _, high = text.partition("..")
    if not low or not high or high.startswith("."):
        raise OperandError("a range has two ends, like 10..20; with one end write >= or <=")
    return _upright(_scalar(field, low, decimals), _scalar(field, high, decimals))


def _upright(low: Number | Moment, high: Number | Moment) -> Range:
    if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
        raise OperandError("the range ends before it begins", f"{high}..{low}")
    return Range(low, high)


def _moment(text: str) -> Moment:
    try:
        resolve(text, _SOME_DAY)
    except MomentError as error:
        raise OperandError(f"{brief(text)} is no date: {error}", _dated(text)) from error
    return Moment(canonical(text))


def _dated(text: str) -> str | None:
    """What a person who wrote that may have meant: ``7d`` is ``-7d``."""
    if is_moment(f"-{text}"):
        return f"-{text}"
    return _nearest(text, ("today", "yesterday", "tomorrow", "this-month", "last-month", "last-week"))


def _amount(text: str, decimals: int) -> Number:
    if len(text) > LONGEST_NUMBER:
        raise OperandError(f"{brief(text)} is too long for an amount")
    if re.match(r"0\d", text):
        raise OperandError("a comma stands between values; write thousands without one")
    try:
        minor = parse_amount(text, decimals=decimals)
    except AmountError as error:
        raise OperandError(str(error)) from error
    return Number(Decimal(minor).scaleb(-decimals))


def _whole(text: str) -> Number:
    plain = text.replace("_", "")
    if len(plain) > LONGEST_NUMBER or not (plain.isascii() and plain.isdigit()):
        raise OperandError(f"{brief(text)} is not a whole number")
    return Number(Decimal(plain))


def _nearest(text: str, known: tuple[str, ...]) -> str | None:
    close = get_close_matches(text.lower(), known, n=1, cutoff=0.6)
    return close[0] if close else None
