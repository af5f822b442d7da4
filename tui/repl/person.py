"""The person at the other end, as verbs and the session see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.actions.desk import Question


class Person(Protocol):
    """Somebody, or nobody, who types lines and answers questions."""

    async def ask(self, question: Question) -> bool:
        """Put a question; no answer is a no."""

    def typed_lines(self) -> list[str]:
        """What was typed before, oldest first."""

    def clear(self) -> None:
        """Clear the screen."""
