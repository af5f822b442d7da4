"""Paths in a JSON document: ``items[0].quantity``, ``metadata["a.b"]``.

A path is a tuple of keys (text) and positions in a list (integers from 0); the root is the empty path. In
text, dots separate plain keys; any other key is in brackets and JSON quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from tui.errors import OrdexError
from tui.orders.json_values import ABSENT

Path = tuple[str | int, ...]

_BARE = re.compile(r"(?!.*[\u115f\u1160\u3164\uffa0])[^\W\d](?:[\w-]*\w)?\Z")
"""A plain key. Four letters of Hangul have no visible form, so a key with one of them is quoted."""
_BARE_RUN = re.compile(r'[^.\[\]"=\s]+')
_POSITION = re.compile(r"\[(\d{1,9})\]", re.ASCII)


class PathError(OrdexError, ValueError):
    """The text is not a path; the message gives the position of the fault and the right form."""

    title = "This is not a path"


def format_path(path: Iterable[str | int]) -> str:
    """Write a path as text that ``parse_path`` reads back to the same path."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        elif _BARE.match(part):
            written += f".{part}" if written else part
        else:
            written += f"[{json.dumps(part)}]"
    return written


def value_at(document: Any, path: Sequence[str | int]) -> Any:
    """The value at a path, or ``ABSENT``."""
    value = document
    for part in path:
        inside = part in value if isinstance(value, dict) else False
        if isinstance(value, list) and isinstance(part, int):
            inside = 0 <= part < len(value)
        if not inside:
            return ABSENT
        value = value[part]
    return value


def parse_path(text: str) -> Path:
    """Read a path.

    Raises:
        PathError: the text is empty or breaks the form.
    """
    path, end = scan_path(text)
    if end != len(text):
        raise _broken(text, end, "a dot, a bracket or the end was expected")
    return path


def scan_path(text: str) -> tuple[Path, int]:
    """Read the path that the text begins with; the number is where it ends, at an ``=`` or at the end.

    Raises:
        PathError: as for ``parse_path``.
    """
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        if text[at] == "[":
            part, at = _bracketed(text, at)
        elif parts and text[at] != ".":
            break
        else:
            part, at = _bare(text, at + 1 if parts else at)
        parts.append(part)
    if not parts:
        raise PathError("the path is empty; write one like status or items[0].quantity")
    return tuple(parts), at


def _bare(text: str, at: int) -> tuple[str, int]:
    found = _BARE_RUN.match(text, at)
    if text[at : at + 1] == '"':
        raise _broken(text, at, 'a quoted key needs brackets, like metadata["a.b"],')
    if not found:
        raise _broken(text, at, "a field's name was expected")
    return found.group(), found.end()


def _bracketed(text: str, at: int) -> tuple[str | int, int]:
    position = _POSITION.match(text, at)
    if position:
        return int(position.group(1)), position.end()
    if text[at + 1 : at + 2] != '"':
        raise _broken(text, at, 'brackets hold a position like [0] or a quoted key like ["a.b"]')
    try:
        key, end = json.JSONDecoder().raw_decode(text, at + 1)
    except ValueError:
        raise _broken(text, at, "the quoted key has no end") from None
    if text[end : end + 1] != "]":
        raise _broken(text, end, "the closing bracket is missing")
    return str(key), end + 1


def _broken(text: str, at: int, why: str) -> PathError:
    return PathError(f"“{text}” is not a path: {why} at character {at + 1}")
