"""Limits of what Ordex keeps for itself: one table, applied in one place."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.full_home import Amounts, fill_home
from tui.actions.results import DoneResult
from tui.actions.retention import EVERY, STAMP, apply_limits, apply_limits_if_due
from tui.actions.verb import Argument, Verb
from tui.actions.verb_context import VerbContext
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.drafts import Drafts
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.runs.run_locks import file_lock
from tui.settings.folders import Folders

FEW = Amounts(changes=1_200, undone=10, runs=60, drafts=60, history=0, profiles=1)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A home with more of each thing than always stays."""
    folders = Folders(tmp_path / "config", tmp_path / "state", tmp_path / "data")
    fill_home(folders, amounts=FEW)
    return folders


def removed(folders: Folders, days: int) -> dict[str, int]:
    """What each rule removes so many days from now; none of them fails."""
    done = apply_limits(folders, datetime.now(UTC) + timedelta(days=days))
    assert [each.failure for each in done if each.failure] == []
    return {each.rule.name: each.removed for each in done if each.removed}


def runs(folders: Folders) -> list[Path]:
    """The journals of imports."""
    return sorted((folders.state / "imports").glob("*.import"))


def test_nothing_young_is_removed(folders: Folders) -> None:
    """Within all limits nothing happens."""
    assert removed(folders, 0) == {}


def test_what_is_old_is_removed_but_for_the_newest(folders: Folders) -> None:
    """A second time there is nothing to do."""
    assert removed(folders, 400) == {"changes": 200, "imports": 10, "drafts": 10}
    assert len(ChangeJournal(folders.state).entries(limit=5000)) == 1_000
    assert len(Drafts(folders.state).list("sandbox")) == 50
    assert len(runs(folders)) == 50
    assert removed(folders, 400) == {}


def test_an_unfinished_import_stays(folders: Folders) -> None:
    """However old; so does one that a process is at."""
    unfinished, under_way, *_ = runs(folders)
    journal = ImportJournal(unfinished)
    journal.set(state="CANCELLED")
    journal.close()
    lock = os.open(under_way.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    import fcntl

    fcntl.flock(lock, fcntl.LOCK_EX)
    removed(folders, 400)
    assert {unfinished, under_way} <= set(runs(folders))
    os.close(lock)
    removed(folders, 400)
    assert under_way not in runs(folders)
    assert unfinished in runs(folders)


def test_what_a_killed_import_held_is_removed(folders: Folders) -> None:
    """But for a file that is being imported now."""
    left = folders.state / "imports" / "file-0123456789abcdef.lock"
    left.write_text("4242")
    with file_lock(folders.state / "imports", "p", "sha", "orders.jsonl"):
        locks = set((folders.state / "imports").glob("file-*.lock"))
        removed(folders, 0)
        assert set((folders.state / "imports").glob("file-*.lock")) == locks - {left}


@pytest.mark.parametrize(
    "name", ["repl-gone%40api%2eexample%23abc123.history", "views/gone%40api%2eexample%23abc123.json"]
)
def test_state_of_a_removed_profile_is_removed(name: str, folders: Folders) -> None:
    """A month after it was used last; that of profiles that are there stays."""
    kept = [folders.state / name.replace("gone", known) for known in ("shop-0", "sandbox", "environment")]
    gone = folders.state / name
    for path in (*kept, gone):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_text("{}")
    assert removed(folders, 29).get("removed profiles") is None
    assert removed(folders, 31)["removed profiles"] == 1
    assert all(path.exists() for path in kept)
    assert not gone.exists()


def test_with_faulty_settings_no_profile_counts_as_removed(folders: Folders) -> None:
    """Nobody can tell which there are."""
    path = folders.state / "repl-gone.history"
    path.write_text("")
    folders.config_file.write_text("this is no TOML")
    assert removed(folders, 400).get("removed profiles") is None
    assert path.exists()


def test_a_damaged_file_keeps_no_other_from_its_limits(folders: Folders) -> None:
    """It is told of."""
    ChangeJournal(folders.state).path.write_bytes(b"no journal" * 1000)
    done = {each.rule.name: each for each in apply_limits(folders, datetime.now(UTC) + timedelta(days=400))}
    assert "journal.sqlite3" in done["changes"].failure
    assert done["drafts"].removed == 10


@pytest.mark.parametrize(
    ("age", "applied"),
    [(None, True), (EVERY.total_seconds() + 60, True), (-3600.0, True), (60.0, False)],
)
def test_limits_are_applied_once_a_day(
    age: float | None, applied: bool, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a stamp; one from the future tells nothing."""
    calls: list[Folders] = []
    monkeypatch.setattr("tui.actions.retention.apply_limits", lambda given, _: calls.append(given))
    if age is not None:
        (folders.state / STAMP).touch()
        os.utime(folders.state / STAMP, (time.time() - age,) * 2)
    apply_limits_if_due(folders)
    apply_limits_if_due(folders)
    assert calls == [folders] * applied


@pytest.mark.parametrize("writes", [True, False])
async def test_a_verb_that_writes_applies_the_limits(
    writes: bool, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever front end runs it; one that only reads does not."""
    calls: list[Folders] = []
    monkeypatch.setattr("tui.actions.retention.apply_limits_if_due", calls.append)

    async def run(context: VerbContext, given: Mapping[str, Any]) -> DoneResult:
        return DoneResult((str(given),))

    verb = Verb("do", "", "", run, arguments=(Argument("a", "text", ""),), writes=writes)
    result = await verb.run_with(VerbContext(pytest.fail, folders, narrate=pytest.fail), {})
    assert result.messages == ("{'a': None}",)
    assert calls == [folders] * writes


def test_an_empty_home_stays_empty(tmp_path: Path) -> None:
    """Nothing is made by looking."""
    folders = Folders(tmp_path / "config", tmp_path / "state", tmp_path / "data")
    apply_limits_if_due(folders)
    assert apply_limits(folders, datetime.now(UTC))
    assert list(tmp_path.iterdir()) == []
