"""The last step before the terminal: our own styles become colours, and nothing else acts on it.

While a result is written its styles are marks made of noncharacters, which ``visible`` lets through from no
data. Here every control character that is left is taken out and counted; the tests hold the count at zero.
"""

from __future__ import annotations

import re

_OPEN, _NAMED, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_NAMED}{_CLOSE}]*){_NAMED}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_STRAY = re.compile(f"[{_OPEN}{_NAMED}{_CLOSE}]")
_ACTS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def mark(text: str, style: str) -> str:
    """Paint a text with marks; ``Edge.clean`` makes colours of them.

    A style may be the API's text, such as a status: one that is no plain word is none of ours.
    """
    ours = style.isascii() and style.isalnum()
    return f"{_OPEN}{style}{_NAMED}{text}{_CLOSE}" if ours and text else text


class Edge:
    """Cleans what goes to the terminal. ``hits`` counts the characters that should not have come here."""

    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured
        self.hits = 0

    def clean(self, text: str) -> str:
        """The text in which only line ends and our own colours act."""
        text, hits = _ACTS.subn("", text)
        self.hits += hits
        return self._painted(text) if _OPEN in text else _STRAY.sub("", text)

    def _painted(self, text: str) -> str:
        from tui.actions.printing.table import painter

        paint = painter(coloured=self._coloured)
        return _STRAY.sub("", _MARK.sub(lambda match: paint(match.group(2), match.group(1)), text))
