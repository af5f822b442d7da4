"""Removing what Ordex keeps, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Ordex, command_line
from tests.support.full_home import Amounts, fill_home
from tui.settings.folders import Folders


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A home with a few changes and import runs."""
    home = tmp_path / "home"
    monkeypatch.setenv("ORDEX_HOME", str(home))
    folders = Folders(home / "config", home / "state", home / "data")
    fill_home(folders, amounts=Amounts(changes=20, undone=2, runs=3, drafts=1, history=0, profiles=0))
    return folders


@pytest.fixture
def ordex(folders: Folders, capsys: pytest.CaptureFixture[str]) -> Ordex:
    """The command line on it."""
    return command_line(capsys)


def test_the_journal_is_pruned_by_days(ordex: Ordex) -> None:
    """What is older goes; a change that was removed cannot be undone any more."""
    assert "nothing to remove" in ordex("journal", "prune").err
    ended = ordex("journal", "prune", "--keep-days", "10")
    assert (ended.code, ended.err) == (
        0,
        "20 changes removed; open changes and those of the last 10 days stay\n",
    )
    assert ordex("journal", "--format", "json").document == []
    assert ordex("undo", "5", "--yes").code == 3


def test_the_record_of_an_import_is_deleted(ordex: Ordex, folders: Folders) -> None:
    """Only when agreed to, with everything that lies beside it; the others stay."""
    first, *others = sorted((folders.state / "imports").glob("*.import"))
    first.with_suffix(".log").write_text("")
    assert ordex("jobs", "delete", first.stem).code == 5
    assert first.exists()
    ended = ordex("jobs", "delete", first.stem, "--yes")
    assert (ended.code, first.stem in ended.err) == (0, True)
    assert not list(first.parent.glob(f"{first.stem}*"))
    assert all(path.exists() for path in others)
    assert first.stem not in ordex("jobs", "--format", "json").out
    assert ordex("jobs", "delete", first.stem, "--yes").code == 3


def test_an_import_under_way_is_not_deleted(ordex: Ordex, folders: Folders) -> None:
    """The process that is at it goes on."""
    import fcntl
    import os

    first = min((folders.state / "imports").glob("*.import"))
    lock = os.open(first.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    ended = ordex("jobs", "delete", first.stem, "--yes")
    os.close(lock)
    assert ended.code != 0
    assert "is running in" in ended.err
    assert first.exists()


def test_doctor_shows_sizes_and_fixes_modes(ordex: Ordex, folders: Folders) -> None:
    """A second time there is nothing to fix."""
    journal = folders.state / "journal.sqlite3"
    journal.chmod(0o644)
    folders.state.chmod(0o755)
    report = ordex("doctor", "--format", "json").document
    sizes = next(each["text"] for each in report["findings"] if each["name"] == "sizes")
    assert "changes" in sizes
    assert "imports" in sizes
    assert journal.stat().st_mode & 0o777 == 0o644
    fixed = ordex("doctor", "--fix", "--format", "json").document
    assert [each["name"] for each in fixed["findings"] if each["section"] == "Fixed"] == ["state"]
    assert (journal.stat().st_mode & 0o777, folders.state.stat().st_mode & 0o777) == (0o600, 0o700)
    again = ordex("doctor", "--fix", "--format", "json").document
    assert [each["name"] for each in again["findings"] if each["section"] == "Fixed"] == ["nothing"]


def test_a_command_that_writes_applies_the_limits(ordex: Ordex, folders: Folders) -> None:
    """One that reads does not."""
    stamp = folders.state / "retention.stamp"
    ordex("list", "--limit", "1")
    assert not stamp.exists()
    ordex("create", "--set", "amount=1", "--yes")
    assert stamp.exists()
