"""Asking the person for a text in a session: in plain lines, or in a prompt of the terminal's kind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.actions.wish import GaveUp
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from prompt_toolkit.output.color_depth import ColorDepth

    from tui.actions.wish import Wish


async def plain_answer(wish: Wish) -> str | None:
    """Ask in a line; ``None`` where stdin is no terminal, so that nobody can answer.

    Raises:
        GaveUp: the person ends the input, or interrupts.
    """
    from tui.terminal.asking import typed_line

    if not sys.stdin.isatty():
        return None
    try:
        return typed_line(f"{visible(wish.words)}: ", hidden=wish.hidden)
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")
        raise GaveUp from None


async def toolkit_answer(wish: Wish, depth: ColorDepth | None) -> str:
    """Ask in a prompt of its own, which has no history.

    Raises:
        GaveUp: the person ends the input, or interrupts.
    """
    from prompt_toolkit import PromptSession

    asking: PromptSession[str] = PromptSession(color_depth=depth)
    try:
        return await asking.prompt_async([("", f"{visible(wish.words)}: ")], is_password=wish.hidden)
    except (EOFError, KeyboardInterrupt):
        raise GaveUp from None
