"""The mask filter: covers known personal values that a widget shows without ``visible``."""

from __future__ import annotations

import re
from functools import cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.orders.privacy import Masks
from tui.orders.privacy.masks import MaskedSpan
from tui.terminal.cells import cell_width

UNMASKED_META = {"ordex_own": True}
"""Marks segments that show personal data on purpose: a revealed field, or the user's own input."""

_WORD = re.compile(r"[^\W\d_]+")


class MaskFilter(LineFilter):
    """Masks a line as a whole, since a value may lie over several segments; nothing on it moves.

    ``hits`` counts values that were masked here and not by the widget. The words of Ordex itself stay: a
    customer who is called Page does not take the word from the help.
    """

    def __init__(self, masks: Masks) -> None:
        super().__init__()
        self._masks = masks
        self.hits = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Pass the segments on, with masks in place of values."""
        del background
        text = "".join(_text(segment) for segment in segments)
        if not self._masks.covers(text):
            return segments
        shown = "".join("\0" * len(s.text) if _is_own(s) else _text(s) for s in segments)
        covers = [cover for cover in self._masks.covers(shown) if not _is_our_word(shown, cover)]
        if not covers:
            return segments
        self.hits += len(covers)
        return _covered(segments, covers)


def _covered(segments: list[Segment], covers: list[MaskedSpan]) -> list[Segment]:
    made: list[Segment] = []
    at = 0
    left = {cover: cover.mask for cover in covers}
    for segment in segments:
        text = _text(segment)
        parts: list[str] = []
        done = 0
        for cover in covers:
            start, end = max(cover.start - at, done), min(cover.end - at, len(text))
            if start < end:
                width = cell_width(text[start:end])
                parts += [text[done:start], left[cover][:width]]
                left[cover] = left[cover][width:]
                done = end
        at += len(text)
        made.append(Segment("".join([*parts, text[done:]]), segment.style) if parts else segment)
    return made


def _text(segment: Segment) -> str:
    return "" if segment.control else segment.text


def _is_own(segment: Segment) -> bool:
    style = segment.style
    return style is not None and bool(style._meta) and UNMASKED_META.keys() <= style.meta.keys()


def _is_our_word(text: str, cover: MaskedSpan) -> bool:
    return text[cover.start : cover.end].lower() in _interface_texts()


@cache
def _interface_texts() -> frozenset[str]:
    from tui.actions.catalogue import CATALOGUE
    from tui.orders.columns import COLUMNS
    from tui.orders.order import STATUSES

    lines = [f"{action.title} {action.help}" for action in CATALOGUE.values()]
    lines += [column.title for column in COLUMNS.values()] + list(STATUSES)
    return frozenset(word.lower() for words in lines for word in _WORD.findall(words))
