"""The tree of a filter. Symbolic: ``-7d`` stays ``-7d`` and ``12.50`` stays people's money.

``str()`` of a node is its canonical text, and parsing that text gives the node again. Each target (the
predicate, the server's export filters) is a function over these nodes in a module of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tui.orders.filter.syntax.moments import is_symbolic
from tui.orders.order import STATUSES

Operator = Literal[":", ">", ">=", "<", "<=", "~", "^=", "$="]

KEYWORDS = frozenset({"and", "or", "not"})

_BEGINS_AS_NUMBER = re.compile(r"[+-]?\d", re.ASCII)
_PART_OF_VALUE = re.compile(r"\d{3}(?:\.\d*)?\Z", re.ASCII)
_BARE_VALUE = re.compile(r"(?:[^\W_]|[_@+#/%&.-])(?:\w|[@+#/%&.:-])*\Z")
_BARE_WORD = re.compile(r"(?:[^\W_]|[_@+#/%&.])(?:\w|[@+#/%&.-])*\Z")
_BARE_KEY = re.compile(r"[\w-]+(?:\.[\w-]+)*\Z")


def quoted(text: str) -> str:
    """The text between double quotes, with backslashes before quotes and backslashes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True, slots=True)
class TextOperand:
    """A piece of text to compare with, as it is."""

    text: str

    def __str__(self) -> str:
        bare = _BARE_VALUE.match(self.text) and ".." not in self.text and self.text.lower() not in KEYWORDS
        # Without quotes a metadata value like today could also be the day, and is refused.
        return self.text if bare and not is_symbolic(self.text) else quoted(self.text)


@dataclass(frozen=True, slots=True)
class NumberOperand:
    """A number in people's notation: ``12.5`` of an amount is 12.50 in any currency."""

    value: Decimal

    def __str__(self) -> str:
        return format(self.value.normalize() if self.value else Decimal(0), "f")


@dataclass(frozen=True, slots=True)
class MomentOperand:
    """A date or time as written, absolute or relative (see ``moments``), in its canonical spelling."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class RangeOperand:
    """From ``low`` to ``high``, both included."""

    low: NumberOperand | MomentOperand
    high: NumberOperand | MomentOperand

    def __str__(self) -> str:
        return f"{self.low}..{self.high}"


Operand = TextOperand | NumberOperand | MomentOperand | RangeOperand


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty filter: every order."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class TextSearch:
    """Text to find, in any case, in ids, customer, products and metadata."""

    text: str

    def __str__(self) -> str:
        bare = _BARE_WORD.match(self.text) and self.text.lower() not in KEYWORDS
        # Behind a value these could be a part of it, and are refused without quotes.
        apart = not _PART_OF_VALUE.match(self.text) and self.text.upper() not in STATUSES
        return self.text if bare and apart else quoted(self.text)


@dataclass(frozen=True, slots=True)
class HasValue:
    """The order has a value in that field (its canonical name)."""

    field: str

    def __str__(self) -> str:
        return f"has:{TextOperand(self.field)}"


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """A field (its canonical name) compared with one of several operands; an ordering has exactly one."""

    field: str
    operator: Operator
    operands: tuple[Operand, ...]

    def __str__(self) -> str:
        # A comma with a space stands between values only; 12,50 could also be one number, and is refused.
        comma = ", " if any(map(_is_numeric, self.operands)) else ","
        return f"{field_text(self.field)}{self.operator}{comma.join(map(str, self.operands))}"


@dataclass(frozen=True, slots=True)
class Not:
    """The orders that ``part`` does not match, those without the value included."""

    part: Node

    def __str__(self) -> str:
        return f"-{_grouped(self.part, And, Or, Not)}"


@dataclass(frozen=True, slots=True)
class And:
    """Two or more parts that all match."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_grouped(part, And, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Two or more parts of which one at least matches."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(_grouped(part, Or) for part in self.parts)


Node = Everything | TextSearch | HasValue | FieldComparison | Not | And | Or


def field_text(name: str) -> str:
    """A field's canonical name as it is written in a filter: odd metadata keys between quotes."""
    prefix, dot, key = name.partition(".")
    return name if not dot or _BARE_KEY.match(key) else f"{prefix}.{quoted(key)}"


def _is_numeric(operand: Operand) -> bool:
    return isinstance(operand, NumberOperand | RangeOperand) or bool(
        isinstance(operand, TextOperand) and _BEGINS_AS_NUMBER.match(operand.text)
    )


def _grouped(part: Node, *kinds: type[Node]) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)
