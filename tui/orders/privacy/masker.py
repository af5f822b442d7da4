"""Makes masks: as wide as the value, the same for equal values in a session, and recognisable."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import shake_256

SIGN = "*"
"""What each word of a mask begins with."""

BLANKS = " \n\r\t"
"""Separators of words, which stay."""

LETTERS = "bcdfghjklmnpqrstvwxz"
"""The characters of masks: hardly a name or word has no vowel, and no number has a letter."""

_WORD = re.compile(f"[^{BLANKS}]+")
_MASKED = re.compile(rf"\{SIGN}[{LETTERS}]*(?:[{BLANKS}]+\{SIGN}[{LETTERS}]*)*\Z")
_LONG_MASK = re.compile(rf"(?<![\w{SIGN}])\{SIGN}[{LETTERS}]{{6,}}(?![\w{SIGN}])")
_TABLE = bytes(ord(LETTERS[number % len(LETTERS)]) for number in range(256))


class Masker:
    """Makes masks. Another key makes other masks; a mask shows nothing of the value but its width and spaces.

    Args:
        key: a secret of the session.
        width: cells that a text takes on the terminal as it is shown.
    """

    def __init__(self, key: bytes, width: Callable[[str], int]) -> None:
        self._key = key
        self._width = width

    def mask(self, text: str, *, attempt: int = 0) -> str:
        """The mask of a value, in ASCII; upper and lower case make no difference. Each attempt is another."""
        widths = [self._width(word) for word in _WORD.findall(text)]
        seed = (
            self._key
            + attempt.to_bytes(2, "big")
            + text.strip(BLANKS).lower().encode("utf-8", "surrogatepass")
        )
        letters = shake_256(seed).digest(max(1, sum(widths))).translate(_TABLE).decode("ascii")
        at = 0

        def word(_: re.Match[str]) -> str:
            nonlocal at
            width = widths.pop(0)
            at += width
            return (SIGN + letters[at - width + 1 : at])[:width]

        return _WORD.sub(word, text)

    def width(self, text: str) -> int:
        """Cells that a text takes."""
        return self._width(text)


def looks_masked(text: str) -> bool:
    """Whether a text is a mask or contains one; no real value looks like one."""
    if SIGN not in text:
        return False
    whole = len(text) > 3 and _MASKED.match(text.strip(BLANKS)) is not None
    return whole or _LONG_MASK.search(text) is not None
