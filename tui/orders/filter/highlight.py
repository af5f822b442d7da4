"""Colours for a filter while it is typed. Total: half-written and wrong texts have spans too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tui.orders.amounts import DECIMALS

from .fields import OPERATORS, Field, lookup
from .lexer import Kind, Token, tokens
from .nodes import Moment, Number, Range
from .operands import OperandError, read_operand
from .parser import SPELLINGS

SpanKind = Literal[
    "field", "operator", "value", "number", "date", "string", "word", "keyword", "group", "error"
]


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is of that kind."""

    start: int
    end: int
    kind: SpanKind


def highlight(text: str, *, decimals: int = DECIMALS) -> list[Span]:
    """The spans of a filter's text, in order, none overlapping, white space left out. Never raises."""
    found = tokens(text)
    unmatched = _unmatched(found)
    return [
        Span(token.start, token.end, "error" if at in unmatched or not token.closed else kind)
        for at, (token, kind) in enumerate(zip(found, _kinds(found, decimals), strict=True))
    ]


def _unmatched(found: list[Token]) -> set[int]:
    """The positions of parentheses without a partner."""
    opened: list[int] = []
    alone: set[int] = set()
    for at, token in enumerate(found):
        if token.kind is Kind.OPEN:
            opened.append(at)
        elif token.kind is Kind.CLOSE:
            if opened:
                opened.pop()
            else:
                alone.add(at)
    return alone | set(opened)


_PLAIN: dict[Kind, SpanKind] = {
    Kind.KEYWORD: "keyword",
    Kind.MINUS: "keyword",
    Kind.OPEN: "group",
    Kind.CLOSE: "group",
}


def _kinds(found: list[Token], decimals: int) -> Iterator[SpanKind]:
    name: Token | None = None
    sign = ""
    for token in found:
        match token.kind:
            case Kind.NAME:
                name, sign = token, ""
                yield _name_kind(token)
            case Kind.OPERATOR:
                yield _operator_kind(name, token.value) if not sign else "error"
                sign = token.value
            case Kind.COMMA:
                yield "operator" if name else "error"
            case Kind.VALUE:
                yield _value_kind(name, sign, token, decimals)
            case Kind.WORD:
                name, sign = None, ""
                yield "string" if token.quoted else "word"
            case kind:
                name, sign = None, ""
                yield _PLAIN[kind]


def _is_has(name: Token) -> bool:
    return name.value.lower() == "has"


def _name_kind(name: Token) -> SpanKind:
    if _is_has(name):
        return "keyword"
    return "field" if lookup(name.value) else "error"


def _operator_kind(name: Token | None, sign: str) -> SpanKind:
    if name is None:
        return "error"
    if _is_has(name):
        return "operator" if sign in (":", "=") else "error"
    field = lookup(name.value)
    known = field is None or (sign in SPELLINGS and SPELLINGS[sign][0] in OPERATORS[field.kind])
    return "operator" if known else "error"


def _value_kind(name: Token | None, sign: str, token: Token, decimals: int) -> SpanKind:
    if name is None:
        return "error"
    if _is_has(name):
        return "field" if lookup(token.value) else "error"
    field = lookup(name.value)
    if field is None or sign not in SPELLINGS:
        return "value"
    return _operand_kind(field, sign, token, decimals)


def _operand_kind(field: Field, sign: str, token: Token, decimals: int) -> SpanKind:
    try:
        operand = read_operand(field, SPELLINGS[sign][0], token.value, quoted=token.quoted, decimals=decimals)
    except OperandError:
        return "error"
    if isinstance(operand, Range):
        operand = operand.low
    if isinstance(operand, Number):
        return "number"
    if isinstance(operand, Moment):
        return "date"
    return "string" if token.quoted else "value"
