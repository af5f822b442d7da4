"""The server's export filters evaluated from ``docs/voucherify-api.md#export-filters`` alone, plain and slow.

What that text leaves open is a choice of the caller, a ``Reading``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any, Literal


@dataclass(frozen=True)
class Reading:
    """A way to read what the text leaves open.

    ``metadata`` may be compared as it is, element by element as text, or a list as the JSON of it.
    ``negations_match_missing`` is whether ``$is_not`` lets an order without the value through.
    """

    metadata: Literal["typed", "elements", "json"] = "typed"
    negations_match_missing: bool = True
    minds_case: bool = True


READINGS = [
    Reading(metadata, missing, case)
    for metadata, missing, case in product(("typed", "elements", "json"), (True, False), (True, False))
]


def export_matches(
    filters: dict[str, Any] | None, document: dict[str, Any], reading: Reading = READINGS[0]
) -> bool:
    """Whether an export with these filters has the order."""
    if not filters:
        return True
    entries = {field: entry for field, entry in filters.items() if field != "junction"}
    results = [
        all(
            _holds(operator, operands, _value(field, document, reading), reading)
            for operator, operands in entry["conditions"].items()
        )
        for field, entry in entries.items()
    ]
    return any(results) if filters.get("junction", "and").lower() == "or" else all(results)


def _value(field: str, document: dict[str, Any], reading: Reading) -> Any:
    if not field.startswith("metadata."):
        return document.get(field)
    value = (document.get("metadata") or {}).get(field.removeprefix("metadata."))
    if reading.metadata == "json" and isinstance(value, list | dict):
        return json.dumps(value)
    return value if reading.metadata == "typed" else _as_text(value)


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(element) for element in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None or isinstance(value, str) else str(value)


def _holds(operator: str, operands: Any, value: Any, reading: Reading) -> bool:
    wanted = operands if isinstance(operands, list) else [operands]
    if operator in ("$has_value", "$is_unknown"):
        return (value is None) == (operator == "$is_unknown")
    if value is None:
        return operator in ("$is_not", "$not_in") and reading.negations_match_missing
    if operator in ("$is_not", "$not_in"):
        return not _any_equal(value, wanted)
    if operator in ("$is", "$in"):
        return _any_equal(value, wanted)
    texts = {
        "$contains": lambda text, piece: piece in text,
        "$starts_with": lambda text, piece: text.startswith(piece),
        "$ends_with": lambda text, piece: text.endswith(piece),
    }
    if operator in texts:
        fold = (lambda text: text) if reading.minds_case else str.casefold
        found = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]
        return any(texts[operator](fold(each), fold(operand)) for each in found for operand in wanted)
    tests = {
        "$more_than": lambda number, bound: number > bound,
        "$more_than_equal": lambda number, bound: number >= bound,
        "$less_than": lambda number, bound: number < bound,
        "$less_than_equal": lambda number, bound: number <= bound,
        "$after": lambda time, bound: _time(time) > _time(bound),
        "$before": lambda time, bound: _time(time) < _time(bound),
    }
    return any(tests[operator](value, operand) for operand in wanted)


def _any_equal(value: Any, wanted: list[Any]) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(type(one) is type(other) and one == other for one in values for other in wanted)


def _time(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
