"""The ways in which one value may be written in a text: as it is, in JSON, in a URL, with signs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from unicodedata import normalize

_PLAIN = re.compile(r"[\w .,+-]+\Z", re.ASCII)

_APOSTROPHES = ("'\"'\"'", "'\\''")
"""How a shell's quoted word writes an apostrophe."""

LONGEST = 2000
"""Characters of a value whose spellings are worked out; a longer one is known as it is."""


def spellings(value: str, shown: Callable[[str], str]) -> set[str]:
    """Every spelling that a text of ours or the service's may hold.

    Args:
        value: as it came.
        shown: how it looks where characters that hide are written out.
    """
    if _PLAIN.match(value) or len(value) > LONGEST:
        return {value}
    found = {value, shown(value), json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
    if not value.isascii():
        found |= {normalize("NFC", value), normalize("NFD", value), ascii(value)[1:-1]}
    if "'" in value:
        found |= {spelling.replace("'", sign) for spelling in tuple(found) for sign in _APOSTROPHES}
    if " " not in value:
        found.add(_in_a_url(value))
    return found


def _in_a_url(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="", errors="replace")
