"""Editors that fail, in a real pseudo-terminal: the explorer comes back, and says what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Open

pytestmark = pytest.mark.terminal

WRECKS_THE_TERMINAL = (
    "#!/bin/sh\nprintf '\\033[?1049h\\033[?25l\\033[?1003h\\033[31m'\nstty raw -echo\nexit 3\n"
)

EDITORS = {
    "exits with an error": ("#!/bin/sh\nexit 1\n", "exited with status 1"),
    "leaves the terminal raw": (WRECKS_THE_TERMINAL, "exited with status 3"),
    "kills itself": ("#!/bin/sh\nkill -KILL $$\n", "was ended by SIGKILL"),
    "is no program": ("not a program", "could not be used"),
    "writes no order": ('#!/bin/sh\nprintf "[1, 2" > "$1"\n', "The edited text is not an order"),
    "removes the file": ('#!/bin/sh\nrm "$1"\n', "could not be used"),
}


@pytest.mark.parametrize("name", EDITORS)
def test_the_form_comes_back(name: str, open_ordex: Open, tmp_path: Path) -> None:
    """An error in the editor left a dead terminal that echoed its keys."""
    text, said = EDITORS[name]
    program = tmp_path / "editor"
    program.write_text(text)
    program.chmod(0o755)
    terminal = open_ordex("--demo", environ={"VISUAL": str(program), "ORDEX_HOME": str(tmp_path / "home")})
    terminal.wait_for("100 of 2,500")
    terminal.insist("n", "New order")
    terminal.press("\x05")
    terminal.wait_for(said)
    terminal.press(*"WEB-7")
    terminal.wait_for("WEB-7")
    terminal.settle(0.3)
    terminal.insist("\x1b", lambda screen: "New order" not in screen)
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []


def test_ctrl_c_in_the_editor_is_for_the_editor(open_ordex: Open, tmp_path: Path) -> None:
    """It ended the explorer too: the terminal sends the signal to both."""
    program = tmp_path / "editor"
    program.write_text("#!/bin/sh\necho waiting for a key\nsleep 60\n")
    program.chmod(0o755)
    terminal = open_ordex("--demo", environ={"VISUAL": str(program), "ORDEX_HOME": str(tmp_path / "home")})
    terminal.wait_for("100 of 2,500")
    terminal.insist("n", "New order")
    terminal.press("\x05")
    terminal.wait_for("waiting for a key")
    terminal.press("\x03")
    terminal.wait_for("was ended by SIGINT")
    terminal.press(*"WEB-7")
    terminal.wait_for("WEB-7")
