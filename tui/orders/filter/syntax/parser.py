"""From tokens to the tree, or to an error that points.

filter   = [ either ]
either   = all { "or" all }
all      = part { ["and"] part }
part     = ( "-" | "not" ) part | "(" either ")" | "has:" fields | field operator operands | words
operands = operand { "," operand }
"""

from __future__ import annotations

from dataclasses import replace

from tui.orders.filter.filter_fields import OPERATORS, FieldKind, FilterableField, lookup, nearest
from tui.orders.filter.syntax.date_corrections import explain_split_time, with_decimal_point
from tui.orders.filter.syntax.error import FilterError, shorten
from tui.orders.filter.syntax.filter_refusals import (
    NUMERIC,
    explain_list_or_number,
    explain_split_value,
    explain_unknown_field,
    read_as_one_number,
)
from tui.orders.filter.syntax.lexer import Token, TokenKind, tokens
from tui.orders.filter.syntax.nodes import (
    KEYWORDS,
    And,
    Everything,
    FieldComparison,
    HasValue,
    Node,
    Not,
    Operand,
    Operator,
    Or,
    TextSearch,
    field_text,
)
from tui.orders.filter.syntax.operands import OperandError, read_operand

DEEPEST = 50
"""How many parentheses and negations may stand inside each other."""

SPELLINGS: dict[str, tuple[Operator, bool]] = {
    ":": (":", False),
    "=": (":", False),
    "==": (":", False),
    "!=": (":", True),
    "~": ("~", False),
    "!~": ("~", True),
    "^=": ("^=", False),
    "$=": ("$=", False),
    ">": (">", False),
    ">=": (">=", False),
    "<": ("<", False),
    "<=": ("<=", False),
}
"""Each way to write an operator: the operator, and whether the comparison is negated."""

_TURNED = {"=>": ">=", "=<": "<="}
_OTHER_QUOTES = ("'", "‘", "’", "“", "”", "„", "«", "`")


def parse_node(text: str, *, decimals: int) -> Node:
    """Read a filter's text into its tree; no text is ``Everything``.

    Raises:
        FilterError: the text is not a filter.
    """
    return _Parser(text, decimals).whole()


