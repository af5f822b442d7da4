"""The exit codes. They are part of the public interface: their meaning never changes."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from tui.errors import Category, OrdexError

if TYPE_CHECKING:
    from .failures import RunFacts


class ExitCode(IntEnum):
    """The result of a command, for scripts."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_FOUND = 3
    NOT_AUTHORISED = 4
    REFUSED = 5
    CONFLICT = 6
    RATE_LIMIT = 7
    NETWORK = 8
    PARTIAL = 9
    INTERRUPTED = 130


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done",
    ExitCode.UNEXPECTED: "unexpected error",
    ExitCode.USAGE: "wrong usage or invalid input; nothing was sent",
    ExitCode.NOT_FOUND: "not found",
    ExitCode.NOT_AUTHORISED: "not authorised",
    ExitCode.REFUSED: "refused: read-only, or not confirmed",
    ExitCode.CONFLICT: "conflict: the order was changed by somebody else",
    ExitCode.RATE_LIMIT: "rate limit, or budget used up",
    ExitCode.NETWORK: "network error, or the service failed or refused what was sent",
    ExitCode.PARTIAL: "partial: some rows were rejected, or a change had only some of its effects",
    ExitCode.INTERRUPTED: "interrupted",
}


_CODES: dict[Category, ExitCode] = {
    Category.INPUT: ExitCode.USAGE,
    Category.NOT_FOUND: ExitCode.NOT_FOUND,
    Category.NOT_AUTHORISED: ExitCode.NOT_AUTHORISED,
    Category.REFUSED: ExitCode.REFUSED,
    Category.CONFLICT: ExitCode.CONFLICT,
    Category.RATE_LIMIT: ExitCode.RATE_LIMIT,
    Category.SERVICE: ExitCode.NETWORK,
    Category.PARTIAL: ExitCode.PARTIAL,
    Category.UNEXPECTED: ExitCode.UNEXPECTED,
}


def exit_code(error: Exception, facts: RunFacts | None = None) -> ExitCode:
    """The code for an error. What the run had done by then decides too.

    2 means that no request but reads was sent. The same error is 9 after an accepted request, and 8 after a
    refused one or if nothing was changed.
    """
    import sqlite3

    if isinstance(error, OrdexError):
        code = _CODES[error.category]
    elif isinstance(error, OSError | sqlite3.Error):
        code = ExitCode.USAGE
    else:
        return ExitCode.UNEXPECTED
    if code is not ExitCode.USAGE or facts is None:
        return code
    if facts.changed_something:
        return ExitCode.PARTIAL
    return code if facts.nothing_sent else ExitCode.NETWORK
