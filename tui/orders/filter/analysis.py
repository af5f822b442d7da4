"""What a filter reads: its time bounds, the export columns it needs, values that it cannot read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Literal

from tui.orders.filter.syntax.nodes import And, Everything, FieldComparison, HasValue, Node, Not, Or

from .compiled import Filter
from .conditions import EvaluationContext, Within, conditions_of
from .filter_fields import FieldKind, FilterableField, lookup

if TYPE_CHECKING:
    from tui.orders.order import Order


TimeField = Literal["created_at", "updated_at"]


@dataclass(frozen=True, slots=True)
class TimeBounds:
    """Milliseconds since 1970 (UTC), both included; ``None`` is not a bound.

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


def _bounds(node: Node, field: TimeField, setting: EvaluationContext) -> TimeBounds:
    match node:
        case And(parts):
            return reduce(TimeBounds.intersect, (_bounds(part, field, setting) for part in parts))
        case Or(parts):
            return reduce(TimeBounds.unite, (_bounds(part, field, setting) for part in parts))
        case FieldComparison(name):
            return _of_comparison(node, name, field, setting)
        case _:  # a negation keeps the orders without the time, too
            return TimeBounds()


def _of_comparison(
    node: FieldComparison, name: str, field: TimeField, setting: EvaluationContext
) -> TimeBounds:
    compared = lookup(name)
    if compared is None or compared.kind is not FieldKind.TIME or compared.export != field:
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


@dataclass(frozen=True, slots=True)
class RequiredColumns:
    """``columns`` are fields that an export can hold; ``beyond`` are parts that no export can answer.

    A metadata key with dots may be a path into a nested object, which the column of its first part holds.
    """

    columns: frozenset[str]
    beyond: tuple[str, ...]


def required_columns(filter_: Filter) -> RequiredColumns:
    """What a filter reads (exportable fields: ``docs/voucherify-api.md#export-files``)."""
    columns: set[str] = set()
    beyond: list[str] = []
    for leaf in _leaves(filter_.ast):
        name = leaf.field if isinstance(leaf, FieldComparison | HasValue) else None
        field = lookup(name) if name else None
        if field is not None and field.kind is FieldKind.METADATA:
            head, dot, _ = field.name.removeprefix("metadata.").partition(".")
            columns.update({field.name, f"metadata.{head}"} if dot and head else {field.name})
        elif field is None or field.export is None:
            beyond.append(str(leaf))
        else:
            columns.add(field.export)
    return RequiredColumns(frozenset(columns), tuple(beyond))


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, Everything):
        return []
    if isinstance(node, Not):
        return _leaves(node.part)
    if isinstance(node, And | Or):
        return [leaf for part in node.parts for leaf in _leaves(part)]
    return [node]


_READ = (FieldKind.AMOUNT, FieldKind.TIME, FieldKind.COUNT)


def unreadable_field_test(filter_: Filter) -> Callable[[Order], str | None]:
    """A test that names the field of an order which the filter compares and cannot read; ``None`` if none."""
    fields = tuple(_compared(filter_.ast))

    def test(order: Order) -> str | None:
        for field in fields:
            if order.raw.get(field.key or "") not in (None, "") and field.read(order) is None:
                return field.name
        return None

    return test


def describe_skipped(names: Sequence[str]) -> str:
    """How many orders a filter skipped, by the names that the test gave; empty if it skipped none."""
    if not names:
        return ""
    fields = ", ".join(dict.fromkeys(names))
    if len(names) == 1:
        return f"1 order was skipped: its {fields} cannot be read"
    return f"{len(names):,} orders were skipped: their {fields} cannot be read"


def _compared(node: Node) -> list[FilterableField]:
    match node:
        case Not(part):
            return _compared(part)
        case And(parts) | Or(parts):
            return list(dict.fromkeys(field for part in parts for field in _compared(part)))
        case FieldComparison(name):
            field = lookup(name)
            return [field] if field is not None and field.key is not None and field.kind in _READ else []
        case _:
            return []
