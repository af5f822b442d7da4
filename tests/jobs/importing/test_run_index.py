"""Listing the runs of a folder: each journal is opened once, and never for what it said long ago."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.full_home import Amounts, fill_home
from tui.jobs.importing.runs import run_index
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.runs.run_index import FILE_NAME, open_index, runs_at_their_end
from tui.settings.folders import Folders

RUNS = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with finished runs of a while ago."""
    nothing = Amounts(changes=0, undone=0, runs=RUNS, drafts=0, history=0, profiles=0)
    fill_home(Folders(tmp_path, tmp_path, tmp_path), "p", nothing)
    folder = tmp_path / "imports"
    for path in folder.glob("*.import"):
        age(path)
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the journals that are opened from now on."""
    found: list[str] = []

    class Counted(ImportJournal):
        def __init__(self, path: Path) -> None:
            found.append(path.stem)
            super().__init__(path)

    monkeypatch.setattr(run_index, "ImportJournal", Counted)
    return found


def age(path: Path) -> None:
    """Let the last change of a file lie an hour back."""
    then = path.stat().st_mtime_ns - 3600 * 10**9
    os.utime(path, ns=(then, then))


def change(path: Path, **values: Any) -> None:
    """Change the run of a journal, some time ago."""
    with closing(ImportJournal(path)) as journal:
        journal.set(**values)
    then = path.stat().st_mtime_ns - 1800 * 10**9
    os.utime(path, ns=(then, then))


def listed(folder: Path, profile: str = "p") -> dict[str, str]:
    """The states of the runs by name."""
    with open_index(folder) as index:
        return {found.run: found.state for found in index.summaries(profile)}


def test_each_journal_is_opened_once(folder: Path, opened: list[str]) -> None:
    """The first listing reads all, newest first; the next ones read none."""
    names = list(listed(folder))
    assert len(names) == RUNS
    assert names == sorted(names, reverse=True)
    assert sorted(opened) == sorted(names)
    opened.clear()
    assert list(listed(folder)) == names
    assert listed(folder, "another") == {}
    assert opened == []


def test_a_changed_journal_is_read_again(folder: Path, opened: list[str]) -> None:
    """Only that one; a new one is read, and one that is gone is forgotten."""
    first, second, *_ = sorted(folder.glob("*.import"))
    listed(folder)
    opened.clear()
    change(first, state="CANCELLED", good=9)
    second.unlink()
    found = listed(folder)
    assert opened == [first.stem]
    assert found[first.stem] == "CANCELLED"
    assert second.stem not in found


def test_runs_at_their_end_are_known_without_opening_them(folder: Path, opened: list[str]) -> None:
    """By the index alone, which is not made for it; a run that changed since is not among them."""
    assert runs_at_their_end(folder) == frozenset()
    names = set(listed(folder))
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    opened.clear()
    assert runs_at_their_end(folder) == names
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    first = min(folder.glob("*.import"))
    change(first, state="CANCELLED", good=9)
    assert runs_at_their_end(folder) == names - {first.stem}
    listed(folder)
    assert runs_at_their_end(folder) == names - {first.stem}
    (folder / FILE_NAME).write_bytes(b"damaged" * 1000)
    assert runs_at_their_end(folder) == frozenset()


@pytest.mark.parametrize("why", ["just changed", "has a log beside it", "is dated ahead"])
def test_a_journal_that_may_be_changing_is_read_each_time(why: str, folder: Path, opened: list[str]) -> None:
    """Its file's time and size do not tell yet whether it has changed."""
    path = min(folder.glob("*.import"))
    if why == "just changed":
        os.utime(path)
    elif why == "is dated ahead":
        os.utime(path, (4e9, 4e9))
    log = closing(ImportJournal(path)) if why == "has a log beside it" else None
    if log is not None:
        with log as journal:
            journal.set(good=4)
            listed(folder)
            opened.clear()
            listed(folder)
    else:
        listed(folder)
        opened.clear()
        listed(folder)
    assert opened == [path.stem]


def test_the_jobs_of_runs_are_found_by_their_ids(folder: Path) -> None:
    """Only those of the profile."""
    with open_index(folder) as index:
        assert index.started(["aa_3", "aa_foreign", "aa_11"], "p") == {"aa_3", "aa_11"}
        assert index.started(["aa_3"], "another") == frozenset()


@pytest.mark.parametrize("content", [b"", b"no index" * 2000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_index_is_made_again(content: bytes, folder: Path, opened: list[str]) -> None:
    """Nobody is told, since nothing is lost."""
    (folder / FILE_NAME).write_bytes(content)
    (folder / FILE_NAME).chmod(0o600)
    assert len(listed(folder)) == RUNS
    opened.clear()
    assert len(listed(folder)) == RUNS
    assert opened == []
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0


def test_an_index_of_another_version_is_made_again(folder: Path) -> None:
    """Its tables may be others."""
    listed(folder)
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.executescript("DROP TABLE action; PRAGMA user_version = 99")
    assert len(listed(folder)) == RUNS


def test_a_folder_that_cannot_be_written_to_is_listed_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is in memory then."""
    opens = os.open

    def refuse(path: Any, *given: Any) -> int:
        if Path(path).name == FILE_NAME:
            raise PermissionError(13, "Permission denied")
        return opens(path, *given)

    monkeypatch.setattr(os, "open", refuse)
    assert len(listed(folder)) == RUNS
    assert not (folder / FILE_NAME).exists()


def test_a_folder_that_is_not_there_has_no_runs(tmp_path: Path) -> None:
    """And nothing is made by looking."""
    assert listed(tmp_path / "nowhere") == {}
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_journal_hides_no_other(folder: Path) -> None:
    """It is left out here."""
    min(folder.glob("*.import")).write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert len(listed(folder)) == RUNS - 1
