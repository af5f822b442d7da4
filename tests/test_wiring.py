"""Files and folders that cannot be used: a sentence about what to do, from every surface."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command_line import command_line
from tests.support.exploring import Exploring
from tui.actions.exit_codes import ExitCode
from tui.app.navigation import StartPlace
from tui.app.startup.launch import explorer_app
from tui.files.state_errors import DAMAGED, StateFileError
from tui.settings.folders import Folders, find_folders
from tui.settings.profile_lookup import resolve_profile
from tui.wiring import open_session


def damaged(path: Path) -> None:
    """A file that is no database."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"not a database at all" * 100)


def newer(path: Path) -> None:
    """A database of a version that is not known."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()


def folders_in(home: Path) -> Folders:
    """The folders below a home of its own."""
    return find_folders({"ORDEX_HOME": str(home)})


@pytest.mark.parametrize("spoil", [damaged, newer])
def test_a_sandbox_file_that_is_none_is_told_with_what_to_do(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    """It was a fault of Ordex, with nothing to be done about it."""
    folders = folders_in(tmp_path)
    spoil(folders.sandbox_file)
    with pytest.raises(StateFileError, match=r"sandbox.sqlite3 cannot be used") as failed:
        open_session(resolve_profile({}), folders)
    assert failed.value.hint == DAMAGED


@pytest.mark.parametrize("name", ["blocked", "blocked/below"])
async def test_where_the_sandbox_cannot_be_kept_it_is_in_memory(name: str, tmp_path: Path) -> None:
    """Reading works on any disk, and the session says what it is that is read."""
    (tmp_path / "blocked").write_text("a file where a folder should be")
    folders = folders_in(tmp_path / name)
    session = open_session(resolve_profile({}), folders)
    page = await session.client.list_orders(limit=5)
    await session.aclose()
    assert len(page.orders) == 5
    assert session.remark.startswith("the sandbox is kept in memory and ends with Ordex: ")
    assert str(folders.sandbox_file) in session.remark


async def test_a_journal_that_cannot_be_opened_is_told_with_what_to_do(tmp_path: Path) -> None:
    """Damaged or without a folder, the path and a way on are named."""
    folders = folders_in(tmp_path)
    damaged(folders.state / "journal.sqlite3")
    session = open_session(resolve_profile({}), folders)
    with pytest.raises(StateFileError, match=r"journal.sqlite3 cannot be used"):
        session.journal  # noqa: B018 - reading it is what opens it
    await session.aclose()


def test_the_command_line_says_it_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No “fault of Ordex” for a file that was damaged elsewhere."""
    monkeypatch.setenv("ORDEX_HOME", str(tmp_path))
    damaged(folders_in(tmp_path).sandbox_file)
    ended = command_line(capsys)("--demo", "list")
    assert ended.code == ExitCode.USAGE
    assert "Move the file away" in ended.err
    assert "bug in Ordex" not in ended.err


async def test_the_explorer_says_it_in_a_panel_and_tries_again(tmp_path: Path) -> None:
    """A damaged file ended it with a traceback; once it is moved away, r goes on."""
    folders = folders_in(tmp_path)
    damaged(folders.sandbox_file)
    app = explorer_app(resolve_profile({}), folders, place=StartPlace())
    async with app.run_test(size=(100, 24)) as pilot:
        explored = Exploring(app, pilot, None)  # type: ignore[arg-type]
        await explored.until(lambda: "The session could not be opened" in explored.text)
        assert "Move the file away" in " ".join(explored.text.split())
        folders.sandbox_file.rename(tmp_path / "moved away")
        await explored.press("r")
        await explored.rows(100)
