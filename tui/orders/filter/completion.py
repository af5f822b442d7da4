"""Completion of filters: what could be typed next, ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from tui.orders.exported_text import comparable_texts, meaning_of
from tui.orders.filter.syntax.lexer import Token, TokenKind, tokens
from tui.orders.filter.syntax.moments import CALENDAR, resolve
from tui.orders.filter.syntax.nodes import TextOperand, field_text
from tui.orders.filter.syntax.operands import KNOWN_STATUSES
from tui.orders.order import Order

from .filter_fields import FIELDS, OPERATORS, FieldKind, FilterableField, lookup

MAX_SUGGESTIONS = 50
"""How many suggestions are given at once."""

SuggestionKind = Literal["field", "operator", "value", "date", "keyword"]

_RELATIVE = ("-1h", "-24h", "-7d", "-30d", "-3mo", "-1y")
_KEYWORDS = {
    "has:": "a field has a value",
    "or": "either of two conditions",
    "not": "leave out what follows",
}
_OPERATOR_HELP = {
    ":": "is, is one of, lies within",
    ">": "more, later",
    ">=": "from",
    "<": "less, earlier",
    "<=": "up to",
    "~": "contains, in any case",
    "^=": "begins with",
    "$=": "ends with",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text`` replaces the input from ``start`` to the cursor; ``display`` is the text of the list.

    Texts come from the account's data: make them visible before showing them.
    """

    text: str
    start: int
    display: str
    kind: SuggestionKind
    help: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    name: str
    kind: SuggestionKind
    help: str = ""


def complete(
    text: str, cursor: int, *, values: Mapping[str, Sequence[str]], now: datetime
) -> list[Suggestion]:
    """Suggestions for the cursor, the likeliest first, at most ``MAX_SUGGESTIONS``.

    Args:
        text: the filter as typed so far.
        cursor: the position in it, in characters.
        values: values seen, by canonical field name (``customer``, ``metadata.channel``), the likeliest
            first; its ``metadata.…`` names are the metadata keys known.
        now: what the dates of the suggestions are explained from; aware.
    """
    cursor = max(0, min(cursor, len(text)))
    typed = tokens(text[:cursor])
    last = typed[-1] if typed else None
    if last is None:
        return _ranked(_terms(values, ""), "", cursor)
    touching = last.end == cursor
    if last.kind in (TokenKind.OPERATOR, TokenKind.COMMA):
        return _values(typed, "", cursor, values, now)
    if last.kind is TokenKind.VALUE and touching:
        return [] if last.quoted and last.closed else _values(typed, last.value, last.start, values, now)
    if last.kind in (TokenKind.WORD, TokenKind.KEYWORD) and touching:
        return [] if last.quoted else _term(last, cursor, values)
    return _ranked(_terms(values, ""), "", cursor)


def _term(token: Token, cursor: int, values: Mapping[str, Sequence[str]]) -> list[Suggestion]:
    """A word under the cursor: the operators if it is a field, and the fields that it may become.

    A metadata key that was not seen is more likely the beginning of one that was.
    """
    field = lookup(token.value)
    operators = OPERATORS[field.kind] if field else ()
    signs = [Suggestion(sign, cursor, sign, "operator", _OPERATOR_HELP[sign]) for sign in operators]
    terms = _ranked(_terms(values, token.value), token.value, token.start)
    unseen = field is not None and field.kind is FieldKind.METADATA and field.name not in values
    return (terms + signs if unseen else signs + terms)[:MAX_SUGGESTIONS]


def _terms(values: Mapping[str, Sequence[str]], prefix: str) -> Iterable[_Candidate]:
    for field in FIELDS.values():
        yield _field_candidate(field)
        for alias in field.aliases:
            yield _Candidate(_opened(field), alias, "field", field.help)
    for name in _matching((name for name in values if name.startswith("metadata.")), prefix):
        yield _Candidate(f"{field_text(name)}:", name, "field", _help(name))
    for keyword, help_ in _KEYWORDS.items():
        yield _Candidate(keyword, keyword, "keyword", help_)


def _field_candidate(field: FilterableField) -> _Candidate:
    return _Candidate(_opened(field), field.name, "field", field.help)


def _opened(field: FilterableField) -> str:
    """The field's name with the operator that it is used with most."""
    ordered = field.kind in (FieldKind.AMOUNT, FieldKind.COUNT, FieldKind.TIME)
    return field_text(field.name) + (">=" if ordered else ":")


