"""Compile the text of the filter bar to a filter over the loaded orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tui.orders.orders_snapshot import LocalFilter


def local_filter(text: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> LocalFilter | None:
    """The filter over what is loaded; ``None`` where nothing is typed.

    Relative dates count from the moment that the filter is applied, not from when it was typed.

    Raises:
        FilterError: the text is not a filter.
    """
    from tui.orders.filter import parse, unreadable_field_test
    from tui.orders.filter.syntax.filter_refusals import may_name_customer

    if not text.strip():
        return None
    typed = parse(text, now=clock())
    renew = (lambda: typed.at(clock()).matches) if typed.is_relative else None
    note = "orders have customer ids, not names" if may_name_customer(typed.ast) else ""
    return LocalFilter(text.strip(), typed.matches, renew, note, unreadable_field_test(typed))
