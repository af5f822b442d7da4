"""The explorer and a command that take the same change back, at moments that a seed decides."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.e2e.conftest import Open
from tests.support.two_processes import workplace

pytestmark = pytest.mark.terminal

ENDS = (
    "changed back",
    "has already undone change 1, by change 2",
    "every change of this account is undone",
    "was already undone",
)
"""What the explorer says when it has undone the change, or when the command was faster."""


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[] if seed < 1 else pytest.mark.nightly) for seed in range(12)]
)
def test_undo_in_the_explorer_beside_the_command(seed: int, open_ordex: Open, tmp_path: Path) -> None:
    """The change is taken back once; whoever comes second says who was faster."""
    rng = random.Random(seed)
    with workplace(tmp_path) as place:
        place.run("update", "source-1", "--set", "amount=1", "--yes")
        terminal = open_ordex(environ=place.environ)
        terminal.wait_for("all 3", limit=60)
        before, while_asked = rng.choice([(True, False), (False, True), (False, False)])
        command = place.start(("undo", "--yes")) if before else None
        terminal.settle(rng.uniform(0, 1))
        terminal.insist("u", lambda screen: "Send this to" in screen or any(end in screen for end in ENDS))
        if while_asked:
            command = place.start(("undo", "--yes"))
            terminal.settle(rng.uniform(0, 2))
        if "Send this to" in terminal.text:
            terminal.answer("y")
        command = command or place.start(("undo", "--yes"))
        terminal.wait_for(lambda screen: any(end in screen for end in ENDS), limit=60)
        _, err = command.communicate(timeout=60)
        assert place.writes == {0: 2, 2: 1}
        if command.returncode == 0:
            shown = " ".join(terminal.text.split())
            assert f"process {command.pid} has already undone change 1" in shown or "every change" in shown
        elif command.returncode == 6:
            assert f"process {terminal.child.pid} has already undone change 1" in err
        else:
            assert command.returncode == 3, err
            assert "every change of this account is undone" in err
