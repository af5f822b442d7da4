"""What could be typed next: pure, quick, ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from .fields import FIELDS, OPERATORS, Field, lookup
from .fields import Kind as FieldKind
from .lexer import Kind, Token, tokens
from .moments import CALENDAR, resolve
from .nodes import Text, field_text
from .operands import KNOWN_STATUSES

MOST = 50
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
    """``text`` takes the place of what stands from ``start`` to the cursor; ``display`` is what is listed.

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
    """Suggest what could stand at the cursor, the likeliest first, at most ``MOST``.

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
    if last.kind in (Kind.OPERATOR, Kind.COMMA):
        return _values(typed, "", cursor, values, now)
    if last.kind is Kind.VALUE and touching:
        return [] if last.quoted and last.closed else _values(typed, last.value, last.start, values, now)
    if last.kind in (Kind.WORD, Kind.KEYWORD) and touching:
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
    return (terms + signs if unseen else signs + terms)[:MOST]


def _terms(values: Mapping[str, Sequence[str]], prefix: str) -> Iterable[_Candidate]:
    for field in FIELDS.values():
        yield _field_candidate(field)
        for alias in field.aliases:
            yield _Candidate(_opened(field), alias, "field", field.help)
    for name in _matching((name for name in values if name.startswith("metadata.")), prefix):
        yield _Candidate(f"{field_text(name)}:", name, "field", _help(name))
    for keyword, help_ in _KEYWORDS.items():
        yield _Candidate(keyword, keyword, "keyword", help_)


def _field_candidate(field: Field) -> _Candidate:
    return _Candidate(_opened(field), field.name, "field", field.help)


def _opened(field: Field) -> str:
    """The field's name with the operator that it is used with most."""
    ordered = field.kind in (FieldKind.AMOUNT, FieldKind.COUNT, FieldKind.TIME)
    return field_text(field.name) + (">=" if ordered else ":")


def _values(
    typed: list[Token], prefix: str, start: int, values: Mapping[str, Sequence[str]], now: datetime
) -> list[Suggestion]:
    name = next((token for token in reversed(typed) if token.kind is Kind.NAME), None)
    if name is None:
        return []
    if name.value.lower() == "has":
        known = [*FIELDS, *_matching((key for key in values if key.startswith("metadata.")), prefix)]
        return _ranked((_Candidate(str(Text(key)), key, "field", _help(key)) for key in known), prefix, start)
    field = lookup(name.value)
    if field is None:
        return []
    if field.kind is FieldKind.STATUS:
        return _ranked((_Candidate(status, status, "value") for status in KNOWN_STATUSES), prefix, start)
    if field.kind is FieldKind.TIME:
        return _ranked(_dates(now, typed), prefix, start)
    seen = _matching(values.get(field.name, ()), prefix)
    return [Suggestion(str(Text(value)), start, value, "value") for value in seen]


def _help(name: str) -> str:
    field = lookup(name)
    return field.help if field else ""


def _dates(now: datetime, typed: list[Token]) -> Iterable[_Candidate]:
    """Dates by name; the relative ones only where an instant can stand."""
    operator = next(token.value for token in reversed(typed) if token.kind is Kind.OPERATOR)
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
    """Those that begin with the prefix, then those that contain it, in the order given, at most ``MOST``."""
    wanted = prefix.casefold()
    first: list[str] = []
    second: list[str] = []
    for value in known:
        folded = value.casefold()
        if folded.startswith(wanted):
            first.append(value)
            if len(first) == MOST:
                break
        elif len(second) < MOST and wanted in folded:
            second.append(value)
    return (first + second)[:MOST]


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
    return [*first.values(), *second.values()][:MOST]
