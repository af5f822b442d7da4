"""Reading what was typed for an argument: columns and filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tui.actions.verb import InputError
from tui.orders.columns import COLUMNS, DEFAULT_COLUMNS, Column, column

if TYPE_CHECKING:
    from tui.orders.filter import Filter


def parse_columns(typed: str | None) -> Sequence[Column]:
    """The columns named with commas between; the dashboard's when nothing was typed.

    Raises:
        InputError: a name is no column.
    """
    names = [name.strip() for name in typed.split(",")] if typed else DEFAULT_COLUMNS
    return [parse_column(name, argument="columns") for name in names]


def parse_column(name: str, *, argument: str) -> Column:
    """One column by name.

    Raises:
        InputError: there is none; the nearest is named.
    """
    try:
        return column(name)
    except KeyError:
        near = get_close_matches(name, COLUMNS, n=1)
        hint = (
            f"did you mean {near[0]}?" if near else f"the columns are {', '.join(COLUMNS)} and metadata.KEY"
        )
        raise InputError(f"there is no column “{name}”; {hint}", argument=argument) from None


def parse_filter(typed: str | None, *, now: datetime, argument: str = "where") -> Filter | None:
    """A filter, or ``None`` when nothing was typed.

    Raises:
        InputError: it is not one; the message points at the character.
    """
    if not typed:
        return None
    from tui.orders.filter import FilterError, parse

    try:
        return parse(typed, now=now)
    except FilterError as error:
        raise InputError("\n" + error.pointed(), argument=argument) from None


def notes_on_empty_result(where: Filter | None, count: int) -> tuple[str, ...]:
    """What to add to the number of orders that a filter selected: why it may have selected none."""
    from tui.orders.filter.unanswerable import ONLY_IDS, may_ask_for_customer

    return (ONLY_IDS,) if where is not None and not count and may_ask_for_customer(where.ast) else ()
