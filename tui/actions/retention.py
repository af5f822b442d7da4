"""How long Ordex keeps its own files, and the removal of old ones.

Nothing that is open, unfinished or can still be undone is removed: that is what the limits of changes mean.
``ordex help limits`` shows the table, and ``docs/reference.md`` has the same.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import OrdexError

if TYPE_CHECKING:
    from tui.settings.folders import Folders

STAMP = "retention.stamp"
"""A file in the state folder; its modification time is when the limits were last applied."""

EVERY = timedelta(days=1)
"""How often the limits are applied automatically."""

FIRST_PAINT_SECONDS = 5.0
"""Delay before the explorer applies them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The limits of one kind of data: ``days`` long and ``most`` at most, but always the newest ``least``.

    ``where`` are the files, as patterns below the state folder (``data/…`` below the data folder). ``prune``
    removes what is beyond the limits before a moment, and returns how many things that were.
    """

    name: str
    days: int
    least: int
    most: int
    where: tuple[str, ...]
    prune: Callable[[Folders, Rule, datetime], int]

    def size(self, folders: Folders) -> int:
        """Bytes on the disk."""
        return sum(_size(path) for pattern in self.where for path in _found(folders, pattern))


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed by one rule, or why nothing could be."""

    rule: Rule
    removed: int = 0
    failure: str = ""


def apply_limits(folders: Folders, now: datetime, rules: Iterable[Rule] | None = None) -> list[Pruned]:
    """Remove what exceeds the limits. Blocks. A rule that fails does not stop the others."""
    done = []
    for rule in RULES if rules is None else rules:
        try:
            done.append(Pruned(rule, rule.prune(folders, rule, now - timedelta(days=rule.days))))
        except (OSError, sqlite3.Error, OrdexError) as error:
            done.append(Pruned(rule, failure=str(error)))
    return done


def apply_limits_if_due(folders: Folders) -> None:
    """Apply the limits unless that happened within the last day. File errors are reported, not raised."""
    stamp = folders.state / STAMP
    try:
        age = time.time() - stamp.stat().st_mtime
    except OSError:
        age = EVERY.total_seconds()
    # An age below zero: the clock was set back, so the stamp tells nothing.
    if 0 <= age < EVERY.total_seconds() or not folders.state.is_dir():
        return
    try:
        stamp.touch(mode=0o600)
    except OSError:
        return
    apply_limits(folders, datetime.now(UTC))


_timers: dict[Path, threading.Timer] = {}
"""The timer of each state folder, so that visits to the REPL and back do not add up to many threads."""


def apply_limits_later(folders: Folders) -> None:
    """The same in the background of a session, after its first paint; ends with the process."""
    if (waiting := _timers.get(folders.state)) is not None and waiting.is_alive():
        return
    timer = _timers[folders.state] = threading.Timer(FIRST_PAINT_SECONDS, apply_limits_if_due, [folders])
    timer.daemon = True
    timer.start()


def _changes(folders: Folders, rule: Rule, before: datetime) -> int:
    from tui.jobs.changes.change_journal import FILE_NAME, ChangeJournal
    from tui.orders.times import format_api_time

    if not (folders.state / FILE_NAME).exists():
        return 0
    return ChangeJournal(folders.state).prune(format_api_time(before), least=rule.least, most=rule.most)


def _drafts(folders: Folders, rule: Rule, before: datetime) -> int:
    from tui.jobs.changes.drafts import FILE_NAME, Drafts
    from tui.orders.times import format_api_time

    if not (folders.state / FILE_NAME).exists():
        return 0
    return Drafts(folders.state).prune(format_api_time(before), least=rule.least, most=rule.most)


def _runs(folders: Folders, rule: Rule, before: datetime) -> int:
    from tui.jobs.importing.runs.run_pruning import prune_runs

    return prune_runs(folders.state / "imports", before.timestamp(), least=rule.least, most=rule.most)


def _histories(folders: Folders, rule: Rule, before: datetime) -> int:
    from tui.settings.history_file import trim_history

    del rule, before
    trimmed = 0
    for path in _found(folders, "repl-*.history"):
        size = path.stat().st_size
        trim_history(path)
        trimmed += path.stat().st_size < size
    return trimmed


def _removed_profiles(folders: Folders, rule: Rule, before: datetime) -> int:
    from tui.settings.profile_lookup import profile_names
    from tui.settings.setting_errors import SettingsError

    try:
        names = profile_names(folders.config_file)
    except SettingsError:
        return 0  # nobody knows which profiles there are
    removed = 0
    for path in [path for pattern in rule.where for path in _found(folders, pattern)]:
        # What ``file_name`` makes of ``NAME@ADDRESS#KEYS``; a name holds no sign that it would change.
        name = path.name.removeprefix("repl-").split(".")[0].partition("%40")[0]
        if name not in names and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _sandbox(folders: Folders, rule: Rule, before: datetime) -> int:
    from tui.sandbox.schema import prune_sandbox

    return prune_sandbox(folders.sandbox_file, before, least=rule.least, most=rule.most)


CHANGES = Rule("changes", 90, 1_000, 50_000, ("journal.sqlite3*",), _changes)

RULES: tuple[Rule, ...] = (
    CHANGES,
    Rule("imports", 90, 50, 1_000, ("imports/*",), _runs),
    Rule("drafts", 90, 50, 1_000, ("drafts.sqlite3*",), _drafts),
    Rule("typed lines", 0, 5_000, 10_000, ("repl-*.history",), _histories),
    Rule("removed profiles", 30, 0, 0, ("repl-*", "views/*.json"), _removed_profiles),
    Rule("sandbox", 30, 1_000, 100_000, ("data/sandbox.sqlite3*",), _sandbox),
)
"""Every kind of file of Ordex that grows."""


def limits_page() -> str:
    """The limits on one page of text."""
    lines = [
        "What Ordex keeps for itself on this machine, and for how long",
        "",
        f"  {'':18}{'removed after':15}{'always kept':>13}{'most':>9}",
    ]
    for rule in RULES:
        days = f"{rule.days} days" if rule.days else "never by age"
        least, most = (f"{number:,}" if number else "-" for number in (rule.least, rule.most))
        lines.append(f"  {rule.name:18}{days:15}{least:>13}{most:>9}")
    return "\n".join((*lines, "", *_LIMITS_NOTES, ""))


_LIMITS_NOTES = (
    "The newest are always kept, at any age. A change whose outcome is open and an import that is",
    "unfinished are never removed. A change that was removed can no longer be undone.",
    "",
    "The limits are applied at most once a day: by a command that changes the account, by the explorer and",
    "by the REPL. At any time:",
    "",
    "  ordex doctor                        shows the sizes",
    "  ordex doctor --fix                  applies the limits now and frees the disk space",
    "  ordex journal prune --keep-days 30  removes older changes",
    "  ordex jobs delete RUN               removes the record of one import",
)


def _found(folders: Folders, pattern: str) -> list[Path]:
    below, _, rest = pattern.partition("/")
    root, wanted = (folders.data, rest) if below == "data" else (folders.state, pattern)
    return sorted(path for path in root.glob(wanted) if path.is_file())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
