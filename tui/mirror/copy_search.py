"""Which orders of a copy match a filter, and which of them come first.

SQL decides the regular orders and the predicate the irregular ones, so the answer is the predicate's. Where
it depends on parts of orders that were not read yet, there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui.orders.columns import OrderColumn, sorted_by
from tui.orders.exported_text import meaning_of, number_of
from tui.orders.filter import Filter, required_columns
from tui.orders.times import parse_time
from tui.terminal.pluralize import pluralize

from .copy_errors import NotRead
from .copy_reader import CopyReader
from .copy_rows import NARROW, ROW_COLUMNS
from .filter_sql import NotExpressible, SqlCondition, to_sql

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.voucherify.responses import OrdersOrder

PAGE = 1000
"""Irregular orders that are in memory at once."""

_EARLIEST = datetime.min.replace(tzinfo=UTC)
_COLUMNS = {column.name: column for column in ROW_COLUMNS}


@dataclass(frozen=True, slots=True)
class Matches:
    """The orders that match: ``where`` selects the regular ones of a table, ``irregular`` are the others.

    ``irregular`` are their places; ``count`` counts all.
    """

    where: str
    values: tuple[Any, ...]
    irregular: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FoundOrders:
    """A window of the orders that match. ``partial`` are the ids of those without their whole document."""

    orders: tuple[Order, ...]
    partial: frozenset[str]
    matching: int


def find_matches(reader: CopyReader, where: Filter | None) -> Matches:
    """Find the orders that match a filter; all of them without one.

    Raises:
        NotRead: it depends on parts of orders that were not read yet.
        CopyChanged: another process replaced the copy.
    """
    try:
        condition = to_sql(where)
        decided_here = "is_irregular"
    except NotExpressible:
        condition, decided_here = SqlCondition("false"), "true"
    unknown, irregular = _decide(reader, where, decided_here)
    query = f"SELECT place, {condition.text} AS met FROM {{}} WHERE NOT is_irregular"
    selected, values = f"NOT is_irregular AND {condition.text}", condition.values
    if condition.is_wide:  # the files are read once
        table = reader.keep(
            f"SELECT * FROM ({query.format('wide')}) WHERE met IS DISTINCT FROM false", values
        )
        query, selected, values = f"FROM {table}", f"place IN (SELECT place FROM {table} WHERE met)", ()
    ((matching, unclear),) = reader.rows(
        f"SELECT count(*) FILTER (met), count(*) FILTER (met IS NULL) FROM ({query.format('narrow')})", values
    )
    if unknown + unclear:
        raise _not_read(unknown + unclear, f"“{where.text}”" if where else "the question")
    return Matches(selected, values, tuple(irregular), matching + len(irregular))


def find_orders(
    reader: CopyReader,
    where: Filter | None = None,
    *,
    order: OrdersOrder = "-created_at",
    sort: OrderColumn | None = None,
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> FoundOrders:
    """A window of the orders that match, sorted as ``tui.orders.columns.sorted_by`` sorts them.

    Args:
        reader: the copy.
        where: the filter.
        order: the order in which the service lists, which decides between equal values.
        sort: a column to sort by.
        descending: whether to sort in descending order.
        offset: orders to leave out at the beginning.
        limit: the most orders; all of them if not given.

    Raises:
        NotRead: the answer depends on parts of orders that were not read yet.
        CopyChanged: another process replaced the copy.
    """
    found = find_matches(reader, where)
    if sort is not None and needs_document(sort):
        check_whole(reader, found, sort.title)
    by = _sql_order(order) if sort is None else None
    if sort is not None and (expression := column_sql(sort)) is not None:
        by = f"{expression} {'DESC' if descending else 'ASC'} NULLS LAST, {_sql_order(order)}"
    last = None if limit is None else offset + limit
    if not found.irregular and by is not None:
        places = _places(reader, found, by, offset, last)
        orders = reader.orders(places)
    else:
        # Python sorts what SQL cannot: those that come first of the regular ones, and the irregular ones.
        places = _places(reader, found, by or "place", 0, last if by else None)
        orders = sort_listed(reader.orders([*places, *found.irregular]), order)
        if sort is not None:
            partial = {one.key for one, is_whole in orders if not is_whole}
            by_type = _with_types(sort, partial) if sort.field == "metadata" else sort
            ordered = sorted_by((one for one, _ in orders), by_type, descending=descending)
            orders = [(one, one.key not in partial) for one in ordered]
        orders = orders[offset:last]
    return FoundOrders(
        tuple(one for one, _ in orders),
        frozenset(one.key for one, is_whole in orders if not is_whole),
        found.count,
    )


def sort_listed(orders: Sequence[tuple[Order, bool]], order: OrdersOrder) -> list[tuple[Order, bool]]:
    """The orders as the service lists them; those that were never changed count as the earliest."""
    name = order.removeprefix("-")

    def key(found: tuple[Order, bool]) -> tuple[datetime, str]:
        return parse_time(getattr(found[0], name)) or _EARLIEST, found[0].id

    return sorted(orders, key=key, reverse=order.startswith("-"))


def _with_types(column: OrderColumn, partial: Collection[str]) -> OrderColumn:
    """The column of a metadata key, which takes an exported text that is a number for one."""

    def value(order: Order) -> Any:
        found = column.value(order)
        if order.key not in partial or not isinstance(found, str):
            return found
        number = number_of(found)
        return meaning_of(found) if number is None else number

    return replace(column, value=value)


def needs_document(column: OrderColumn) -> bool:
    """Whether an export's row lacks what the column shows."""
    known = _COLUMNS.get(column.field)
    return column.name in ("items", "products", "redemptions") or bool(known and known.needs_document)


