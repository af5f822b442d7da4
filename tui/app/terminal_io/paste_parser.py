"""Pasted text stays text: escape sequences in it are not read as keys.

Textual reads the escape sequences within a bracketed paste too, and passes those that it does not know on as
keys: a text with a colour code in it pressed its letters. ``XTermParser``, which the driver makes, is a
semi-private seam of Textual: the version is capped in ``pyproject.toml``, and tests hold it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"

INTRODUCERS = "[O]"
"""Signs that continue a sequence after its escape, also when the terminal's text is cut between the two."""


class PasteParser(XTermParser):
    """Textual's parser of terminal input, which gets no escape within a paste except the one at its end."""

    def __init__(self, debug: bool = False) -> None:
        self._filter = PasteFilter()
        self._escape_waits = False
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Read what the terminal sent; an empty text is its end.

        A terminal sends alt and a key at once. An escape received alone, a moment before, was the escape key:
        Textual would combine the two to an alt key without a binding, and both keys would be lost.
        """
        kept = self._filter.take(data) if data else ""
        if not kept and data:
            return
        # Without a time to wait until, the escape became a key already.
        still_waits = self._escape_waits and self._timeout_time is not None
        if still_waits and kept and kept[0] not in INTRODUCERS:
            self._timeout_time = 0.0
            yield from self.tick()
        self._escape_waits = kept.endswith("\x1b")
        yield from super().feed(kept)


class PasteFilter:
    """Takes the escapes out of pastes, however what the terminal sends is cut into pieces."""

    def __init__(self) -> None:
        self._within = False
        self._before = ""
        self._held = ""

    def take(self, data: str) -> str:
        """The part of the next piece to pass on; a possible beginning of the end of a paste waits."""
        rest, self._held = self._held + data, ""
        kept = []
        while rest:
            part, rest = self._pasted(rest) if self._within else self._typed(rest)
            kept.append(part)
        return "".join(kept)

    def _typed(self, text: str) -> tuple[str, str]:
        seen = self._before + text
        at = seen.find(START)
        if at < 0:
            self._before = seen[1 - len(START) :]
            return text, ""
        self._within = True
        end = at + len(START) - len(self._before)
        self._before = ""
        return text[:end], text[end:]

    def _pasted(self, text: str) -> tuple[str, str]:
        at = text.find(END)
        if at >= 0:
            self._within = False
            return text[:at].replace("\x1b", "") + END, text[at + len(END) :]
        held = next((n for n in range(len(END) - 1, 0, -1) if text.endswith(END[:n])), 0)
        self._held = text[len(text) - held :]
        return text[: len(text) - held].replace("\x1b", ""), ""


def with_paste_parser(driver: type[Driver]) -> type[Driver]:
    """The driver, which from now on reads the terminal in this way."""
    for name in (driver.__module__, "textual.drivers.win32"):
        module: Any = sys.modules.get(name)
        if hasattr(module, XTermParser.__name__):
            module.XTermParser = PasteParser
    return driver
