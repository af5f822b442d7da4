"""Orders that a filter cannot judge: the value that it compares is there, but is no amount, count or time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .fields import Field, Kind, lookup
from .nodes import And, Comparison, Node, Not, Or

if TYPE_CHECKING:
    from tui.orders.order import Order

    from .language import Filter

_READ = (Kind.AMOUNT, Kind.TIME, Kind.COUNT)


def unreadable_for(filter_: Filter) -> Callable[[Order], str | None]:
    """A test that names the field of an order which the filter compares and cannot read; ``None`` if none."""
    fields = tuple(_compared(filter_.ast))

    def test(order: Order) -> str | None:
        for field in fields:
            if order.raw.get(field.key or "") not in (None, "") and field.read(order) is None:
                return field.name
        return None

    return test


def skipped_words(names: Sequence[str]) -> str:
    """How many orders a filter skipped, by the names that the test gave; empty if it skipped none."""
    if not names:
        return ""
    fields = ", ".join(dict.fromkeys(names))
    if len(names) == 1:
        return f"1 order was skipped: its {fields} cannot be read"
    return f"{len(names):,} orders were skipped: their {fields} cannot be read"


def _compared(node: Node) -> list[Field]:
    match node:
        case Not(part):
            return _compared(part)
        case And(parts) | Or(parts):
            return list(dict.fromkeys(field for part in parts for field in _compared(part)))
        case Comparison(name):
            field = lookup(name)
            return [field] if field is not None and field.key is not None and field.kind in _READ else []
        case _:
            return []
