"""Where a value is in a JSON document: paths, how they are written, what is there."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from tui.orders.json_values import ABSENT
from tui.terminal.visible import hidden_characters

Path = tuple[str | int, ...]
"""Keys and positions from the root; the root itself is the empty path."""


_BARE_KEY = re.compile(r"[^\W\d][\w-]*\Z")


def lookup(document: Any, path: Sequence[str | int]) -> Any:
    """The value at the path, or ``ABSENT``."""
    value = document
    for step in path:
        inside = step in value if isinstance(value, dict) else False
        if isinstance(value, list) and isinstance(step, int):
            inside = 0 <= step < len(value)
        if not inside:
            return ABSENT
        value = value[step]
    return value


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it: ``items[0].product.name``; other keys as ``metadata["a b"]``."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]"
        elif _BARE_KEY.match(step) and not hidden_characters(step):
            written += f".{step}" if written else step
        else:
            written += f"[{json.dumps(step)}]"
    return written


def pointer(path: Sequence[str | int]) -> str:
    """A path as a JSON pointer (RFC 6901): ``/items/0/product/name``.

    Hidden characters in keys are written as JSON escapes, the RFC's own form inside JSON text.
    """
    return "".join("/" + _safe(str(step)).replace("~", "~0").replace("/", "~1") for step in path)


def _safe(key: str) -> str:
    return json.dumps(key)[1:-1] if hidden_characters(key) else key
