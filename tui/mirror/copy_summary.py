"""Counts and sums of the orders of a copy, by columns, metadata or spans of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.errors import OrdexError
from tui.name_suggestions import choose_from, suggestion_for
from tui.orders.columns import COLUMNS, METADATA_PREFIX, OrderColumn, column
from tui.orders.exported_text import exported_text, metadata_meaning
from tui.orders.times import parse_time

from .copy_reader import CopyReader
from .copy_rows import is_storable, meaning_text
from .copy_search import Matches, check_whole, column_sql, find_matches, needs_document
from .filter_sql import LARGEST

if TYPE_CHECKING:
    from tui.orders.filter import Filter
    from tui.orders.order import Order

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SPANS = {"hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "weekday": "%A"}
"""The spans of time, and how one is written: ``2026-03-14T09``, ``2026-W11``, ``Monday``. All are UTC."""

DEFAULT_MEASURE = "total_amount"

_TIMES = {
    "created": "created_at",
    "updated": "updated_at",
    "created_at": "created_at",
    "updated_at": "updated_at",
}


class SummaryError(OrdexError):
    """There is no such key or field to summarise."""

    title = "This cannot be summarised"


@dataclass(frozen=True, slots=True)
class SummaryKey:
    """What orders are grouped by.

    ``sql`` gives the value of a regular order, with ``values`` for its ``?``; ``read`` that of any order.
    """

    name: str
    sql: str
    read: Callable[[Order], Any]
    values: tuple[Any, ...] = ()
    is_wide: bool = False
    is_ordered: bool = False
    needs_document: bool = False


@dataclass(frozen=True, slots=True)
class SummaryGroup:
    """The orders with the same values of the keys. Amounts are in minor units, ``None`` without any."""

    values: tuple[Any, ...]
    orders: int
    sum: int | None
    average: float | None
    median: float | None
    min: int | None
    max: int | None

    def document(self, keys: Sequence[SummaryKey]) -> dict[str, Any]:
        """The group by names."""
        named = dict(zip((key.name for key in keys), self.values, strict=True))
        measures = ("orders", "sum", "average", "median", "min", "max")
        return {**named, **{name: getattr(self, name) for name in measures}}


@dataclass(frozen=True, slots=True)
class Summary:
    """The groups, and the same over all orders that match."""

    groups: tuple[SummaryGroup, ...]
    total: SummaryGroup


def parse_key(text: str) -> SummaryKey:
    """Read a key: a column, ``metadata.PATH``, or ``created:week``.

    Raises:
        SummaryError: there is no such key; the message suggests one.
    """
    name, colon, span = text.partition(":")
    if colon:
        return _span_key(text, name, span)
    if text.startswith(METADATA_PREFIX) and len(text) > len(METADATA_PREFIX):
        return _metadata_key(text)
    if text in _TIMES:
        raise SummaryError(f"{text} is a time", hint=f"Choose a span: {', '.join(_spans_of(text))}.")
    if text not in COLUMNS:
        otherwise = f"the keys are {', '.join(COLUMNS)}, metadata.KEY and created:week"
        raise SummaryError(f"there is no key “{text}”{suggestion_for(text, COLUMNS, otherwise)}")
    found = column(text)
    expression = column_sql(found, folded=False) or "NULL"
    if found.kind in ("amount", "count"):
        expression = _large(expression)
    return SummaryKey(
        text, expression, lambda order: _plain(found, order), needs_document=needs_document(found)
    )


def parse_measure(text: str) -> OrderColumn:
    """Read the name of what is added up: a column of amounts or counts.

    Raises:
        SummaryError: there is none of that name.
    """
    numbers = [name for name, each in COLUMNS.items() if each.kind in ("amount", "count")]
    if text not in numbers:
        hint = suggestion_for(text, numbers, choose_from(numbers))
        raise SummaryError(f"“{text}” cannot be added up{hint}")
    return column(text)


def summarize(
    reader: CopyReader,
    keys: Sequence[SummaryKey],
    where: Filter | None = None,
    *,
    measure: OrderColumn = COLUMNS[DEFAULT_MEASURE],
) -> Summary:
    """Count and add up the orders that match, by keys.

    Spans of time come in their order, all other groups with the most orders first; an order without a value
    has ``None``.

    Raises:
        NotRead: the answer depends on parts of orders that were not read yet.
        CopyChanged: another process replaced the copy.
    """
    found = find_matches(reader, where)
    for name in (*(key.name for key in keys if key.needs_document), *_unread(measure)):
        check_whole(reader, found, name)
    _collect(reader, found, keys, measure)
    names = [f"key_{at}" for at in range(len(keys))]
    groups = _groups(reader, names)
    (total,) = _groups(reader, [])
    ranks = [_ranks(groups, at, key) for at, key in enumerate(keys)]
    groups.sort(key=lambda group: [rank[value] for rank, value in zip(ranks, group.values, strict=True)])
    return Summary(tuple(groups) if keys else (total,), total)


def _unread(measure: OrderColumn) -> tuple[str, ...]:
    return (measure.name,) if needs_document(measure) else ()


def _collect(reader: CopyReader, found: Matches, keys: Sequence[SummaryKey], measure: OrderColumn) -> None:
    """Put the keys and the number of each order that matches into a table."""
    source = "wide" if any(key.is_wide for key in keys) else "narrow"
    named = [f"{key.sql} AS key_{at}" for at, key in enumerate(keys)]
    amount = column_sql(measure) or "NULL"
    values = (*(value for key in keys for value in key.values), *found.values)
    chosen = ", ".join([*named, f"{_large(amount)} AS amount"])
    reader.rows(
        f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT {chosen} FROM {source} WHERE {found.where}", values
    )
    for order, _ in reader.orders(found.irregular):
        row = [*(key.read(order) for key in keys), measure.value(order)]
        if any(isinstance(value, int) and not -LARGEST < value < LARGEST for value in row):
            raise SummaryError(f"a number of {order.id} is too large to add up")
        reader.rows(f"INSERT INTO chosen VALUES ({', '.join('?' * len(row))})", row)


def _large(number: str) -> str:
    """A number as one to which any amount of an irregular order can be added."""
    return f"CAST({number} AS HUGEINT)"


def _groups(reader: CopyReader, names: Sequence[str]) -> list[SummaryGroup]:
    numbers = "count(*), count(amount), sum(amount), median(amount), min(amount), max(amount)"
    by = f" GROUP BY {', '.join(names)}" if names else ""
    return [
        SummaryGroup(tuple(row[:-6]), row[-6], row[-4], _average(row[-4], row[-5]), *row[-3:])
        for row in reader.rows(f"SELECT {', '.join([*names, numbers])} FROM chosen{by}")
    ]


def _average(total: int | None, orders: int) -> float | None:
    return None if total is None else total / orders


def _ranks(groups: Sequence[SummaryGroup], at: int, key: SummaryKey) -> dict[Any, Any]:
    """The place of each value of a key among the others."""
    orders: dict[Any, int] = {}
    for group in groups:
        orders[group.values[at]] = orders.get(group.values[at], 0) + group.orders
    if key.name.endswith(":weekday"):
        ordered = sorted(orders, key=lambda day: WEEKDAYS.index(day) if day else len(WEEKDAYS))
    elif key.is_ordered:
        ordered = sorted(orders, key=lambda value: (value is None, value or ""))
    else:
        ordered = sorted(orders, key=lambda value: (-orders[value], value is None, str(value)))
    return {value: rank for rank, value in enumerate(ordered)}


def _span_key(text: str, name: str, span: str) -> SummaryKey:
    if name not in _TIMES or span not in SPANS:
        raise SummaryError(
            f"there is no span of time “{text}”", hint=f"Choose from {', '.join(_spans_of(name))}."
        )
    field, form = _TIMES[name], SPANS[span]

    def read(order: Order) -> str | None:
        moment = parse_time(getattr(order, field))
        if moment is None:
            return None
        return WEEKDAYS[moment.weekday()] if span == "weekday" else moment.strftime(form)

    return SummaryKey(text, f"strftime({field}, '{form}')", read, is_ordered=True)


def _spans_of(name: str) -> list[str]:
    return [f"{name if name in _TIMES else 'created'}:{span}" for span in SPANS]


def _metadata_key(text: str) -> SummaryKey:
    path = text.removeprefix(METADATA_PREFIX)
    if not is_storable(path):
        raise SummaryError(f"there is no metadata key “{text}”")

    def read(order: Order) -> str | None:
        meaning = metadata_meaning(order.raw.get("metadata"), path)
        return None if meaning is None else meaning_text(meaning)

    sql = "list_filter(metadata_values, lambda each: each.path = ?)[1].value"
    return SummaryKey(text, sql, read, (path,), is_wide=True)


def _plain(found: OrderColumn, order: Order) -> Any:
    value = found.value(order)
    return exported_text(value) or None if isinstance(value, str) else value
