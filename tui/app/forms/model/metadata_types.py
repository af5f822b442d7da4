"""The types of metadata values, as people choose them.

See ``docs/voucherify-api.md#items-metadata-and-null``.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, Literal, get_args

from tui.orders.json_rules import JsonError, read_number
from tui.orders.strict_json import read_json
from tui.orders.times import parse_time

from .texts import LONGEST, Unreadable, has_hidden

MetadataType = Literal["text", "number", "flag", "date", "list", "object", "empty"]
"""``date`` is a text that reads as a day or a time; ``empty`` is null."""

TYPES: tuple[MetadataType, ...] = get_args(MetadataType)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?\Z", re.ASCII)

HINTS: dict[MetadataType, str] = {
    "text": "",
    "number": "12.5",
    "flag": "",
    "date": "2026-01-31 or 2026-01-31T14:05:00Z",
    "list": "a, b, c or [1, 2]",
    "object": '{"key": "value"}',
    "empty": "null: the key is kept without a value",
}


def type_of(value: Any) -> MetadataType:
    """The type of a value as it stands."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "date" if _is_date(value) else "text"
    return "list" if isinstance(value, list) else "object"


def metadata_text(value: Any) -> str | None:
    """The text of a value in its field; ``None`` when a line cannot hold it exactly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return None if len(text) > LONGEST or has_hidden(text) else text


def metadata_value(kind: MetadataType, text: str) -> Any:
    """The value of a type that a typed text means.

    Raises:
        Unreadable: with what it must be.
    """
    return _READERS[kind](text)


def converted(value: Any, kind: MetadataType) -> tuple[Any, str]:
    """A value and its text after its type was changed: as near to what stood there as the type allows.

    What cannot be read as the new type leaves a text that says so when it is checked.
    """
    text = metadata_text(value)
    text = (value if isinstance(value, str) else "") if text is None else text
    if kind == "flag":
        return text.strip().lower() in ("yes", "true", "1"), text
    if kind == "object" and not text.strip().startswith("{"):
        text = "{}"
    if kind == "list" and isinstance(value, dict):
        text = json.dumps([value], ensure_ascii=False)
    return metadata_value(kind, text), text


def _is_date(text: str) -> bool:
    if _DAY.match(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return False
        return True
    return bool(_MOMENT.match(text)) and parse_time(text) is not None


def _number(text: str) -> int | float:
    typed = text.strip()
    if _NUMBER.match(typed) and len(typed) < 100:
        try:
            return read_number(typed)
        except ValueError as error:
            raise Unreadable(str(error)) from None
    raise Unreadable("must be a number like 12 or 12.5")


def _flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise Unreadable("must be yes or no")
    return text == "yes"


def _date(text: str) -> str:
    if not _is_date(text.strip()):
        raise Unreadable("must be a date like 2026-01-31 or a time like 2026-01-31T14:05:00Z")
    return text.strip()


def _list(text: str) -> list[Any]:
    typed = text.strip()
    if not typed.startswith("["):
        return [part.strip() for part in typed.split(",")] if typed else []
    value = _json(typed)
    if not isinstance(value, list):
        raise Unreadable("must be a list like a, b, c or a JSON list")
    return value


def _object(text: str) -> dict[str, Any]:
    value = _json(text)
    if not isinstance(value, dict):
        raise Unreadable('must be a JSON object like {"key": "value"}')
    return value


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except JsonError as error:
        raise Unreadable(error.reason) from None


_READERS: dict[MetadataType, Any] = {
    "text": str,
    "number": _number,
    "flag": _flag,
    "date": _date,
    "list": _list,
    "object": _object,
    "empty": lambda _: None,
}
