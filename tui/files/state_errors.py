"""What an error of a file that Ordex keeps means, and what to do about it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.errors import OrdexError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

SPACE = "Make room on the disk and try again."
BUSY = "Another program uses it. Try again when that one is done."
PLACE = "Make its folder writable, or set ORDEX_HOME to another one."
DISK = "Check the disk and its free space, and try again."
DAMAGED = "Move the file away; Ordex then makes a new one."

ONLY_WRITING = frozenset({SPACE, PLACE, DISK})
"""The hints of errors that keep a file from being written; perhaps it can still be read."""


class StateFileError(OrdexError, OSError):
    """A file that Ordex keeps cannot be used; the message names it and says why, ``hint`` what to do.

    ``is_damaged`` is whether its content is at fault, and not the place or the moment.
    """

    title = "A file that Ordex keeps cannot be used"

    def __init__(self, message: str, *, hint: str, is_damaged: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.is_damaged = is_damaged


def state_file_error(path: Path, error: Exception) -> StateFileError:
    """The error for one that SQLite or the system raised about a file."""
    if isinstance(error, StateFileError):
        return error
    reason = getattr(error, "strerror", None) or str(error)
    if path.is_dir() and isinstance(error, sqlite3.Error | IsADirectoryError):
        return StateFileError(f"{path} is a folder where a file should be", hint=DAMAGED, is_damaged=True)
    if isinstance(error, OSError):
        hint = SPACE if error.errno in _FULL else PLACE
    elif not isinstance(error, sqlite3.Error):
        hint = DAMAGED
    else:
        hint = _ADVICE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF, DAMAGED)
        if hint is DISK and _is_disk_full(path):
            reason, hint = "the disk is full", SPACE
    return StateFileError(f"{path} cannot be used: {reason}", hint=hint, is_damaged=hint is DAMAGED)


def _is_disk_full(path: Path) -> bool:
    """Whether the disk has no room, of which SQLite may only say that its log could not be made."""
    try:
        return shutil.disk_usage(path.parent).free == 0
    except OSError:
        return False


_ADVICE = {
    sqlite3.SQLITE_FULL: SPACE,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PERM: PLACE,
    sqlite3.SQLITE_READONLY: PLACE,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CANTOPEN: PLACE,
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what SQLite and the system say about a file as one error that says what to do.

    Raises:
        StateFileError: the file cannot be used. A violated constraint stays what it is.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except (sqlite3.Error, OSError) as error:
        raise state_file_error(path, error) from error


def read_only_connection(path: Path, *, timeout: float = 1.0) -> sqlite3.Connection:
    """A connection that changes nothing, not even by leaving a lock or a log beside the file.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    # A reader of a file in WAL mode leaves files beside it, unless it is told that nobody else is there.
    alone = "" if _has_content(path.with_name(f"{path.name}-wal")) else "&immutable=1"
    address = f"{path.absolute().as_uri()}?mode=ro{alone}"
    return sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
