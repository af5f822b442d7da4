"""Compiles a filter to a test of one order, made of closures.

A missing value matches nothing but a negation. A field with several values matches when one of them does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal

from tui.orders.amounts import DECIMALS
from tui.orders.exported_text import comparable_texts, exported_text, number_of
from tui.orders.filter.syntax.moments import is_symbolic, time_of
from tui.orders.filter.syntax.nodes import (
    And,
    Everything,
    FieldComparison,
    HasValue,
    MomentOperand,
    Node,
    Not,
    Or,
    RangeOperand,
    TextSearch,
)
from tui.orders.filter.syntax.parser import parse_node
from tui.orders.order import Order

from .conditions import Condition, EvaluationContext, Interval, OneOf, TextMatch, Within, conditions_of
from .filter_fields import FieldKind, FilterableField, lookup, searched

Predicate = Callable[[Order], bool]

_BETWEEN = "\0"
"""The separator of values that are searched together."""


def predicate(node: Node, setting: EvaluationContext) -> Predicate:
    """Compile the tree for orders seen from the setting's ``now``."""
    match node:
        case Not(part):
            inner = predicate(part, setting)
            return lambda order: not inner(order)
        case And(parts):
            return _every(tuple(predicate(part, setting) for part in parts))
        case Or(parts):
            return _any(tuple(predicate(part, setting) for part in parts))
        case _:
            return _leaf(node, setting)


def _leaf(
    node: Everything | TextSearch | HasValue | FieldComparison, setting: EvaluationContext
) -> Predicate:
    match node:
        case Everything():
            return lambda order: True
        case TextSearch(text):
            return _text_search(text)
        case HasValue(name):
            return _has(known_field(name))
        case FieldComparison(name):
            field = known_field(name)
            tests = tuple(_condition(field, each) for each in conditions_of(node, field, setting))
            return tests[0] if len(tests) == 1 else _any(tests)


def known_field(name: str) -> FilterableField:
    """The field of a tree that a parser or a test made.

    Raises:
        KeyError: the tree names a field that does not exist.
    """
    field = lookup(name)
    if field is None:
        raise KeyError(name)
    return field


def _every(parts: tuple[Predicate, ...]) -> Predicate:
    def test(order: Order) -> bool:
        for part in parts:  # noqa: SIM110 - a generator in all() costs half as much again
            if not part(order):
                return False
        return True

    return test


def _any(parts: tuple[Predicate, ...]) -> Predicate:
    def test(order: Order) -> bool:
        for part in parts:  # noqa: SIM110 - a generator in any() costs half as much again
            if part(order):
                return True
        return False

    return test


def _has(field: FilterableField) -> Predicate:
    read, key = field.read, field.key
    if field.many or field.kind is FieldKind.COUNT:
        return lambda order: bool(read(order))
    if key is None:
        return lambda order: read(order) is not None
    if field.zero_is_missing:
        return lambda order: exported_text(order.raw.get(key)) != "" and read(order) != 0
    return lambda order: exported_text(order.raw.get(key)) != ""


def _condition(field: FilterableField, condition: Condition) -> Predicate:
    read = field.read
    if field.kind is FieldKind.METADATA:
        test = _metadata_test(condition)
        return lambda order: any(map(test, comparable_texts(read(order))))
    if isinstance(condition, Within):
        return _within(read, condition.intervals)
    if isinstance(condition, OneOf):
        wanted = frozenset(condition.texts)
        if field.many:
            return lambda order: not wanted.isdisjoint(read(order))
        return lambda order: read(order) in wanted
    like = _like(condition)
    if field.many:
        return lambda order: any(map(like, read(order)))

    def one(order: Order) -> bool:
        value = read(order)
        return value is not None and like(value)

    return one


def _within(read: Callable[[Order], int | Decimal | None], intervals: tuple[Interval, ...]) -> Predicate:
    if len(intervals) == 1:
        holds = intervals[0].holds

        def test(order: Order) -> bool:
            value = read(order)
            return value is not None and holds(value)

        return test
    return lambda order: _inside(read(order), intervals)


def _like(condition: TextMatch) -> Callable[[str], bool]:
    texts = condition.texts
    if condition.how == "^=":
        return lambda value: value.startswith(texts)
    if condition.how == "$=":
        return lambda value: value.endswith(texts)
    folded = tuple(text.casefold() for text in texts)
    if len(folded) == 1:
        only = folded[0]
        return lambda value: only in value.casefold()
    return lambda value: any(text in value.casefold() for text in folded)


def _metadata_test(condition: Condition) -> Callable[[str], bool]:
    """The comparison with one text in metadata: as a text, as a number or as a time."""
    if isinstance(condition, Within):
        read: Callable[[str], int | Decimal | None] = time_of if condition.unit == "time" else number_of
        return lambda text: _inside(read(text), condition.intervals)
    if isinstance(condition, TextMatch):
        return _like(condition)
    texts = frozenset(condition.texts)
    numbers = frozenset(map(number_of, condition.texts)) - {None}
    if not numbers:
        return texts.__contains__
    return lambda text: text in texts or number_of(text) in numbers


def _inside(value: int | Decimal | None, intervals: tuple[Interval, ...]) -> bool:
    return value is not None and any(interval.holds(value) for interval in intervals)


def _text_search(text: str) -> Predicate:
    wanted = text.casefold()
    if _BETWEEN in wanted:
        return lambda order: any(wanted in value.casefold() for value in searched(order))
    # One search in all values together costs half of one search a value.
    return lambda order: wanted in _BETWEEN.join(searched(order)).casefold()


class Filter:
    """A filter ready to use.

    ``text`` is what was typed, ``ast`` the tree (its ``str()`` is the canonical text), ``matches`` the
    compiled predicate ``(order) -> bool``. Relative dates count from ``now``: ask ``at`` for the same
    filter at another time.
    """

    __slots__ = ("ast", "matches", "setting", "text")

    def __init__(self, ast: Node, setting: EvaluationContext, text: str | None = None) -> None:
        self.ast = ast
        self.setting = setting
        self.text = str(ast) if text is None else text
        self.matches: Predicate = predicate(ast, setting)

    def __repr__(self) -> str:
        return f"Filter({str(self.ast)!r})"

    @property
    def is_relative(self) -> bool:
        """Whether its matches change with time: it has a date such as ``today`` or ``-7d``."""
        return any(map(is_symbolic, _moments(self.ast)))

    def at(self, now: datetime) -> Filter:
        """The same filter with relative dates counted from another ``now`` (aware)."""
        return Filter(self.ast, EvaluationContext(now, self.setting.decimals), self.text)


def _moments(node: Node) -> Iterator[str]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _moments(part)
        case Not(part):
            yield from _moments(part)
        case FieldComparison():
            for operand in node.operands:
                ends = (operand.low, operand.high) if isinstance(operand, RangeOperand) else (operand,)
                yield from (end.text for end in ends if isinstance(end, MomentOperand))


def parse(text: str, *, now: datetime, decimals: int = DECIMALS) -> Filter:
    """Read a filter; the empty text matches every order.

    Args:
        text: the filter as typed.
        now: what relative dates count from; aware.
        decimals: of the account's money, since ``amount>=12.50`` is people's notation.

    Raises:
        FilterError: the text is not a filter; it points at the character.
    """
    return Filter(parse_node(text, decimals=decimals), EvaluationContext(now, decimals), text)
