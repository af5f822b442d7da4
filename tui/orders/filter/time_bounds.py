"""The times that a filter leaves open, so that reading the list can stop where nothing can match any more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Literal

from .conditions import Setting, Within, conditions_of
from .fields import Kind, lookup
from .language import Filter
from .nodes import And, Comparison, Node, Or

TimeField = Literal["created_at", "updated_at"]


@dataclass(frozen=True, slots=True)
class TimeBounds:
    """Milliseconds since 1970 (UTC), both included; ``None`` is no bound.

    Every order that the filter matches has a time within them, so an order without that time matches only
    where both are ``None``. ``first`` may be later than ``last``: then nothing matches.
    """

    first: int | None = None
    last: int | None = None

    def intersect(self, other: TimeBounds) -> TimeBounds:
        """The bounds of orders that lie within both."""
        firsts = [each for each in (self.first, other.first) if each is not None]
        lasts = [each for each in (self.last, other.last) if each is not None]
        return TimeBounds(max(firsts, default=None), min(lasts, default=None))

    def unite(self, other: TimeBounds) -> TimeBounds:
        """The bounds of orders that lie within one of them at least."""
        first = None if self.first is None or other.first is None else min(self.first, other.first)
        last = None if self.last is None or other.last is None else max(self.last, other.last)
        return TimeBounds(first, last)


def bounds_of(filter_: Filter, field: TimeField) -> TimeBounds:
    """The bounds that a filter sets on ``created_at`` or ``updated_at``, relative dates seen from its now."""
    return _bounds(filter_.ast, field, filter_.setting)


def _bounds(node: Node, field: TimeField, setting: Setting) -> TimeBounds:
    match node:
        case And(parts):
            return reduce(TimeBounds.intersect, (_bounds(part, field, setting) for part in parts))
        case Or(parts):
            return reduce(TimeBounds.unite, (_bounds(part, field, setting) for part in parts))
        case Comparison(name):
            return _of_comparison(node, name, field, setting)
        case _:  # a negation keeps the orders without the time, too
            return TimeBounds()


def _of_comparison(node: Comparison, name: str, field: TimeField, setting: Setting) -> TimeBounds:
    compared = lookup(name)
    if compared is None or compared.kind is not Kind.TIME or compared.export != field:
        return TimeBounds()
    found = [
        TimeBounds(
            None if interval.low is None else int(interval.low),
            None if interval.high is None else int(interval.high),
        )
        for condition in conditions_of(node, compared, setting)
        if isinstance(condition, Within)
        for interval in condition.intervals
    ]
    return reduce(TimeBounds.unite, found)
