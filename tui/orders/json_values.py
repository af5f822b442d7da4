"""JSON values: absence, equality, and how a value is shown."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Any, Final, Literal


class Absent(Enum):
    """The value of a field that is not there; null is another thing."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final[Literal[Absent.ABSENT]] = Absent.ABSENT


def json_equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: ``true`` is not 1, ``1`` is ``1.0``, key order means nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(json_equal(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(json_equal, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


_LIKE_JSON = re.compile(
    r"""(?ix) \s* | null | true | false | nan | [+-]?(?:infinity|inf) | ["'\[{] .*
    | [+-]? [\d.,_\ '\u00a0\u202f]* \d [\d.,_\ '\u00a0\u202f]* (?:e[+-]?\d+)? """,
    re.DOTALL,
)
"""A text that could be read as a number, a constant, a list, an object or nothing."""


def display_value(value: Any) -> str:
    """The value as text; a text that looks like another JSON value, or has outer spaces, is in quotes.

    ``null`` is null and ``"null"`` a text, ``5`` a number and ``"5"`` a text.
    """
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if _LIKE_JSON.fullmatch(value) or value != value.strip():
        return json.dumps(value, ensure_ascii=False)
    return value
