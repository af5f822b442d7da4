"""From the explorer to the REPL and back: what may be changed stays as a person left it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tui.app.startup.launch
import tui.repl.run_repl
import tui.wiring
from tui import __main__ as program
from tui.actions.account_status import AccountStatus
from tui.actions.session import SessionInfo
from tui.app.navigation import StartPlace, SwitchProfile, SwitchToRepl
from tui.app.startup.launch import explorer_app
from tui.repl.repl_state import ExitRequest
from tui.repl.run_repl import run_repl
from tui.settings.folders import find_folders
from tui.settings.profile import Profile
from tui.settings.profile_lookup import resolve_profile
from tui.voucherify.write_lock import WriteLock
from tui.wiring import open_session

TO_REPL = SwitchToRepl((), StartPlace())
KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "t"}
PRODUCTION = resolve_profile(KEYS)


class Rooms:
    """Stands in for both front ends: what is done in each in turn, and the rights that each began with."""

    def __init__(self, *visits: Any) -> None:
        self._visits = list(visits)
        self.rights: list[str] = []

    def explorer(self, profile: Profile, *_: object, write_lock: WriteLock, **__: object) -> Any:
        """The next visit; it returns how the explorer ended."""
        return self._enter(profile, write_lock)

    def repl(self, profile: Profile, *_: object, write_lock: WriteLock, **__: object) -> ExitRequest:
        """The next visit; it may return how the REPL was left."""
        return self._enter(profile, write_lock) or ExitRequest(profile=profile, write_lock=write_lock)

    def _enter(self, profile: Profile, lock: WriteLock) -> Any:
        self.rights.append(AccountStatus.of(SessionInfo(profile, lock)).rights)
        return self._visits.pop(0)(lock)


def walk(monkeypatch: pytest.MonkeyPatch, folder: Path, profile: Profile, *visits: Any) -> list[str]:
    """The rights at the beginning of each visit, of which the last one ends the program."""
    rooms = Rooms(*visits, lambda _: 0)
    monkeypatch.setattr(tui.app.startup.launch, "open_explorer", rooms.explorer)
    monkeypatch.setattr(tui.repl.run_repl, "open_repl", rooms.repl)
    assert program._explore(profile, find_folders({"ORDEX_HOME": str(folder)})) == 0
    return rooms.rights


def test_a_timed_unlock_goes_along_with_what_is_left_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It was lost at the prompt, and again on the way back; seconds pass on in both."""
    now = [0.0]
    monkeypatch.setattr(tui.wiring, "lock_of", lambda _: WriteLock(read_only=True, clock=lambda: now[0]))

    def unlock(lock: WriteLock) -> SwitchToRepl:
        lock.open_for(900)
        now[0] += 28
        return TO_REPL

    def wait(_: WriteLock) -> None:
        now[0] += 32

    rights = walk(monkeypatch, tmp_path, PRODUCTION, unlock, wait, lambda _: TO_REPL, lambda _: None)
    assert rights == ["[R]", "[RW 14:32]", "[RW 14:00]", "[RW 14:00]", "[RW 14:00]"]


def test_a_session_that_was_locked_stays_locked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Locked by a person out of --write, it was open again at the prompt."""
    writing = resolve_profile(KEYS, read_only=False)

    def lock_it(lock: WriteLock) -> SwitchToRepl:
        lock.close()
        return TO_REPL

    assert walk(monkeypatch, tmp_path, writing, lock_it, lambda _: None) == ["[RW]", "[R]", "[R]"]


def test_leave_to_change_is_left_behind_with_its_account(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another account begins as it is by itself, and so does the first one after it."""

    def to(profile: Profile) -> Any:
        def visit(lock: WriteLock) -> SwitchProfile:
            lock.open_for(900)
            return SwitchProfile(profile)

        return visit

    rights = walk(monkeypatch, tmp_path, PRODUCTION, to(resolve_profile({})), to(resolve_profile(KEYS)))
    assert rights == ["[R]", "[RW]", "[R]"]


async def test_the_session_has_the_lock_that_was_handed_on(tmp_path: Path) -> None:
    """And lets go of those who listened when it is closed, for they are gone."""
    folders = find_folders({"ORDEX_HOME": str(tmp_path)})
    lock = WriteLock(read_only=True)
    session = open_session(resolve_profile(KEYS, read_only=False), folders, write_lock=lock)
    assert session.write_lock is lock
    assert session.read_only
    told: list[object] = []
    lock.listen(lambda: told.append(1))
    await session.aclose()
    lock.open_for(60)
    assert told == []


async def test_the_prompt_begins_and_ends_with_the_lock_of_its_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a verb has opened the session, too; after ``use`` it is the other profile's."""
    for variable, value in KEYS.items():
        monkeypatch.setenv(variable, value)
    folders = find_folders({"ORDEX_HOME": str(tmp_path)})
    lock = WriteLock(read_only=True)
    sandbox = resolve_profile({})
    left = await run_repl(sandbox, folders, text="use", write_lock=lock)
    assert left.write_lock is lock
    assert "read only" in capsys.readouterr().err
    left = await run_repl(sandbox, folders, text="use environment\nuse sandbox", write_lock=lock)
    assert left.write_lock is not lock
    assert left.write_lock is not None
    assert not left.write_lock.read_only


def test_the_header_begins_with_the_lock_as_it_is(tmp_path: Path) -> None:
    """A timed unlock is in the explorer's header before its session is open."""
    lock = WriteLock(read_only=True)
    lock.open_for(900)
    app = explorer_app(
        PRODUCTION, find_folders({"ORDEX_HOME": str(tmp_path)}), place=StartPlace(), write_lock=lock
    )
    assert app.account is not None
    assert AccountStatus.of(app.account).badge == "PRODUCTION [RW 15:00]"
