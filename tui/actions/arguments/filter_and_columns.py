"""Arguments that name columns or hold a filter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.actions.verb import InputError
from tui.name_suggestions import suggestion_for
from tui.orders.columns import COLUMNS, DEFAULT_COLUMNS, OrderColumn, column

if TYPE_CHECKING:
    from tui.orders.filter import Filter


def parse_columns(typed: str | None) -> Sequence[OrderColumn]:
    """The columns of a comma-separated list; the default columns if it is empty.

    Raises:
        InputError: there is no such column.
    """
    names = [name.strip() for name in typed.split(",")] if typed else DEFAULT_COLUMNS
    return [parse_column(name, argument="columns") for name in names]


def parse_column(name: str, *, argument: str) -> OrderColumn:
    """One column by name.

    Raises:
        InputError: there is no such column; the message suggests the nearest.
    """
    try:
        return column(name)
    except KeyError:
        hint = suggestion_for(name, COLUMNS, f"the columns are {', '.join(COLUMNS)} and metadata.KEY")
        raise InputError(f"there is no column “{name}”{hint}", argument=argument) from None


def parse_filter(typed: str | None, *, now: datetime, argument: str = "where") -> Filter | None:
    """The parsed filter, or ``None`` if there is none.

    Raises:
        InputError: the filter is invalid; the message points at the character.
    """
    if not typed:
        return None
    from tui.orders.filter import FilterError, parse

    try:
        return parse(typed, now=now)
    except FilterError as error:
        raise InputError("\n" + error.pointed(), argument=argument) from None


def notes_on_empty_result(where: Filter | None, count: int) -> tuple[str, ...]:
    """Why a filter may have selected no orders."""
    from tui.orders.filter.syntax.filter_refusals import ONLY_CUSTOMER_IDS, may_name_customer

    return (ONLY_CUSTOMER_IDS,) if where is not None and not count and may_name_customer(where.ast) else ()
