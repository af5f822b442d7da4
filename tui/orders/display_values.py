"""JSON values as people read them: texts without quotes, unless they could be taken for something else."""

from __future__ import annotations

import json
import re
from typing import Any

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
