"""The filter bar's plain language: an order is shown if everything typed is somewhere in it.

A richer language takes its place by being given to the application as another ``CompileFilter``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.orders.columns import COLUMNS

if TYPE_CHECKING:
    from tui.orders.order import Order

CompileFilter = Callable[[str], Callable[["Order"], bool]]
"""Makes a test of the text of a filter, or raises ``ValueError`` with what is wrong with it."""


def plain_filter() -> CompileFilter:
    """A compiler that looks for each word in the columns, ids, metadata and product names of an order.

    What was read from an order is kept between two texts, so that typing stays fast.
    """
    known: dict[str, tuple[Order, str]] = {}

    def words_of(order: Order) -> str:
        found = known.get(order.id)
        if found is None or found[0] is not order:
            found = known[order.id] = (order, _words(order))
        return found[1]

    def compile_filter(text: str) -> Callable[[Order], bool]:
        wanted = text.casefold().split()
        return lambda order: all(word in words_of(order) for word in wanted)

    return compile_filter


def _words(order: Order) -> str:
    metadata = order.metadata or {}
    parts = [shown.text(order) for shown in COLUMNS.values()]
    parts += [f"{key} {value}" for key, value in metadata.items()]
    return "\n".join(parts).casefold()
