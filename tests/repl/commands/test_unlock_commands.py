"""Leave to change in the REPL: asked for by name, told at each prompt, over when its time is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.repl_sessions import FakePerson, interpreter
from tui.actions.exit_codes import ExitCode
from tui.repl.interpreter import Interpreter
from tui.voucherify.write_lock import WriteLock


class Hands:
    """A clock whose hands a test moves."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


async def production(folder: Path, lock: WriteLock, *, agrees: bool = True) -> Interpreter:
    """A session on production, behind a lock."""
    repl = interpreter(folder, kind="production")
    account: Any = await repl.connection.open()
    account.write_lock = lock
    repl.person = FakePerson(answer=agrees)
    return repl


async def test_the_name_is_typed_and_the_prompt_tells_the_time(tmp_path: Path) -> None:
    """Fifteen minutes unless others are said; then it is over; lock ends it before."""
    hands = Hands()
    repl = await production(tmp_path, WriteLock(read_only=True, clock=hands))
    person: Any = repl.person
    assert repl.connection.standing.rights == "[R]"
    assert await repl.execute("unlock") == ExitCode.DONE
    (question,) = person.asked
    assert (question.typed, question.asked) == (
        "production",
        "PRODUCTION [R] production · Allow changes for 15 minutes?",
    )
    assert repl.connection.standing.rights == "[RW 15:00]"
    hands.now += 900
    assert repl.connection.standing.rights == "[R]"
    assert await repl.execute("unlock 1") == ExitCode.DONE
    assert repl.connection.standing.rights == "[RW 1:00]"
    assert await repl.execute("lock") == ExitCode.DONE
    assert repl.connection.standing.rights == "[R]"


@pytest.mark.parametrize("line", ["unlock 0", "unlock 61", "unlock soon"])
async def test_a_time_that_cannot_be_is_wrong_usage(line: str, tmp_path: Path) -> None:
    """Nobody is asked."""
    repl = await production(tmp_path, WriteLock(read_only=True))
    assert await repl.execute(line) == ExitCode.USAGE
    assert repl.person.asked == []  # type: ignore[attr-defined] # a person of the tests


async def test_a_no_changes_nothing(tmp_path: Path) -> None:
    """Nor does a sealed session ask."""
    repl = await production(tmp_path, WriteLock(read_only=True), agrees=False)
    assert await repl.execute("unlock") == ExitCode.REFUSED
    assert repl.connection.standing.read_only
    sealed = await production(tmp_path, WriteLock(read_only=True, sealed=True))
    assert await sealed.execute("unlock") == ExitCode.REFUSED
    assert sealed.person.asked == []  # type: ignore[attr-defined] # a person of the tests


async def test_leave_to_change_stays_with_its_account(tmp_path: Path) -> None:
    """Another profile and back: it is locked as at first."""
    repl = await production(tmp_path, WriteLock(read_only=False))
    assert await repl.execute("lock") == ExitCode.DONE
    assert await repl.execute("unlock 5") == ExitCode.DONE
    assert await repl.execute("use sandbox") == ExitCode.DONE
    assert repl.connection.standing.seconds_left is None