def _values(
    typed: list[Token], prefix: str, start: int, values: Mapping[str, Sequence[str]], now: datetime
) -> list[Suggestion]:
    name = next((token for token in reversed(typed) if token.kind is TokenKind.NAME), None)
    if name is None:
        return []
    if name.value.lower() == "has":
        known = [*FIELDS, *_matching((key for key in values if key.startswith("metadata.")), prefix)]
        return _ranked(
            (_Candidate(str(TextOperand(key)), key, "field", _help(key)) for key in known), prefix, start
        )
    field = lookup(name.value)
    if field is None:
        return []
    if field.kind is FieldKind.STATUS:
        return _ranked((_Candidate(status, status, "value") for status in KNOWN_STATUSES), prefix, start)
    if field.kind is FieldKind.TIME:
        return _ranked(_dates(now, typed), prefix, start)
    seen = _matching(values.get(field.name, ()), prefix)
    return [Suggestion(str(TextOperand(value)), start, value, "value") for value in seen]


def _help(name: str) -> str:
    field = lookup(name)
    return field.help if field else ""


def _dates(now: datetime, typed: list[Token]) -> Iterable[_Candidate]:
    """Dates by name; the relative ones only where an instant is allowed."""
    operator = next(token.value for token in reversed(typed) if token.kind is TokenKind.OPERATOR)
    within = operator in (":", "=", "!=", "==")
    for name in (*CALENDAR, *(() if within else _RELATIVE)):
        span = resolve(name, now)
        if not (within and span.pointlike):
            moment = datetime.fromtimestamp(span.start / 1000, UTC)
            yield _Candidate(name, name, "date", f"from {moment:%Y-%m-%d %H:%M}")
    month = now.astimezone(UTC)
    yield _Candidate(f"{month:%Y-%m-%d}", f"{month:%Y-%m-%d}", "date", "the day")
    yield _Candidate(f"{month:%Y-%m}", f"{month:%Y-%m}", "date", "the month")


def _matching(known: Iterable[str], prefix: str) -> list[str]:
    """Those that begin with the prefix, then those that contain it, in the order given."""
    wanted = prefix.casefold()
    first: list[str] = []
    second: list[str] = []
    for value in known:
        folded = value.casefold()
        if folded.startswith(wanted):
            first.append(value)
            if len(first) == MAX_SUGGESTIONS:
                break
        elif len(second) < MAX_SUGGESTIONS and wanted in folded:
            second.append(value)
    return (first + second)[:MAX_SUGGESTIONS]


def _ranked(candidates: Iterable[_Candidate], prefix: str, start: int) -> list[Suggestion]:
    """Candidates that begin with the prefix, then those that contain it; each text once."""
    wanted = prefix.casefold()
    first: dict[str, Suggestion] = {}
    second: dict[str, Suggestion] = {}
    for candidate in candidates:
        name = candidate.name.casefold()
        if wanted in name:
            rank = first if name.startswith(wanted) else second
            rank.setdefault(
                candidate.text,
                Suggestion(candidate.text, start, candidate.name, candidate.kind, candidate.help),
            )
    second = {text: found for text, found in second.items() if text not in first}
    return [*first.values(), *second.values()][:MAX_SUGGESTIONS]


LONGEST = 80
"""The most characters of a suggested value."""

DEPTH = 4
"""The depth to which nested metadata is read."""

_GATHERED = tuple(
    field
    for field in FIELDS.values()
    if field.kind is FieldKind.TEXT and field.name not in ("item", "metadata", "mismatch", "problems")
)


class SeenValues(Mapping[str, Sequence[str]]):
    """Values by canonical field name, the most frequent first; metadata by ``metadata.KEY``.

    Nested metadata is under its path. Values that are long or hold characters that do not print are left
    out. An order counts once, by its id.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._sorted: dict[str, tuple[str, ...]] = {}
        self._known: set[str] = set()

    def unseen(self, orders: Iterable[Order]) -> list[Order]:
        """Orders whose values were not added yet."""
        return [order for order in orders if order.id not in self._known]

    def add(self, orders: Iterable[Order]) -> None:
        """Add the values of these orders."""
        for order in self.unseen(orders):
            self._known.add(order.id)
            for field in _GATHERED:
                found = field.read(order)
                for value in found if isinstance(found, tuple) else (found,):
                    self._count(field.name, value)
            if order.metadata:
                self._add_metadata("metadata", order.metadata)

    def _add_metadata(self, name: str, value: Any, depth: int = 0) -> None:
        meaning = meaning_of(value)
        if isinstance(meaning, dict) and depth < DEPTH:
            for key, inner in meaning.items():
                self._add_metadata(f"{name}.{key}", inner, depth + 1)
        else:
            for text in comparable_texts(meaning):
                self._count(name, text)

    def _count(self, name: str, value: str | None) -> None:
        if value and len(value) <= LONGEST and value.isprintable() and name.isprintable():
            self._counts.setdefault(name, Counter())[value] += 1
            self._sorted.pop(name, None)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        found = self._sorted.get(name)
        if found is None:
            counts = self._counts[name]
            found = self._sorted[name] = tuple(sorted(counts, key=counts.__getitem__, reverse=True))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)
