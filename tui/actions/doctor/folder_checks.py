"""Checks of the folders: where they are, whether they are writable, and what other users can read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode

from .finding import CheckResult, Section, fail, ok, warn
from .permissions import Access, access_to, inside, replaceable_by_others

if TYPE_CHECKING:
    from tui.settings.folders import Folders

LITTLE_SPACE = 200 * 1024 * 1024
NO_SPACE = 5 * 1024 * 1024

NAMED = 3
"""Files that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """One folder. ``access`` is ``None`` when it is not there; ``free`` are bytes where it is or would be.

    ``obstacle`` is why it cannot be used, if it cannot. ``shared_parent`` is a folder above it in which
    others can put something else in its place. ``open`` are the files below that others can read,
    ``loose`` those that they could if the folder let them in.
    """

    name: str
    path: Path
    access: Access | None
    free: int | None
    obstacle: str = ""
    shared_parent: Path | None = None
    open: tuple[Path, ...] = ()
    loose: tuple[Path, ...] = ()


def look_at_folders(folders: Folders) -> tuple[FolderFacts, ...]:
    """Inspect the three folders and their contents."""
    named = (("config", folders.config), ("state", folders.state), ("data", folders.data))
    return tuple(_look(name, path) for name, path in named)


def folders_section(facts: Sequence[FolderFacts]) -> Section:
    """The findings about the folders."""
    findings = [finding for folder in facts for finding in _findings(folder)]
    return Section("Folders", (*findings, _space(facts)))


def _look(name: str, path: Path) -> FolderFacts:
    access = access_to(path)
    below = list(inside(path)) if access is not None and access.folder else []
    loose = [found for found in below if found.open_by_mode and not found.folder]
    return FolderFacts(
        name=name,
        path=path,
        access=access,
        free=_free(path),
        obstacle=_obstacle(path, access),
        shared_parent=replaceable_by_others(path),
        open=tuple(found.path for found in loose if found.reachable),
        loose=tuple(found.path for found in loose if not found.reachable),
    )


def _findings(facts: FolderFacts) -> list[CheckResult]:
    if facts.obstacle:
        to_do = "see that you can write there, or set ORDEX_HOME to another folder"
        return [fail(facts.name, f"{facts.path} {facts.obstacle}", to_do, ExitCode.USAGE)]
    if facts.shared_parent is not None:
        text = f"{facts.path}: others can write to {facts.shared_parent} and so replace the folder"
        findings = [warn(facts.name, text, f"chmod go-w {facts.shared_parent}")]
    elif facts.access is None:
        findings = [ok(facts.name, f"{facts.path}, not made yet")]
    else:
        findings = [_folder(facts, facts.access)]
    if facts.open:
        findings.append(
            warn(
                f"{facts.name} files",
                f"others can read {_named(facts.open, facts.path)}",
                f"chmod -R go= {facts.path}",
            )
        )
    return findings


def _folder(facts: FolderFacts, access: Access) -> CheckResult:
    text = f"{facts.path}, {access.octal}"
    if access.read_by_others:
        return warn(facts.name, f"{text}: others can look into it", f"chmod 700 {facts.path}")
    if not access.mine:
        return warn(
            facts.name, f"{text}, of another user", "chown it, or set ORDEX_HOME to a folder of yours"
        )
    why = "a folder above it is private" if access.open_by_mode else "only you can enter"
    guarded = f", which keeps others from {_named(facts.loose, facts.path)}" if facts.loose else ""
    return ok(facts.name, f"{text}: {why}{guarded}")


def _named(paths: Sequence[Path], folder: Path) -> str:
    names = ", ".join(str(path.relative_to(folder)) for path in paths[:NAMED])
    more = len(paths) - NAMED
    return names + (f" and {more} more" if more > 0 else "")


def _obstacle(path: Path, access: Access | None) -> str:
    """Why the folder cannot be used, or an empty text."""
    if access is not None and not access.folder:
        return "is not a folder"
    there = path if access is not None else _first_that_is(path)
    if there is None or not there.is_dir():
        return "cannot be made: a file with this name exists"
    if not os.access(there, os.W_OK | os.X_OK):
        return "cannot be written to" if access is not None else f"cannot be made: {there} is not writable"
    return ""


def _first_that_is(path: Path) -> Path | None:
    return next((above for above in path.absolute().parents if os.path.lexists(above)), None)


def _free(path: Path) -> int | None:
    there = path if path.exists() else _first_that_is(path)
    try:
        return shutil.disk_usage(there).free if there is not None else None
    except OSError:
        return None


def _space(facts: Sequence[FolderFacts]) -> CheckResult:
    known = [folder.free for folder in facts if folder.free is not None]
    if not known:
        return warn("space", "free space is unknown", "see that the disk is there")
    free = min(known)
    text = f"{format_size(free)} free"
    if free < NO_SPACE:
        return fail("space", f"{text}: nothing can be saved", "free some disk space")
    if free < LITTLE_SPACE:
        return warn("space", f"{text}, which large imports and exports may fill", "free some disk space")
    return ok("space", text)


def format_size(size: int) -> str:
    """A size as text: ``12 KB``, ``3.4 GB``."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:,.1f} TB"
