"""Files of the state folder that cannot be used: named, with what to do, and in nobody else's way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox
from tui.files.state_errors import SPACE, StateFileError
from tui.files.state_file import StateFile
from tui.settings.folders import find_folders


def empty(path: Path) -> None:
    """No bytes."""
    path.touch()


def foreign(path: Path) -> None:
    """A database with other tables."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE dogs (name TEXT)")
        database.commit()


def garbage(path: Path) -> None:
    """No database."""
    path.write_bytes(b"not a database" * 400)


def cut(path: Path) -> None:
    """The first bytes of a database."""
    foreign(path)
    path.write_bytes(path.read_bytes()[:1000])


def folder(path: Path) -> None:
    """A folder in the file's place."""
    path.mkdir()


def without_rows(path: Path) -> None:
    """A journal that lost its run."""
    from tui.jobs.importing.runs.import_journal import _SCHEMA

    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)


SPOILT = [empty, foreign, garbage, cut, folder, without_rows]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, served: RunningSandbox) -> Path:
    """The state folder of the commands."""
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path / "home"))
    found = find_folders({"ORDEX_HOME": str(tmp_path / "home")}).state
    (found / "imports").mkdir(parents=True)
    return found


@pytest.fixture
def locked(state: Path) -> Iterator[Path]:
    """A journal of changes that another program holds."""
    path = state / "journal.sqlite3"
    foreign(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield path


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_import_journal_is_named_and_in_no_ones_way(
    ordex: Ordex, state: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """Jobs are listed, the journal is named with what to do, and another import goes through."""
    spoil(state / "imports" / "20260101-000000-aaaaaa.import")
    listed = ordex("jobs")
    assert listed.code == 0
    assert "20260101-000000-aaaaaa" in listed.err
    assert "unexpected" not in listed.err
    (tmp_path / "in.jsonl").write_text('{"source_id":"x","amount":5}\n')
    imported = ordex("import", str(tmp_path / "in.jsonl"), "--yes", "--write")
    assert (imported.code, "unexpected" in imported.err) == (0, False)
    shown = ordex("jobs", "show", "20260101-000000-aaaaaa")
    assert shown.code != 1
    assert "unexpected" not in shown.err
    assert "imports/20260101-000000-aaaaaa.import" in ordex("doctor", "--format", "json").out


@pytest.mark.parametrize("spoil", [foreign, garbage, cut, folder])
def test_a_spoilt_journal_of_changes_is_named(
    ordex: Ordex, state: Path, spoil: Callable[[Path], None]
) -> None:
    """Reading orders goes on; nothing is sent without a journal."""
    spoil(state / "journal.sqlite3")
    assert ordex("list", "--limit", "1").code == 0
    for words in (
        ("journal",),
        ("create", "--set", "amount=5", "--yes", "--write"),
        ("undo", "--yes", "--write"),
    ):
        ended = ordex(*words)
        assert "unexpected" not in ended.err, words
        if spoil is foreign:
            continue  # tables of others in the same file are no harm
        assert ended.code == 2, words
        assert "journal.sqlite3" in ended.err


def test_a_locked_journal_of_changes_is_waited_for_and_named(
    ordex: Ordex, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not told to be moved away."""
    monkeypatch.setattr("tui.files.state_file.BUSY_SECONDS", 0.01)
    ended = ordex("journal")
    assert ended.code == 2
    assert str(locked) in ended.err
    assert "Another program uses it" in ended.err


def test_a_state_folder_that_cannot_be_made(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file is where it should be: reading works, writing says what is wrong."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "state").write_text("in the way")
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path / "home"))
    for words in (("list", "--limit", "1"), ("jobs",), ("journal",)):
        assert ordex(*words).code == 0, words
    (tmp_path / "in.jsonl").write_text('{"source_id":"x","amount":5}\n')
    for words in (
        ("create", "--set", "amount=5", "--yes", "--write"),
        ("import", str(tmp_path / "in.jsonl"), "--yes", "--write"),
        ("import", str(tmp_path / "in.jsonl"), "--dry-run"),
    ):
        ended = ordex(*words)
        assert (ended.code, "unexpected" in ended.err) == (2, False), words
        assert "ORDEX_HOME" in ended.err, words


def test_a_har_file_that_cannot_be_written_takes_nothing_from_the_result(
    ordex: Ordex, served: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may be full only when it is written, at the end."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.voucherify.calls.har.write_har", full)
    ended = ordex("list", "--limit", "1", "--format", "jsonl", "--har", str(tmp_path / "x.har"))
    assert ended.code == 9
    assert ended.out.startswith("{")
    assert f"{tmp_path}/x.har: the disk is full" in ended.err


def test_an_empty_journal_on_a_full_disk_can_be_read(
    ordex: Ordex, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It heals at its next use, so that it is not told to be moved away."""

    def no_room(self: StateFile) -> None:
        empty(self.path)
        raise StateFileError("database or disk is full", hint=SPACE)

    monkeypatch.setattr(StateFile, "_make", no_room)
    assert ordex("journal").code == 0
    refused = ordex("create", "--set", "amount=5", "--yes", "--write")
    assert (refused.code, "Free some disk space" in refused.err) == (2, True)
    assert "Move the file away" not in ordex("doctor").out
