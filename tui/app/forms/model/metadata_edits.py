"""Metadata in the form: the types of its values, and adding, renaming and removing keys."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from tui.orders.changes import ABSENT
from tui.orders.json_rules import JsonError, read_number
from tui.orders.paths import Path, value_at
from tui.orders.strict_json import read_json
from tui.orders.times import parse_time

from .document_edits import with_value
from .form_fields import LONGEST, InvalidValue, has_hidden
from .form_state import FormState

MetadataType = Literal["text", "number", "flag", "date", "list", "object", "empty"]
"""``date`` is a text with a date or time; ``empty`` is null."""

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
    """The type of a value."""
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
    """The text of a value in its field; ``None`` if a field of one line cannot represent it exactly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return None if len(text) > LONGEST or has_hidden(text) else text


def metadata_value(kind: MetadataType, text: str) -> Any:
    """Parse a typed text as a value of a type.

    Raises:
        InvalidValue: the text is not valid for the type.
    """
    return _READERS[kind](text)


def convert_value(value: Any, kind: MetadataType) -> tuple[Any, str]:
    """Convert a value to another type as closely as possible; return its text too.

    Raises:
        InvalidValue: the text is not valid for the new type.
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
            raise InvalidValue(str(error)) from None
    raise InvalidValue("must be a number like 12 or 12.5")


def _flag(text: str) -> bool:
    if text not in ("yes", "no"):
        raise InvalidValue("must be yes or no")
    return text == "yes"


def _date(text: str) -> str:
    if not _is_date(text.strip()):
        raise InvalidValue("must be a date like 2026-01-31 or a time like 2026-01-31T14:05:00Z")
    return text.strip()


def _list(text: str) -> list[Any]:
    typed = text.strip()
    if not typed.startswith("["):
        return [part.strip() for part in typed.split(",")] if typed else []
    value = _json(typed)
    if not isinstance(value, list):
        raise InvalidValue("must be a list like a, b, c or a JSON list")
    return value


def _object(text: str) -> dict[str, Any]:
    value = _json(text)
    if not isinstance(value, dict):
        raise InvalidValue('must be a JSON object like {"key": "value"}')
    return value


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except JsonError as error:
        raise InvalidValue(error.reason) from None


_READERS: dict[MetadataType, Any] = {
    "text": str,
    "number": _number,
    "flag": _flag,
    "date": _date,
    "list": _list,
    "object": _object,
    "empty": lambda _: None,
}


def metadata_entries(state: FormState, root: Path) -> dict[str, Any]:
    """The metadata at ``root``, in document order."""
    held = state.value(root)
    return held if isinstance(held, dict) else {}


def key_fault(state: FormState, root: Path, key: str, *, instead_of: str | None = None) -> str:
    """Why a key cannot be used; empty if it can."""
    if not key.strip():
        return "must not be empty"
    if key != instead_of and key in metadata_entries(state, root):
        return "exists already"
    return ""


def add_entry(state: FormState, root: Path, key: str, value: Any = "") -> FormState:
    """Add a key with a value."""
    return state.set_value((*root, key), value)


def rename_entry(state: FormState, root: Path, key: str, name: str) -> FormState:
    """Rename a key in place."""
    held = {name if at == key else at: value for at, value in metadata_entries(state, root).items()}
    before, after = (*root, key), (*root, name)
    typed = {after if path == before else path: text for path, text in state.typed.items()}
    return replace(state, document=with_value(state.document, root, held), typed=MappingProxyType(typed))


def remove_entry(state: FormState, root: Path, key: str) -> FormState:
    """Remove a key."""
    return state.set_value((*root, key), ABSENT)


def enter_value(state: FormState, path: Path, kind: MetadataType, text: str) -> FormState:
    """Parse a text as a value of a type; an invalid text is kept as typed."""
    was = value_at(state.origin, path)
    if was is not ABSENT and type_of(was) == kind and metadata_text(was) == text:
        return state.set_value(path, was)
    try:
        return state.set_value(path, metadata_value(kind, text))
    except InvalidValue as fault:
        return state.keep_text(path, text, str(fault), kind)


def entry_type(state: FormState, path: Path) -> MetadataType:
    """The type of the value at a path, or the chosen type while the typed text is invalid."""
    typed = state.typed.get(path)
    return cast("MetadataType", typed.kind) if typed and typed.kind else type_of(state.value(path))


def change_type(state: FormState, path: Path, kind: MetadataType) -> FormState:
    """Convert the value to another type as closely as possible."""
    value = state.value(path)
    typed = state.typed.get(path)
    was = value_at(state.origin, path)
    if was is not ABSENT and type_of(was) == kind:
        return state.set_value(path, was)
    try:
        made, _ = convert_value(typed.text if typed else value, kind)
    except InvalidValue as fault:
        text = typed.text if typed else metadata_text(value) or ""
        return state.keep_text(path, text, str(fault), kind)
    return state.set_value(path, made)


def removal_note(state: FormState, root: Path) -> str:
    """A note on keys removed from an existing order's metadata; empty if there are none."""
    if state.kind != "update":
        return ""
    before = value_at(state.origin, root)
    gone = (
        [key for key in before if key not in metadata_entries(state, root)]
        if isinstance(before, dict)
        else []
    )
    if not gone:
        return ""
    keys = "1 key" if len(gone) == 1 else f"{len(gone):,} keys"
    return f"{keys} removed here; the API may keep them. To clear a value, set its type to empty (null)."
