"""What a person is asked to type, on any surface where somebody can."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """One question with a text for an answer.

    ``default`` is what an empty answer means; ``choices`` are told with the question. What is typed to a
    ``hidden`` one is shown nowhere and kept in no history.
    """

    text: str
    default: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def words(self) -> str:
        """The question as it is put, before the colon."""
        told = f" ({', '.join(self.choices)})" if self.choices else ""
        return f"{self.text}{told}" + (f" [{self.default}]" if self.default and not self.hidden else "")

    def answered(self, typed: str) -> str:
        """What was typed means this."""
        return typed.strip() or self.default


class GaveUp(Exception):
    """The person leaves the questions unanswered."""


async def nobody(_: Wish) -> str | None:
    """Where nobody can be asked."""
    return None
