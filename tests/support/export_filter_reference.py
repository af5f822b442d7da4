"""The server's export filters evaluated from ``voucherify-api.md`` 4.4 alone, plain and slow.

What that text leaves open about metadata is a choice of the caller: the server may compare a number or a
truth value as it is, or as text ("unknown metadata is treated as string in filters", 2.4).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def export_matches(filters: dict[str, Any] | None, document: dict[str, Any], *, as_text: bool) -> bool:
    """Whether an export with these filters has the order."""
    if not filters:
        return True
    entries = {field: entry for field, entry in filters.items() if field != "junction"}
    results = [
        all(
            _holds(operator, operands, _value(field, document, as_text=as_text))
            for operator, operands in entry["conditions"].items()
        )
        for field, entry in entries.items()
    ]
    return any(results) if filters.get("junction", "and").lower() == "or" else all(results)


def _value(field: str, document: dict[str, Any], *, as_text: bool) -> Any:
    if not field.startswith("metadata."):
        return document.get(field)
    value = (document.get("metadata") or {}).get(field.removeprefix("metadata."))
    return _as_text(value) if as_text else value


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(element) for element in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None or isinstance(value, str) else str(value)


def _holds(operator: str, operands: Any, value: Any) -> bool:
    wanted = operands if isinstance(operands, list) else [operands]
    if operator == "$has_value":
        return value is not None
    if operator == "$is_unknown":
        return value is None
    if operator in ("$is_not", "$not_in"):
        return value is None or not _any_equal(value, wanted)
    if value is None:
        return False
    if operator in ("$is", "$in"):
        return _any_equal(value, wanted)
    tests = {
        "$contains": lambda text, piece: piece in text,
        "$starts_with": lambda text, piece: text.startswith(piece),
        "$ends_with": lambda text, piece: text.endswith(piece),
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
