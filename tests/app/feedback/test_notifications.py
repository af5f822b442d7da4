"""Copying from the explorer: by a program or the terminal, without holding the screen up."""

from __future__ import annotations

import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import fake_session, make_order
from tui.app.dialogs.chooser import ChoiceList
from tui.app.feedback.notifications import notify_desktop
from tui.app.navigation import StartPlace
from tui.app.startup.launch import explorer_app
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome, copy, osc52, plan_here

ORDER = make_order(4)


def copy_here(text: str, write: object, *, folder: Path) -> CopyOutcome:
    """As the application is put together: the ways of this very process."""
    assert callable(write)
    return copy(text, ways=plan_here(), write=write, folder=folder)


def fake_program(folder: Path, name: str, body: str) -> None:
    """Put a clipboard program on the PATH that is ``folder``."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport sys, time\nOUT = {str(folder / 'out')!r}\n{body}\n")
    program.chmod(0o755)


async def copy_the_id(explored: Exploring) -> None:
    """Press y and take the first thing offered."""
    await explored.press("y")
    await explored.until(lambda: explored.app.screen.query(ChoiceList))
    await explored.press("enter")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH, on a machine with an X display."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


async def test_a_program_takes_the_text(programs: Path, tmp_path: Path) -> None:
    """The note names the program and the bytes."""
    fake_program(programs, "xclip", "open(OUT, 'wb').write(sys.stdin.buffer.read())")
    copy_text = partial(copy_here, folder=tmp_path)
    async with exploring(fake_session(5), copy_text=copy_text) as explored:
        await copy_the_id(explored)
        await explored.until(lambda: f"copied with xclip ({len(ORDER.id)} bytes)" in explored.text)
    assert (programs / "out").read_text() == ORDER.id


async def test_the_terminal_is_asked_through_the_driver(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the program fails, the sequence is written by the app's own driver, on the loop's thread."""
    fake_program(programs, "xclip", "sys.exit(1)")
    async with exploring(fake_session(5), copy_text=partial(copy_here, folder=tmp_path)) as explored:
        written: list[tuple[str, threading.Thread]] = []
        driver = explored.app._driver
        monkeypatch.setattr(driver, "write", lambda data: written.append((data, threading.current_thread())))
        await copy_the_id(explored)
        await explored.until(lambda: "sent to the terminal" in explored.text)
        assert (osc52(ORDER.id.encode()), threading.main_thread()) in written


async def test_a_program_that_hangs_does_not_hold_the_screen_up(tmp_path: Path) -> None:
    """Keys are heard while a clipboard program takes its time, and the note comes when it is done."""
    release, started = threading.Event(), threading.Event()

    def slow(text: str, write: object) -> CopyOutcome:
        started.set()
        assert release.wait(20)
        return CopyOutcome(ClipboardRoute("program", "slow"), len(text), "copied with slow")

    async with exploring(fake_session(5), copy_text=slow) as explored:
        await copy_the_id(explored)
        await explored.until(started.is_set)
        before = explored.screen.table.cursor_index
        await explored.press("j")
        assert explored.screen.table.cursor_index == before + 1
        assert "copied" not in explored.text
        release.set()
        await explored.until(lambda: "copied with slow" in explored.text)


async def test_without_any_clipboard_the_file_is_named(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last resort is said to be no clipboard."""
    monkeypatch.setenv("TERM", "dumb")
    copy_text = partial(copy_here, folder=tmp_path / "state")
    async with exploring(fake_session(5), size=(160, 40), copy_text=copy_text) as explored:
        await copy_the_id(explored)
        await explored.until(lambda: "no clipboard was reached" in explored.text)
        assert "id: not on a clipboard" in explored.text
    assert (tmp_path / "state" / "clipboard.txt").read_text() == ORDER.id


async def test_nothing_at_all_is_an_error(tmp_path: Path) -> None:
    """When not even the file can be written, each reason is said."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")

    def copy_text(text: str, write: object) -> CopyOutcome:
        return copy(text, ways=[ClipboardRoute("file", "file")], write=None, folder=blocked)

    async with exploring(fake_session(5), copy_text=copy_text) as explored:
        await copy_the_id(explored)
        await explored.until(lambda: "no clipboard accepted the text" in explored.text)
        assert "id: not copied" in explored.text


async def test_the_opened_explorer_copies_by_the_ways_of_this_machine(programs: Path) -> None:
    """The application as it is opened is put together with the chain of ways."""
    fake_program(programs, "xsel", "open(OUT, 'wb').write(sys.stdin.buffer.read())")
    folders = find_folders({"ORDEX_HOME": str(programs)})
    app = explorer_app(resolve_profile({}, demo=True), folders, place=StartPlace())
    async with app.run_test(size=(130, 40), notifications=True) as pilot:
        explored = Exploring(app, pilot, fake_session(0))
        await explored.rows()
        await copy_the_id(explored)
        await explored.until((programs / "out").exists)
        await explored.until(lambda: "copied with xsel" in explored.text)


@pytest.mark.parametrize("sequence", ["\x1b]9;Import of a.csv: done\x07", ""])
async def test_the_desktop_is_told_or_else_the_terminal_rings(
    sequence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the seam gives goes out by the driver, once; where it gives nothing there is the bell."""
    asked: list[tuple[str, str]] = []

    def notify(title: str, text: str) -> str:
        asked.append((title, text))
        return sequence

    async with exploring(fake_session(5)) as explored:
        written: list[str] = []
        assert explored.app._driver is not None
        monkeypatch.setattr(explored.app._driver, "write", written.append)
        rung: list[bool] = []
        monkeypatch.setattr(explored.app, "bell", lambda: rung.append(True))
        await notify_desktop(explored.screen, notify, "Import of a.csv", "done")
        assert asked == [("Import of a.csv", "done")]
        assert written.count(sequence) == bool(sequence)
        assert rung == ([] if sequence else [True])
        await notify_desktop(explored.screen, None, "Import of a.csv", "done")
        assert rung[-1:] == [True]
