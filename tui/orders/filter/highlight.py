"""Highlighting of a filter while it is typed. Never fails: incomplete and wrong texts have spans too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tui.orders.amounts import DECIMALS
from tui.orders.filter.syntax.error import FilterError
from tui.orders.filter.syntax.lexer import Token, TokenKind, tokens
from tui.orders.filter.syntax.nodes import MomentOperand, NumberOperand, RangeOperand
from tui.orders.filter.syntax.operands import OperandError, read_operand
from tui.orders.filter.syntax.parser import SPELLINGS, parse_node

from .filter_fields import OPERATORS, FilterableField, lookup

HighlightKind = Literal[
    "field", "operator", "value", "number", "date", "string", "word", "keyword", "group", "error"
]


@dataclass(frozen=True, slots=True)
class FilterSpan:
    """``text[start:end]`` has this kind."""

    start: int
    end: int
    kind: HighlightKind


def highlight(text: str, *, decimals: int = DECIMALS) -> list[FilterSpan]:
    """The spans of a filter's text, in order, none overlapping, white space left out. Never raises."""
    found = tokens(text)
    unmatched = _unmatched(found)
    return [
        FilterSpan(token.start, token.end, "error" if at in unmatched or not token.closed else kind)
        for at, (token, kind) in enumerate(zip(found, _kinds(found, decimals), strict=True))
    ]


def _unmatched(found: list[Token]) -> set[int]:
    """The positions of parentheses without a partner."""
    opened: list[int] = []
    alone: set[int] = set()
    for at, token in enumerate(found):
        if token.kind is TokenKind.OPEN:
            opened.append(at)
        elif token.kind is TokenKind.CLOSE:
            if opened:
                opened.pop()
            else:
                alone.add(at)
    return alone | set(opened)


_PLAIN: dict[TokenKind, HighlightKind] = {
    TokenKind.KEYWORD: "keyword",
    TokenKind.MINUS: "keyword",
    TokenKind.OPEN: "group",
    TokenKind.CLOSE: "group",
}


def _kinds(found: list[Token], decimals: int) -> Iterator[HighlightKind]:
    name: Token | None = None
    sign = ""
    for token in found:
        match token.kind:
            case TokenKind.NAME:
                name, sign = token, ""
                yield _name_kind(token)
            case TokenKind.OPERATOR:
                yield _operator_kind(name, token.value) if not sign else "error"
                sign = token.value
            case TokenKind.COMMA:
                yield "operator" if name else "error"
            case TokenKind.VALUE:
                yield _value_kind(name, sign, token, decimals)
            case TokenKind.WORD:
                name, sign = None, ""
                yield "string" if token.quoted else "word"
            case kind:
                name, sign = None, ""
                yield _PLAIN[kind]


def _is_has(name: Token) -> bool:
    return name.value.lower() == "has"


def _name_kind(name: Token) -> HighlightKind:
    if _is_has(name):
        return "keyword"
    return "field" if lookup(name.value) else "error"


def _operator_kind(name: Token | None, sign: str) -> HighlightKind:
    if name is None:
        return "error"
    if _is_has(name):
        return "operator" if sign in (":", "=") else "error"
    field = lookup(name.value)
    known = field is None or (sign in SPELLINGS and SPELLINGS[sign][0] in OPERATORS[field.kind])
    return "operator" if known else "error"


def _value_kind(name: Token | None, sign: str, token: Token, decimals: int) -> HighlightKind:
    if name is None:
        return "error"
    if _is_has(name):
        return "field" if lookup(token.value) else "error"
    field = lookup(name.value)
    if field is None or sign not in SPELLINGS:
        return "value"
    return _operand_kind(field, sign, token, decimals)


def _operand_kind(field: FilterableField, sign: str, token: Token, decimals: int) -> HighlightKind:
    try:
        operand = read_operand(field, SPELLINGS[sign][0], token.value, quoted=token.quoted, decimals=decimals)
    except OperandError:
        return "error"
    if isinstance(operand, RangeOperand):
        operand = operand.low
    if isinstance(operand, NumberOperand):
        return "number"
    if isinstance(operand, MomentOperand):
        return "date"
    return "string" if token.quoted else "value"


_ENDINGS = (
    "",
    "1",
    "9",
    "000",
    "x",
    "paid",
    "id:1",
    " id:1",
    'x"',
    '":x',
    "01",
    "01-01",
    "d",
    "today",
    "customer",
)
"""Endings to try: a value of each kind, a condition, the end of a quote."""


def is_filter_prefix(text: str) -> bool:
    """Whether some short ending makes the text a filter; a filter itself is one already.

    So a text that is only unfinished is not marked as an error while it is typed.
    """
    closings = {"", ")" * max(0, text.count("(") - text.count(")"))}
    return any(_is_filter(text + ending + closing) for closing in closings for ending in _ENDINGS)


def _is_filter(text: str) -> bool:
    try:
        parse_node(text, decimals=DECIMALS)
    except FilterError:
        return False
    return True
