"""The user, as seen by commands and the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.actions.prompts import Confirmation, Prompt


class UserInterface(Protocol):
    """Answers questions, if there is a user to ask."""

    async def ask(self, question: Confirmation) -> bool:
        """Ask a question; no answer means no."""

    async def inquire(self, prompt: Prompt) -> str | None:
        """Ask for a text; ``None`` if there is no user to ask.

        Raises:
            PromptCancelled: the user cancels the question.
        """

    def typed_lines(self) -> list[str]:
        """The lines typed earlier, oldest first."""

    def clear(self) -> None:
        """Clear the screen."""
