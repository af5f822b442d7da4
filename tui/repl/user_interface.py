"""The person at the other end, as verbs and the session see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.actions.prompts import Confirmation, Prompt


class UserInterface(Protocol):
    """Somebody, or nobody, who types lines and answers questions."""

    async def ask(self, question: Confirmation) -> bool:
        """Put a question; no answer is a no."""

    async def inquire(self, prompt: Prompt) -> str | None:
        """Ask for a text; ``None`` where nobody can answer.

        Raises:
            GaveUp: the person leaves the question unanswered.
        """

    def typed_lines(self) -> list[str]:
        """What was typed before, oldest first."""

    def clear(self) -> None:
        """Clear the screen."""
