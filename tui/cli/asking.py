"""Asking the person at the terminal; where there is none, the answer is no."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.terminal.visible import visible

from .invocation import narrate

if TYPE_CHECKING:
    from tui.actions.desk import Question


async def ask(question: Question) -> bool:
    """Put a question on stderr and read the answer from the terminal."""
    for detail in question.details:
        narrate(detail)
    if not sys.stdin.isatty():
        narrate(f"{question.asked} Not asked, since stdin is no terminal: {question.beforehand}.")
        return False
    if question.typed is None:
        sys.stderr.write(f"{visible(question.asked)} [y/N] ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    sys.stderr.write(f"{visible(question.asked)} Type {visible(question.typed)} to go on: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == question.typed


def read_input() -> str:
    """Standard input to its end."""
    return sys.stdin.read()
