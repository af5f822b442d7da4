"""What ``doctor --fix`` does: removes what is beyond the limits, and keeps others out of Ordex's folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from tui.actions.retention import apply_limits
from tui.errors import OrdexError
from tui.jobs.journal import FILE_NAME, Journal
from tui.terminal.pluralize import pluralize

from .access import access_to, inside
from .finding import Finding, Section, ok, warn

if TYPE_CHECKING:
    from tui.settings.folders import Folders


def fix(folders: Folders, now: datetime) -> Section:
    """Fix what can be fixed without a decision; returns what was done. Blocks."""
    found = (*_limits(folders, now), *_modes(folders))
    return Section("Fixed", found or (ok("nothing", "there was nothing to fix"),))


def _limits(folders: Folders, now: datetime) -> Iterator[Finding]:
    for done in apply_limits(folders, now):
        if done.failure:
            yield warn(done.rule.name, done.failure, "see below")
        elif done.removed:
            yield ok(done.rule.name, f"{pluralize(done.removed, 'old one')} removed")
    if (folders.state / FILE_NAME).exists():
        with suppress(OrdexError):  # in use, or damaged, which the report says
            Journal(folders.state).compact()


def _modes(folders: Folders) -> Iterator[Finding]:
    for name, folder in (("config", folders.config), ("state", folders.state), ("data", folders.data)):
        itself = access_to(folder)
        if itself is None or not itself.folder:
            continue
        changed = 0
        for found in chain([itself], inside(folder)):
            if found.mine and found.open_by_mode:
                found.path.chmod(found.mode & 0o700)
                changed += 1
        if changed:
            yield ok(name, f"others can no longer read {pluralize(changed, 'file or folder')} in {folder}")
