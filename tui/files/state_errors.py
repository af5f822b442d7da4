"""Errors of Ordex's own state files, with hints on what to do."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.errors import OrdexError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

SPACE = "Free some disk space and try again."
BUSY = "Another program uses it. Try again when that one is done."
PLACE = "Make its folder writable, or set ORDEX_HOME to another one."
DISK = "Check the disk and its free space, and try again."
DAMAGED = "Move the file away; Ordex then makes a new one."

ONLY_WRITING = frozenset({SPACE, PLACE, DISK})
"""Hints of errors that prevent writing; the file may still be readable."""


class StateFileError(OrdexError, OSError):
    """A state file cannot be used. ``is_damaged`` is whether its content is at fault."""

    title = "A file that Ordex keeps cannot be used"

    def __init__(self, message: str, *, hint: str, is_damaged: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.is_damaged = is_damaged


def state_file_error(path: Path, error: Exception) -> StateFileError:
    """Convert an error that SQLite or the system raised for a file."""
    if isinstance(error, StateFileError):
        return error
    reason = getattr(error, "strerror", None) or str(error)
    if path.is_dir() and isinstance(error, sqlite3.Error | IsADirectoryError):
        return StateFileError(f"{path} is a folder in place of a file", hint=DAMAGED, is_damaged=True)
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
    """Whether the disk is full, which SQLite may report as a failure to create its log."""
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
    """Convert errors of SQLite and the system within the block.

    Raises:
        StateFileError: the file cannot be used. A constraint violation is raised unchanged.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except (sqlite3.Error, OSError) as error:
        raise state_file_error(path, error) from error


def read_only_connection(path: Path, *, timeout: float = 1.0) -> sqlite3.Connection:
    """A read-only connection, which leaves no lock or log file behind.

    Raises:
        sqlite3.Error: the file cannot be opened.
    """
    # Reading a file in WAL mode creates files beside it, unless it is opened as immutable.
    alone = "" if _has_content(path.with_name(f"{path.name}-wal")) else "&immutable=1"
    address = f"{path.absolute().as_uri()}?mode=ro{alone}"
    return sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
