"""The root of every error that a user reads.

An error describes what happened in general: a message, a title and what to do next. What this run had done by
then (whether anything was sent, what exists now) only the run knows; ``tui.actions.failures`` adds it, in one
place. So no title and no hint of a class claims anything about the run.
"""

from __future__ import annotations

from enum import StrEnum, auto


class Category(StrEnum):
    """What an error is to a script. ``tui.actions.exit_codes`` has the exit code of each."""

    INPUT = auto()
    """Wrong usage, invalid input, a setting or a local file that cannot be used."""
    NOT_FOUND = auto()
    NOT_AUTHORISED = auto()
    REFUSED = auto()
    """Stopped by a guard: read-only, no confirmation."""
    CONFLICT = auto()
    RATE_LIMIT = auto()
    SERVICE = auto()
    """The network or the service failed."""
    PARTIAL = auto()
    """A part of the work was done."""
    UNEXPECTED = auto()


class OrdexError(Exception):
    """An error that a user reads.

    ``str(error)`` is what happened, ``title`` the same in a few words for a heading, ``hint`` what to do.
    Data of the service or of a file in them is not yet visible text: the code that shows it escapes it.
    """

    title: str = "This cannot be done"
    hint: str = ""
    category: Category = Category.INPUT

    def __init__(
        self,
        message: str = "",
        *,
        title: str | None = None,
        hint: str | None = None,
        category: Category | None = None,
    ) -> None:
        super().__init__(message or title or self.title)
        if title is not None:
            self.title = title
        if hint is not None:
            self.hint = hint
        if category is not None:
            self.category = category


def message_with_hint(error: Exception) -> str:
    """What happened and what to do, in one line."""
    hint = getattr(error, "hint", "")
    text = str(error)
    if not hint:
        return text
    return f"{text}{'' if text.endswith(('.', '!', '?', '…')) else '.'} {hint}"
