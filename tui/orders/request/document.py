"""From typed or pasted text to a document: JSON, with the place of what is wrong."""

from __future__ import annotations

import json
from typing import Any

from tui.orders.api_object import ApiDocument

from .faults import FieldFault, InvalidFields, shown_value

LONGEST_NUMBER = 400
"""Digits of a whole number; no amount has more."""


def read_document(text: str) -> ApiDocument:
    """Read one JSON object, as a file, an editor or the clipboard gives it.

    A key that stands twice is refused, since one of its values would be lost.

    Raises:
        InvalidFields: the text is not JSON, with line and column, or not one object.
    """
    try:
        document = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        said = f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise InvalidFields([FieldFault("", said)]) from None
    except RecursionError:
        raise InvalidFields([FieldFault("", "is nested too deeply to be read")]) from None
    except ValueError as error:
        raise InvalidFields([FieldFault("", str(error))]) from None
    if not isinstance(document, dict):
        raise InvalidFields([FieldFault("", "must be one JSON object", shown_value(document))])
    return document


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"names {shown_value(twice)} twice; one of the values would be lost")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"holds {name}, which is no JSON number")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"holds a number of {len(digits)} digits")
    return int(digits)
