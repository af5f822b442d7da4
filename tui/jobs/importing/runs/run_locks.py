"""Locks: one process at a time works on a run, and on a file of an account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tui.errors import Category
from tui.files import process_lock
from tui.files.process_lock import HeldElsewhere, hold, holder_of
from tui.files.state_errors import state_file_error
from tui.jobs.importing.import_errors import ImportRefused

SUFFIX = ".lock"
_FILE = "file-"


@contextmanager
def run_lock(journal: Path) -> Iterator[None]:
    """Lock the run of a journal; the system releases the lock when this process ends, even by a crash.

    Raises:
        ImportRefused: there is no such run, or another process is sending it.
        StateFileError: the folder cannot be written to.
    """
    with ExitStack() as stack:
        _check_existence(journal)
        try:
            _enter(stack, journal.with_suffix(SUFFIX))
        except HeldElsewhere as holder:
            raise _same_run(journal, str(holder)) from None
        _check_existence(journal)  # its last holder may have deleted it
        yield


@contextmanager
def file_lock(folder: Path, profile: str, sha256: str, name: str) -> Iterator[None]:
    """Lock the content of a file for one account, so that no two runs send it at the same time.

    Raises:
        ImportRefused: another process imports the same content into the account.
    """
    path = _file_lock(folder, profile, sha256)
    with ExitStack() as stack:
        try:
            _enter(stack, path)
        except HeldElsewhere as holder:
            raise _same_file(name, str(holder)) from None
        yield


def check_file_free(folder: Path, profile: str, sha256: str, name: str) -> None:
    """Raise if another process imports the same content into the account now.

    Raises:
        ImportRefused: it does.
    """
    path = _file_lock(folder, profile, sha256)
    if process_lock.is_held(path) and (holder := holder_of(path)) is not None:
        raise _same_file(name, holder)


def remove_stale_file_locks(folder: Path) -> None:
    """Remove the lock files that killed processes left. A held lock file stays."""
    for path in folder.glob(f"{_FILE}*{SUFFIX}"):
        with suppress(HeldElsewhere, OSError), hold(path, seconds=0):
            pass


def check_run_free(journal: Path) -> None:
    """Raise if this or another process is sending the run.

    Raises:
        ImportRefused: one is.
    """
    if is_run_locked(journal) and (holder := holder_of(journal.with_suffix(SUFFIX))) is not None:
        raise _same_run(journal, holder)


def is_run_locked(journal: Path) -> bool:
    """Whether this or another process holds the run. False if the system cannot tell."""
    return process_lock.is_held(journal.with_suffix(SUFFIX))


def _enter(stack: ExitStack, lock: Path) -> None:
    try:
        stack.enter_context(hold(lock))
    except OSError as error:
        raise state_file_error(lock, error) from None


def _check_existence(journal: Path) -> None:
    if not journal.exists():
        raise ImportRefused(f"there is no import {journal.stem}", hint="List imports with ordex jobs.")


def _file_lock(folder: Path, profile: str, sha256: str) -> Path:
    name = hashlib.sha256(f"{profile}\n{sha256}".encode()).hexdigest()[:16]
    return folder / f"{_FILE}{name}{SUFFIX}"


def _same_run(journal: Path, holder: str) -> ImportRefused:
    return ImportRefused(
        f"import {journal.stem} is running in {holder}",
        hint=f"Follow it with ordex jobs wait {journal.stem}, or end it with ordex jobs stop {journal.stem}.",
        category=Category.CONFLICT,
    )


def _same_file(name: str, holder: str) -> ImportRefused:
    return ImportRefused(
        f"{name} is being imported into this account by {holder}",
        hint="Follow that import with ordex jobs; nothing of the file needs to be sent twice.",
        category=Category.CONFLICT,
    )
