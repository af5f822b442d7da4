"""A prompt of plain lines: for linear mode, dumb terminals and scripts. It writes no escape sequence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .prompt_texts import spoken_prompt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.actions.account_status import AccountStatus
    from tui.actions.prompts import Confirmation, Prompt
    from tui.orders.privacy import Masks


class PlainPrompt:
    """Reads lines without a line editor.

    Nothing else runs while the prompt waits, so it may block the event loop's thread, where an interrupt
    reaches it.
    """

    def __init__(self, note: Callable[[str], None], masks: Masks) -> None:
        self._note = note
        self._masks = masks
        self._typed: list[str] = []

    async def read(self, standing: Callable[[], AccountStatus], _: Path) -> str:
        """Read one logical line.

        Raises:
            EOFError: the user ends the input.
            KeyboardInterrupt: the user cancels the line.
        """
        text = _line(spoken_prompt(standing(), masked=self._masks.on))
        from tui.repl.line.statements import needs_more_input
        from tui.repl.line.vocabulary import rest_of_line

        while needs_more_input(text, rest_of_line):
            text += "\n" + _line("goes on> ")
        self._typed.append(text)
        return text

    async def ask(self, question: Confirmation) -> bool:
        """Ask a question on stderr; if stdin is not a terminal, the answer is no."""
        for detail in question.details:
            self._note(detail)
        if not sys.stdin.isatty():
            self._note(f"{question.spoken} Not asked because stdin is not a terminal: {question.beforehand}.")
            return False
        from tui.terminal.line_input import default_interrupt, discard_type_ahead
        from tui.terminal.visible import visible

        wanted = "y or n" if question.typed is None else f"type {visible(question.typed)} to confirm"
        try:
            with default_interrupt():
                _write(f"{visible(question.spoken)} ")
                await discard_type_ahead()
                answer = _line(f"{wanted}: ").strip()
        except (EOFError, KeyboardInterrupt):
            return False
        return answer.lower() in ("y", "yes") if question.typed is None else answer == question.typed

    async def inquire(self, prompt: Prompt) -> str | None:
        """Ask for a text in a line."""
        from tui.actions.prompts import prompt_in_terminal

        return await prompt_in_terminal(prompt)

    def typed_lines(self) -> list[str]:
        """The lines of this session."""
        return list(self._typed)

    def clear(self) -> None:
        """Do nothing: plain output has no screen."""


def _line(prompt: str) -> str:
    """Read a line without the line editor, which would write escape sequences."""
    _write(prompt)
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise EOFError
    return line.rstrip("\n")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