def check_whole(reader: CopyReader, found: Matches, what: str) -> None:
    """See that the whole documents of all orders that match are known.

    Raises:
        NotRead: they are not.
    """
    query = f"SELECT count(*) FROM narrow WHERE {found.where} AND NOT is_whole"
    ((missing,),) = reader.rows(query, found.values)
    missing += sum(not is_whole for _, is_whole in reader.orders(found.irregular))
    if missing:
        raise _not_read(missing, f"“{what}”")


def column_sql(column: OrderColumn, *, folded: bool = True) -> str | None:
    """The value of a column in SQL: null for no value; ``None`` if SQL does not know the column.

    ``folded`` ignores upper and lower case, as sorting does.
    """
    name = "products" if column.name == "products" else column.field
    if column.name == "redemptions":
        return "nullif(redemptions, 0)"
    if name not in NARROW:
        return None
    if column.kind != "text":
        return f'"{name}"'
    return f"fold(nullif(\"{name}\", ''))" if folded else f"nullif(\"{name}\", '')"


def _decide(reader: CopyReader, where: Filter | None, which: str) -> tuple[int, list[int]]:
    """The places of orders that the predicate matches, and how many it cannot decide yet."""
    places = [place for (place,) in reader.rows(f"SELECT place FROM narrow WHERE {which} ORDER BY place")]
    if where is None:
        return 0, places
    needs_whole = bool(required_columns(where).beyond)
    unknown, found = 0, []
    for at in range(0, len(places), PAGE):
        some = places[at : at + PAGE]
        for place, (order, is_whole) in zip(some, reader.orders(some), strict=True):
            if needs_whole and not is_whole:
                unknown += 1
            elif where.matches(order):
                found.append(place)
    return unknown, found


def _places(reader: CopyReader, found: Matches, by: str, offset: int, last: int | None) -> list[int]:
    window = f" LIMIT {last - offset}" if last is not None else ""
    query = f"SELECT place FROM narrow WHERE {found.where} ORDER BY {by}{window} OFFSET {offset}"
    return [place for (place,) in reader.rows(query, found.values)]


def _sql_order(order: OrdersOrder) -> str:
    name = order.removeprefix("-")
    if order.startswith("-"):
        return f"{name} DESC NULLS LAST, id DESC"
    return f"{name} ASC NULLS FIRST, id ASC"


def _not_read(orders: int, what: str) -> NotRead:
    return NotRead(
        f"{what} depends on items or redemptions of {pluralize(orders, 'order')}, which were not read yet",
        hint="The copy was made by an export, which does not hold them. Ask the service: ordex list --live",
    )
