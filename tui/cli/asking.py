"""Asking the person at the terminal; where there is none, the answer is no."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.terminal.line_input import discard_type_ahead
from tui.terminal.visible import visible

from .invocation import narrate

if TYPE_CHECKING:
    from tui.actions.prompts import Confirmation


async def ask(question: Confirmation) -> bool:
    """Put a question on stderr and read the answer from the terminal.

    What to type follows the question when it accepts an answer: keys typed before that are dropped.
    """
    for detail in question.details:
        narrate(detail)
    if not sys.stdin.isatty():
        narrate(f"{question.asked} Not asked, since stdin is no terminal: {question.beforehand}.")
        return False
    _write(f"{visible(question.asked)} ")
    await discard_type_ahead()
    if question.typed is None:
        _write("[y/N] ")
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    _write(f"Type {visible(question.typed)} to confirm: ")
    return sys.stdin.readline().strip() == question.typed


def read_input() -> str:
    """Standard input to its end."""
    return sys.stdin.read()


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
