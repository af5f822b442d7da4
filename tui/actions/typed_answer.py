"""Asking the person for a text in a plain line of the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.terminal.line_input import read_line
from tui.terminal.visible import visible

from .wish import GaveUp

if TYPE_CHECKING:
    from .wish import Wish


async def typed_answer(wish: Wish) -> str | None:
    """Put a question on stderr; ``None`` where stdin is no terminal, so that nobody can answer.

    Raises:
        GaveUp: the person ends the input, or interrupts.
    """
    if not sys.stdin.isatty():
        return None
    try:
        return read_line(f"{visible(wish.words)}: ", hidden=wish.hidden)
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")
        raise GaveUp from None
