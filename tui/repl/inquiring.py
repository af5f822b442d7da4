"""Asking the person for a text in a prompt of the terminal's kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.wish import GaveUp
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from prompt_toolkit.output.color_depth import ColorDepth

    from tui.actions.wish import Wish


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