class _Parser:
    def __init__(self, text: str, decimals: int) -> None:
        self.text = text
        self.decimals = decimals
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0
        self.compared: tuple[FilterableField, Token] | None = None
        """The field of the last comparison, and its last value."""

    def whole(self) -> Node:
        if not self.tokens:
            return Everything()
        node = self._either()
        rest = self._peek()
        if rest is not None:
            raise self._error("this parenthesis closes nothing", rest)
        return node

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _peek_is(self, kind: TokenKind, value: str | None = None) -> bool:
        token = self._peek()
        return token is not None and token.kind is kind and (value is None or token.value == value)

    def _error(self, message: str, at: Token | None, suggestion: str | None = None) -> FilterError:
        start, end = (at.start, at.end) if at else (len(self.text), len(self.text))
        return FilterError(message, text=self.text, position=start, length=end - start, suggestion=suggestion)

    def _either(self) -> Node:
        parts = [self._all()]
        while self._peek_is(TokenKind.KEYWORD, "or"):
            self.at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._part()]
        while (token := self._peek()) and token.kind is not TokenKind.CLOSE:
            if token.kind is TokenKind.KEYWORD and token.value == "or":
                break
            if token.kind is TokenKind.KEYWORD and token.value == "and":
                self.at += 1
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Node:
        token = self._peek()
        if token is None:
            before = self.tokens[self.at - 1]
            raise self._error(
                f"something is missing after {shorten(self.text[before.start : before.end])}", None
            )
        self._check_apart(token)
        self.at += 1
        if token.kind is TokenKind.MINUS or (token.kind is TokenKind.KEYWORD and token.value == "not"):
            return self._negated(token)
        if token.kind is TokenKind.OPEN:
            return self._group(token)
        if token.kind is TokenKind.NAME:
            return self._has() if token.value.lower() == "has" else self._comparison(token)
        if token.kind is TokenKind.WORD:
            return self._text_search(token)
        messages = {
            TokenKind.KEYWORD: (f"“{token.value}” between two conditions needs quotes to be searched for"),
            TokenKind.CLOSE: "a condition is missing before this parenthesis",
            TokenKind.OPERATOR: f"a field is missing before {token.value}",
        }
        raise self._error(messages.get(token.kind, "this comma is outside a list of values"), token)

    def _check_apart(self, token: Token) -> None:
        """Two terms that touch are a quoting mistake, not two conditions."""
        before = self.tokens[self.at - 1] if self.at else None
        if before and before.end == token.start and token.kind is not TokenKind.CLOSE:
            terms = (TokenKind.VALUE, TokenKind.WORD, TokenKind.KEYWORD)
            if before.kind in terms and not (
                before.kind is TokenKind.KEYWORD and token.kind is TokenKind.OPEN
            ):
                raise self._error("put a space before this, or quotes around the whole value", token)

    def _deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(f"more than {DEEPEST} parentheses and negations inside each other", token)

    def _negated(self, token: Token) -> Node:
        following = self._peek()
        if following is None or (token.kind is TokenKind.MINUS and following.start != token.end):
            raise self._error("write what to leave out right after the minus", token)
        self._deeper(token)
        part = self._part()
        self.depth -= 1
        return Not(part)

    def _group(self, token: Token) -> Node:
        self._deeper(token)
        if self._peek_is(TokenKind.CLOSE):
            raise self._error("these parentheses are empty", token)
        node = self._either()
        if not self._peek_is(TokenKind.CLOSE):
            raise self._error("this parenthesis is never closed", token)
        self.at += 1
        self.depth -= 1
        return node

    def _text_search(self, token: Token) -> Node:
        self._check_closed(token)
        if not token.value.strip():
            raise self._error("there is nothing between these quotes to search for", token)
        self._check_apart_from_value(token)
        if not token.quoted and (token.value.startswith("*") or token.value.endswith("*")):
            raise self._error(
                "words need no wildcards, they are found anywhere", token, token.value.strip("*") or None
            )
        return TextSearch(token.value)

    def _check_apart_from_value(self, token: Token) -> None:
        """A word after a value may be meant as a part of it."""
        if token.quoted:
            return
        self._check_quote(token)
        if self.compared is not None and self.tokens[self.at - 2] is self.compared[1]:
            field, value = self.compared
            if not value.quoted and (reason := explain_split_value(field.kind, value.value, token.value)):
                raise self._error(reason, token)

    def _check_quote(self, token: Token) -> None:
        if token.value.startswith(_OTHER_QUOTES):
            raise self._error(f'text is quoted with " and not with {token.value[0]}', token)

    def _check_closed(self, token: Token) -> None:
        if not token.closed:
            raise self._error("this quote is never closed", token)

    def _has(self) -> Node:
        operator = self.tokens[self.at]
        self.at += 1
        if operator.value not in (":", "="):
            raise self._error("has takes a field after a colon, like has:discount", operator, ":")
        fields: list[Node] = [
            HasValue(self._field(token).name) for token in self._values(operator, "has takes a field")
        ]
        return fields[0] if len(fields) == 1 else Or(tuple(fields))

    def _field(self, token: Token) -> FilterableField:
        field = lookup(token.value)
        if field is not None:
            return field
        if reason := explain_unknown_field(token.value):
            raise self._error(reason, token)
        close = nearest(token.value)
        advice = "" if close else "; put quotes around text to search for it"
        raise self._error(
            f"there is no field {shorten(token.value)}{advice}", token, close and field_text(close)
        )

    def _comparison(self, name: Token) -> Node:
        field = self._field(name)
        token = self.tokens[self.at]
        self.at += 1
        operator, negated = self._operator(field, token)
        values = self._values(token, f"{field.name} takes {field.kind.value}")
        self._check_list(field, operator, values)
        operands = tuple(self._operand(field, operator, token, value) for value in values)
        self._check_time_behind(field, values[-1])
        comparison = FieldComparison(field.name, operator, operands)
        self.compared = field, values[-1]
        return Not(comparison) if negated else comparison

    def _check_list(self, field: FilterableField, operator: Operator, values: list[Token]) -> None:
        """Commas stand between values; one that may be within a number is refused."""
        whole = replace(values[0], end=values[-1].end)
        written = self.text[whole.start : whole.end]
        number = None
        if field.kind in NUMERIC and not any(value.quoted for value in values):
            number = read_as_one_number(written, cents=field.kind is not FieldKind.COUNT)
        if operator in (">", ">=", "<", "<=") and len(values) > 1:
            if field.kind is FieldKind.TIME:
                raise self._error(
                    f"{operator} takes one date, without commas", whole, with_decimal_point(written)
                )
            raise self._error(f"{operator} takes one value; write a number without commas", whole, number)
        if number is not None:
            text = field.kind is FieldKind.METADATA
            raise self._error(explain_list_or_number(written, number, may_be_text=text), whole)

    def _check_time_behind(self, field: FilterableField, value: Token) -> None:
        """A time behind a day and a space would be read as a field or a word of its own."""
        if value.quoted or field.kind not in (FieldKind.TIME, FieldKind.METADATA):
            return
        if found := explain_split_time(value.value, self.text[value.end :]):
            message, suggestion, length = found
            raise self._error(message, replace(value, end=value.end + length), suggestion)

    def _operator(self, field: FilterableField, token: Token) -> tuple[Operator, bool]:
        if token.value in _TURNED:
            raise self._error(f"there is no operator {token.value}", token, _TURNED[token.value])
        operator, negated = SPELLINGS[token.value]
        known = OPERATORS[field.kind]
        if operator not in known:
            other = {"~": ":", "^=": ":", "$=": ":"}.get(operator)
            raise self._error(
                f"{field.name} is {field.kind.value} and takes {' '.join(known)}, not {token.value}",
                token,
                other,
            )
        return operator, negated

    def _values(self, operator: Token, wanted: str) -> list[Token]:
        """The comma-separated values after an operator, at least one."""
        values: list[Token] = []
        before = operator
        while True:
            token = self._peek()
            if token is None or token.kind is not TokenKind.VALUE:
                raise self._error(f"a value is missing here; {wanted}", token or before)
            self._check_value(before, token)
            values.append(token)
            self.at += 1
            if not self._peek_is(TokenKind.COMMA):
                return values
            before = self.tokens[self.at]
            self.at += 1

    def _check_value(self, before: Token, token: Token) -> None:
        self._check_closed(token)
        if token.quoted:
            return
        if token.value.lower() in KEYWORDS:
            raise self._error(
                f"a value is missing before “{token.value}”; quote it if it is the value", token
            )
        self._check_quote(token)
        if token.value[0] in ":=<>~" and before.value in (":", "="):
            spelling = next(s for s in (*_TURNED, ">=", "<=", *":=<>~") if token.value.startswith(s))
            raise FilterError(
                f"two operators, {before.value} and {spelling}, follow each other",
                text=self.text,
                position=before.start,
                length=token.start + len(spelling) - before.start,
                suggestion=_TURNED.get(spelling, spelling),
            )

    def _operand(self, field: FilterableField, operator: Operator, sign: Token, token: Token) -> Operand:
        try:
            return read_operand(field, operator, token.value, quoted=token.quoted, decimals=self.decimals)
        except OperandError as error:
            start = sign.start if error.replaces_operator else token.start
            raise FilterError(
                str(error),
                text=self.text,
                position=start,
                length=token.end - start,
                suggestion=error.suggestion,
            ) from error
