"""Reasons to refuse a filter that could mean two things, or that no order can match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tui.orders.amounts import decimals_of
from tui.orders.filter.filter_fields import FieldKind
from tui.orders.filter.syntax.error import shorten
from tui.orders.filter.syntax.nodes import And, FieldComparison, Node, Not, Or, TextSearch
from tui.orders.order import STATUSES

NUMERIC = (FieldKind.AMOUNT, FieldKind.COUNT, FieldKind.METADATA)
"""The kinds of fields whose values may be numbers."""

_SHORT = re.compile(r"[+-]?\d{1,3}\Z", re.ASCII)
_SEPARATOR = r"[.'’_]"
_WHOLE = re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:{_SEPARATOR}\d{{3}})+)\Z", re.ASCII)
_CENTS = re.compile(r"\d{1,2}\Z", re.ASCII)
_THOUSANDS = re.compile(r"\d{3}\Z", re.ASCII)
_LAST_THOUSANDS = re.compile(r"\d{3}(?:\.\d*)?\Z", re.ASCII)
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\Z", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})\Z", re.ASCII)
_MANY_OR_MONTHS = re.compile(r"[+-]\d{1,6}M\Z", re.ASCII)
_WORDED_UNIT = re.compile(r"([+-]?)(\d{1,6}) ?([a-z]+)\Z", re.IGNORECASE | re.ASCII)
_UNITS = {"m": ("min", "minute"), "h": ("hr", "hour"), "d": ("day",), "w": ("week",), "mo": ("mon", "month")}
_UNIT_NAMES = {
    name + ending: unit
    for unit, names in {**_UNITS, "y": ("yr", "year")}.items()
    for name in names
    for ending in ("", "s")
}


def read_as_one_number(written: str, *, cents: bool) -> str | None:
    """The reading as one number, or one range, of values with bare commas between: ``12,50``, ``1,250``.

    Args:
        written: the values as they stand in the filter.
        cents: whether a comma may be meant as the decimal point.
    """
    ends = written.split("..")
    read = [_number(end.split(","), cents=cents) for end in ends]
    if not any(read):
        return None
    return "..".join(number or end for number, end in zip(read, ends, strict=True))


def explain_list_or_number(written: str, number: str, *, may_be_text: bool) -> str:
    """The reason to refuse values that may be one number."""
    listed = ", ".join(written.split(","))
    text = f', or "{written}" for the text' if may_be_text else ""
    return (
        f"{shorten(written)} could be one number or several; write {number} for the number, "
        f"{listed} with a space for the list{text}"
    )


def explain_split_value(kind: FieldKind, value: str, word: str) -> str | None:
    """The reason to refuse a word after a value: ``amount:1 250``, ``status:paid canceled``."""
    both = shorten(f"{value} {word}")
    if kind in NUMERIC[:2] and _SHORT.match(value) and _LAST_THOUSANDS.match(word):
        return (
            f'{both} could be {value}{word}, or {value} and the word {word}; write {value}{word} or "{word}"'
        )
    if kind is FieldKind.AMOUNT and word.isupper() and decimals_of(word) is not None:
        return f'orders have no currency, so {both} is not an amount; write {value}, or "{word}" for the word'
    if kind is FieldKind.STATUS and word.upper() in STATUSES:
        return (
            f'{both} could be one of two statuses, or a status and a word; write {value},{word} or "{word}"'
        )
    return None


def _number(values: Sequence[str], *, cents: bool) -> str | None:
    first, *rest = values
    if not rest:
        return None
    *middle, last = rest
    if _SHORT.match(first) and all(map(_THOUSANDS.match, middle)) and _LAST_THOUSANDS.match(last):
        return "".join(values)
    if cents and not middle and _WHOLE.match(first) and _CENTS.match(last):
        return f"{re.sub(_SEPARATOR, '', first)}.{last}"
    return None


def thousands_with_points(text: str, decimals: int) -> tuple[str, str] | None:
    """The readings of ``1.250``: with the point between thousands, and as the decimal point."""
    if decimals >= 3 or not _POINTS.match(text) or text.count(".") > 1:
        return None
    cents = text.partition(".")[2].rstrip("0")
    return (text.replace(".", ""), text.rstrip("0").rstrip(".")) if len(cents) <= decimals else None


def without_points(text: str) -> str | None:
    """A number whose points can only stand between thousands, without them."""
    return text.replace(".", "") if _POINTS.match(text) else None


def possible_dates(text: str) -> tuple[str, ...]:
    """The days that a date in another notation than ours could be, one or two; none if it is not a date."""
    if match := _YEAR_FIRST.match(text):
        year, _, month, day = match.groups()
        return _days(year, (month, day))
    if match := _DAY_FIRST.match(text):
        one, _, other, year = match.groups()
        return _days(year, (other, one), (one, other))
    return ()


def _days(year: str, *readings: tuple[str, str]) -> tuple[str, ...]:
    found = [f"{year}-{int(month):02}-{int(day):02}" for month, day in readings]
    return tuple(dict.fromkeys(filter(_in_calendar, found)))


def _in_calendar(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def minutes_or_months(text: str) -> tuple[str, str] | None:
    """The readings of ``-3M``."""
    if not _MANY_OR_MONTHS.match(text):
        return None
    return text.lower(), f"{text.lower()}o"


def with_unit(text: str) -> str | None:
    """What ``7days`` and ``-2 weeks`` are in the language: ``-7d``, ``-2w``."""
    match = _WORDED_UNIT.match(text)
    unit = match and _UNIT_NAMES.get(match[3].lower())
    return f"{match[1] or '-'}{match[2]}{unit}" if match and unit else None


CUSTOMER_ID_ADVICE = "find the id (cust_…) in Voucherify and write customer:ID"

ONLY_CUSTOMER_IDS = (
    f"orders have only the customer's id, so a name or e-mail address matches none; {CUSTOMER_ID_ADVICE}"
)
"""The hint to show if such a filter matches nothing."""

_PERSONS = ("customer", "referrer")
_DETAILS = frozenset({"email", "e-mail", "mail", "phone", "name"})
_NAME = re.compile(r"(customer|referrer)[._](?!id\Z).+\Z", re.IGNORECASE | re.DOTALL)
_NOT_AN_ID = re.compile(r"[@\s]|\+\d")


def explain_unknown_field(name: str) -> str | None:
    """The reason to refuse a field that no order has: ``customer.email``, ``phone``, ``currency``."""
    if name.lower() == "currency":
        return "orders have no currency; compare amount alone, or a metadata key that holds it"
    if name.lower() in _DETAILS or _NAME.match(name):
        return f"orders have only the customer's id, so there is no {name} to compare; {CUSTOMER_ID_ADVICE}"
    return None


def explain_not_an_id(field: str, text: str) -> str | None:
    """The reason to refuse a text that cannot be a customer's id: an e-mail address, a name, a number."""
    if field not in _PERSONS or not _NOT_AN_ID.search(text):
        return None
    advice = CUSTOMER_ID_ADVICE.replace("customer", field)
    return f"orders have only the {field}'s id, and “{text}” is not one; {advice}"


def may_name_customer(node: Node) -> bool:
    """Whether a filter that matches nothing may have been meant for a customer's name or address."""
    match node:
        case TextSearch():
            return True
        case FieldComparison(field):
            return field in _PERSONS
        case Not(part):
            return may_name_customer(part)
        case And(parts) | Or(parts):
            return any(map(may_name_customer, parts))
        case _:
            return False
