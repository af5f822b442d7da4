"""Compiles a filter to a condition in SQL over the columns of a copy.

The condition is true, false, or null for an order whose answer depends on parts that were not read yet. It
holds for regular orders; the predicate decides the others (see ``copy_rows``). What SQL cannot compare as the
predicate does is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tui.orders.exported_text import number_of
from tui.orders.filter import Filter
from tui.orders.filter.compiled import known_field
from tui.orders.filter.conditions import (
    Condition,
    EvaluationContext,
    Interval,
    OneOf,
    TextMatch,
    Within,
    conditions_of,
)
from tui.orders.filter.filter_fields import FieldKind, FilterableField
from tui.orders.filter.syntax.nodes import (
    And,
    Everything,
    FieldComparison,
    HasValue,
    Node,
    Not,
    Or,
    TextSearch,
)

from .copy_rows import FIELD_COLUMNS, SEPARATOR, CopyColumn, is_exact, is_storable

LARGEST = 2**100
"""Whole numbers beyond it are not compared in SQL."""

_NUMBERS = "DECIMAL(38,12)"


class NotExpressible(Exception):
    """The filter has a part that SQL does not compare as the predicate does."""


@dataclass(frozen=True, slots=True)
class SqlCondition:
    """A condition with ``?`` for each of its values; ``is_wide`` is whether it needs the view ``wide``."""

    text: str
    values: tuple[Any, ...] = ()
    is_wide: bool = False


def to_sql(source: Filter | None) -> SqlCondition:
    """Compile a filter; no filter is true.

    Raises:
        NotExpressible: SQL cannot say it exactly.
    """
    if source is None:
        return SqlCondition("true")
    compiler = _Compiler(source.setting)
    text = compiler.node(source.ast)
    return SqlCondition(text, tuple(compiler.values), compiler.is_wide)


class _Compiler:
    def __init__(self, setting: EvaluationContext) -> None:
        self.values: list[Any] = []
        self.is_wide = False
        self._setting = setting

    def node(self, node: Node) -> str:
        match node:
            case Not(part):
                return f"NOT {self.node(part)}"
            case And(parts) | Or(parts):
                junction = " AND " if isinstance(node, And) else " OR "
                return f"({junction.join(map(self.node, parts))})"
            case _:
                return self._leaf(node)

    def _leaf(self, node: Everything | TextSearch | HasValue | FieldComparison) -> str:
        match node:
            case Everything():
                return "true"
            case TextSearch(text):
                return self._search(text)
            case HasValue(name):
                return self._has(known_field(name))
            case FieldComparison(name):
                return self._comparison(node, known_field(name))

    def _search(self, text: str) -> str:
        wanted = text.casefold()
        if SEPARATOR in wanted:
            raise NotExpressible
        self.is_wide = True
        # What was not read may hold the text too.
        return f"CASE WHEN contains(search, {self._text(wanted)}) THEN true WHEN is_whole THEN false END"

    def _has(self, field: FilterableField) -> str:
        if field.kind is FieldKind.METADATA:
            return self._some_metadata(field, ())
        if field.name == "metadata":
            self.is_wide = True
            return "len(metadata_texts) > 0"
        column = self._column(field)
        if field.many:
            return _known(column, f"len({_name(column)}) > 0")
        if field.kind is FieldKind.COUNT or field.zero_is_missing:
            return _known(column, f"coalesce({_name(column)}, 0) <> 0")
        return _known(column, f"{_name(column)} IS NOT NULL")

    def _comparison(self, node: FieldComparison, field: FilterableField) -> str:
        conditions = conditions_of(node, field, self._setting)
        if field.kind is FieldKind.METADATA:
            return self._some_metadata(field, conditions)
        if field.name == "metadata":
            self.is_wide = True
            return self._some("metadata_texts", conditions)
        column = self._column(field)
        if field.many:
            return _known(column, self._some(_name(column), conditions))
        tests = self._any(self._of_value(_name(column), field, each) for each in conditions)
        return _known(column, f"coalesce({tests}, false)")

    def _column(self, field: FilterableField) -> CopyColumn:
        column = FIELD_COLUMNS[field.name]
        self.is_wide |= not column.is_narrow
        return column

    def _some(self, texts: str, conditions: tuple[Condition, ...]) -> str:
        """Whether one of several texts meets a condition."""
        tests = self._any(self._of_text("one", each) for each in conditions)
        return f"len(list_filter({texts}, lambda one: {tests})) > 0"

    def _some_metadata(self, field: FilterableField, conditions: tuple[Condition, ...]) -> str:
        """Whether one of the values of a metadata key meets a condition; without any, whether it has one."""
        self.is_wide = True
        test = f"each.path = {self._text(field.name.removeprefix('metadata.'))}"
        if conditions:
            tests = self._any(self._of_part(each) for each in conditions)
            test += f" AND len(list_filter(each.parts, lambda part: coalesce({tests}, false))) > 0"
        return f"len(list_filter(metadata_values, lambda each: {test})) > 0"

    def _of_part(self, condition: Condition) -> str:
        """A condition on one value in metadata: as a text, as a number or as a time."""
        if isinstance(condition, Within):
            if condition.unit == "time":
                return self._any(self._interval("part.time", each, _whole) for each in condition.intervals)
            return self._any(
                self._interval("part.number", each, self._number) for each in condition.intervals
            )
        if isinstance(condition, TextMatch):
            return self._of_text("part.text", condition)
        equal = [number for text in condition.texts if (number := number_of(text)) is not None]
        tests = [self._of_text("part.text", condition)]
        tests += [f"part.number = {self._number(number)}" for number in equal]
        return self._any(tests)

    def _of_value(self, name: str, field: FilterableField, condition: Condition) -> str:
        if isinstance(condition, Within):
            if field.kind is FieldKind.TIME:
                return self._any(self._span(name, each) for each in condition.intervals)
            return self._any(self._interval(name, each, _whole) for each in condition.intervals)
        return self._of_text(name, condition)

    def _of_text(self, name: str, condition: Condition) -> str:
        if isinstance(condition, Within):
            raise NotExpressible
        if isinstance(condition, OneOf):
            return f"{name} IN ({', '.join(map(self._text, condition.texts))})"
        if condition.how == "~":
            texts = (self._text(text.casefold()) for text in condition.texts)
            return self._any(f"contains(fold({name}), {text})" for text in texts)
        test = "starts_with" if condition.how == "^=" else "suffix"
        return self._any(f"{test}({name}, {self._text(text)})" for text in condition.texts)

    @staticmethod
    def _interval(name: str, interval: Interval, value: Callable[[int | Decimal], str]) -> str:
        equal = "" if interval.open else "="
        tests = []
        if interval.low is not None:
            tests.append(f"{name} >{equal} {value(interval.low)}")
        if interval.high is not None:
            tests.append(f"{name} <{equal} {value(interval.high)}")
        return f"({' AND '.join(tests)})"

    @staticmethod
    def _span(name: str, interval: Interval) -> str:
        """Milliseconds, of which a column has microseconds."""
        tests = []
        if interval.low is not None:
            tests.append(f"epoch_us({name}) >= {_whole(interval.low * 1000)}")
        if interval.high is not None:
            tests.append(f"epoch_us({name}) < {_whole((interval.high + 1) * 1000)}")
        return f"({' AND '.join(tests)})"

    @staticmethod
    def _number(number: Decimal | int) -> str:
        if not is_exact(number):
            raise NotExpressible
        return f"{Decimal(number):f}::{_NUMBERS}"

    @staticmethod
    def _any(tests: Iterable[str]) -> str:
        return f"({' OR '.join(tests)})"

    def _text(self, text: str) -> str:
        if not is_storable(text):
            raise NotExpressible
        self.values.append(text)
        return "?"


def _known(column: CopyColumn, test: str) -> str:
    return f"CASE WHEN is_whole THEN {test} END" if column.needs_document else test


def _name(column: CopyColumn) -> str:
    return f'"{column.name}"'


def _whole(number: int | Decimal) -> str:
    if number != int(number) or not -LARGEST < number < LARGEST:
        raise NotExpressible
    return str(int(number))
