"""What an error says, from the error and from what its run had done by then: the same on every surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import OrdexError
from tui.terminal.redaction import redacted

if TYPE_CHECKING:
    from .run_facts import RunFacts


def sentences(error: Exception, facts: RunFacts | None = None) -> tuple[str, ...]:
    """What happened, what to do about it and what exists now, a sentence a line.

    Make them visible before showing them. No secret is in them, and no values of variables where a fault of
    Ordex itself is named.

    Args:
        error: what ended the run.
        facts: what the run had done by then.
    """
    said = _sentences(error)
    told = () if facts is None else tuple(f"  {sentence}" for sentence in facts.sentences())
    return tuple(redacted(sentence) for sentence in (*said, *told))


def _sentences(error: Exception) -> tuple[str, ...]:
    import sqlite3

    if isinstance(error, OrdexError):
        return _known(error)
    if isinstance(error, OSError):
        return (file_words(error), "  Check the path, the permissions and the space on the disk.")
    if isinstance(error, sqlite3.Error):
        return (
            f"a file in the state folder cannot be used: {error}",
            "  ordex doctor shows which one, and what to do.",
        )
    return _unexpected(error)


def file_words(error: OSError) -> str:
    """An error of the operating system: the file, if it is one, and the reason."""
    return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)


def _known(error: OrdexError) -> tuple[str, ...]:
    from tui.voucherify.errors import VoucherifyError

    request_id = getattr(error, "request_id", None)
    return (
        error.sentence if isinstance(error, VoucherifyError) else str(error),
        *((f"  {error.hint}",) if error.hint else ()),
        *((f"  request id: {request_id}",) if request_id else ()),
    )


def _unexpected(error: Exception) -> tuple[str, ...]:
    from tui.terminal.log_capture import is_debug, traceback_of

    return (
        *((traceback_of(error),) if is_debug() else ()),
        f"unexpected {type(error).__name__}: {error}",
        "  This is a fault of Ordex. ORDEX_DEBUG=1 shows where; please report it.",
    )
