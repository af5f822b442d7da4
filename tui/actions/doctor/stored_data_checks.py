"""Checks of stored data: the embedded sandbox, and unfinished work of earlier runs. Read-only."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.actions.exit_codes import ExitCode
from tui.actions.retention import RULES
from tui.actions.session import COPIES
from tui.files.state_errors import StateFileError, read_only_connection, state_file_error
from tui.jobs.changes.change_journal import FILE_NAME
from tui.jobs.importing.runs.import_journal import SUFFIX
from tui.jobs.importing.runs.run_index import runs_at_their_end
from tui.jobs.unfinished import UnfinishedImport, unfinished_changes, unfinished_import
from tui.sandbox.schema import UnknownVersion, count_orders
from tui.settings.profile import profile_name_of
from tui.terminal.pluralize import pluralize

from .finding import CheckResult, Section, fail, ok, warn
from .folder_checks import format_size

if TYPE_CHECKING:
    from tui.settings.folders import Folders

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnusableFile:
    """A file that cannot be used, and why."""

    path: Path
    why: str
    error: StateFileError

    @property
    def to_do(self) -> str:
        """What to do about it."""
        return self.error.hint


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The embedded sandbox's file: its size in bytes and its orders."""

    size: int
    orders: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What is on the disk; ``None`` for a file that is not there. ``changes`` are open ones by account.

    ``sizes`` are bytes of each kind of thing that grows.
    """

    sandbox: Sandbox | UnusableFile | None
    changes: Mapping[str, int] | UnusableFile | None
    imports: tuple[UnfinishedImport | UnusableFile, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)


def look_at_stored(folders: Folders) -> Stored:
    """Read the files without changing them or leaving lock or log files."""
    folder = folders.state / "imports"
    over = runs_at_their_end(folder)
    journals = sorted((path for path in folder.glob(f"*{SUFFIX}") if path.stem not in over), reverse=True)
    imports: list[UnfinishedImport | UnusableFile] = []
    for path in journals:
        found = _read(path, unfinished_import)
        if found is not None:
            imports.append(found)
    return Stored(
        sandbox=_sandbox(folders.sandbox_file),
        changes=_read(folders.state / FILE_NAME, unfinished_changes),
        imports=tuple(imports),
        sizes={
            **{rule.name: rule.size(folders) for rule in RULES if rule.most},
            "local copies": sum(_size(path) for path in (folders.state / COPIES).glob("*/*")),
        },
    )


def stored_section(stored: Stored, default: str) -> Section:
    """The findings about them; ``default`` is the profile of commands that name none."""
    findings = (
        _sandbox_finding(stored.sandbox),
        _changes(stored),
        *_imports(stored, default),
        _sizes(stored.sizes),
    )
    return Section("On this disk", findings)


def _sandbox_finding(sandbox: Sandbox | UnusableFile | None) -> CheckResult:
    match sandbox:
        case None:
            return ok("sandbox", "not created yet; it is created at first use")
        case UnusableFile():
            text = f"{sandbox.path} cannot be read: {sandbox.why}"
            return fail("sandbox", text, sandbox.to_do, ExitCode.USAGE)
        case Sandbox():
            return ok("sandbox", f"{pluralize(sandbox.orders, 'order')}, {format_size(sandbox.size)}")


def _changes(stored: Stored) -> CheckResult:
    match stored.changes:
        case None:
            return ok("changes", "nothing was changed from here yet")
        case UnusableFile():
            to_do = stored.changes.to_do
            if stored.changes.error.is_damaged:
                to_do += " Its record of open changes is then lost."
            text = f"the journal {stored.changes.path} cannot be read: {stored.changes.why}"
            return fail("changes", text, to_do, ExitCode.USAGE)
        case changes if changes:
            message = ", ".join(f"{number:,} on {_named(account)}" for account, number in changes.items())
            return warn(
                "changes",
                f"some outcomes are unknown: {message}",
                "open the account, or change something there: Ordex reads the orders to find out",
            )
        case _:
            return ok("changes", "all outcomes are known")


def _imports(stored: Stored, default: str) -> Iterator[CheckResult]:
    if not stored.imports:
        yield ok("imports", "none can be resumed")
    for found in stored.imports:
        if isinstance(found, UnusableFile):
            yield warn("import", f"the journal {found.path} cannot be read: {found.why}", found.to_do)
        else:
            are = "is" if found.rows == 1 else "are"
            done = f"{found.settled:,} of {pluralize(found.rows, 'row')} {are} done"
            text = f"{found.run} on {_named(found.account)} is unfinished: {done}"
            profile = profile_name_of(found.account)
            named = "" if profile == default else f" --profile {shlex.quote(profile)}"
            yield warn("import", text, f"ordex import --resume {found.run}{named}")


def _sizes(sizes: Mapping[str, int]) -> CheckResult:
    used = [f"{name} {format_size(size)}" for name, size in sizes.items() if size]
    return ok("sizes", ", ".join(used) or "nothing is stored yet")


def _named(account: str) -> str:
    """An account of the journals without the mark of its keys."""
    return account.partition("#")[0]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # another process has just replaced it


def _sandbox(path: Path) -> Sandbox | UnusableFile | None:
    orders = _read(path, count_orders)
    return Sandbox(path.stat().st_size, orders) if isinstance(orders, int) else orders


def _read(path: Path, read: Callable[[sqlite3.Connection], T]) -> T | UnusableFile | None:
    try:
        if not path.exists() or (not path.stat().st_size and path.suffix != SUFFIX):
            return None  # an empty file is made whole at its next use, but for the journal of an import
        with closing(read_only_connection(path)) as database:
            return read(database)
    except (OSError, sqlite3.Error, UnknownVersion) as error:
        return UnusableFile(
            path, getattr(error, "strerror", None) or str(error), state_file_error(path, error)
        )
