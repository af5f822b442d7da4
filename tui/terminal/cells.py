"""Width of text in terminal cells; fitting and cutting text to a width."""

from __future__ import annotations

import re
from functools import lru_cache

_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff]*\\Z")
"""Latin letters, dashes, quotation marks, arrows: one cell each, known without loading wcwidth's tables."""


@lru_cache(maxsize=16_384)
def cell_width(text: str) -> int:
    """Cells that visible text takes between two spaces; characters of unknown width count as one.

    Whether a combining mark takes a cell depends on the text before it, so the width of a line may differ
    from the sum of its parts.
    """
    if text.isascii() or _NARROW.match(text):
        return len(text)
    from wcwidth import wcswidth, wcwidth

    width = wcswidth(f" {text} ") - 2
    return width if width >= 0 else sum(max(1, wcwidth(character)) for character in text)


def fit(text: str, width: int, *, align: str = "left") -> str:
    """Cut or pad visible text to exactly ``width`` cells; text that was cut ends in ``…``."""
    taken = cell_width(text)
    if taken > width:
        text = cut(text, width)
        taken = cell_width(text)
    space = " " * (width - taken)
    return space + text if align == "right" else text + space


def cut(text: str, width: int) -> str:
    """The longest start of the text that fits in ``width`` cells, with ``…`` when something was cut."""
    if cell_width(text) <= width:
        return text
    if width <= 1:
        return "…" if width == 1 else ""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if cell_width(text[:middle]) <= width - 1:
            low = middle
        else:
            high = middle - 1
    return text[:low] + "…"
