"""ctrl+z in the explorer, in a shell that knows jobs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from tests.support.pseudo_terminal import PseudoTerminal


@pytest.mark.terminal
def test_ctrl_z_returns_to_the_shell_and_fg_continues(tmp_path: Path) -> None:
    """The shell can be used meanwhile, and the explorer comes back as it was."""
    environ = {**os.environ, "ORDEX_HOME": str(tmp_path / "home"), "TERM": "xterm-256color", "PS1": "shell> "}
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        env=environ,
        dimensions=(30, 100),
        encoding="utf-8",
        timeout=60,
    )
    try:
        shell.expect_exact("shell> ")
        shell.sendline(f"'{sys.executable}' -m tui --demo")
        shell.expect_exact("2,500")
        shell.send("\x1a")
        shell.expect_exact("Stopped")
        shell.expect_exact("shell> ")
        shell.sendline("echo mo''re; fg")
        shell.expect_exact("more")
        shell.expect_exact("2,500")
        shell.send("q")
        shell.expect_exact("shell> ")
        shell.sendline("echo en''ded $?")
        shell.expect_exact("ended 0")
    finally:
        shell.close(force=True)


@pytest.mark.terminal
def test_without_a_shell_there_is_no_stop(tmp_path: Path) -> None:
    """Nobody could continue it: a message says so, and the keys go on to work."""
    environ = {**os.environ, "ORDEX_HOME": str(tmp_path / "home"), "TERM": "xterm-256color"}
    app = pexpect.spawn(
        sys.executable,
        ["-m", "tui", "--demo"],
        env=environ,
        dimensions=(30, 100),
        encoding="utf-8",
        timeout=60,
    )
    try:
        app.expect_exact("2,500")
        app.send("\x1a")
        app.expect_exact("Not suspended")
        app.send("q")
        app.expect(pexpect.EOF)
    finally:
        app.close(force=True)


@pytest.mark.terminal
@pytest.mark.parametrize("key", ["!", "\x05"])
def test_without_a_shell_nothing_stops_while_another_program_has_the_terminal(
    key: str, tmp_path: Path
) -> None:
    """Neither while the REPL starts nor while an editor runs, when ctrl+z is a signal and not a key."""
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsleep 2\n")
    editor.chmod(0o755)
    environ = {"ORDEX_HOME": str(tmp_path / "home"), "VISUAL": str(editor)}
    terminal = PseudoTerminal(["--demo"], columns=100, lines=30, environ=environ)
    try:
        terminal.wait_for("100 of 2,500")
        if key != "!":
            terminal.insist("n", "New order")
        terminal.press(key)
        terminal.settle(0.05 if key == "!" else 1.0)
        for _ in range(20):
            terminal.press("\x1a")
            terminal.settle(0.1)
        status = Path(f"/proc/{terminal.child.pid}/stat").read_text().rpartition(")")[2].split()[0]
        assert status != "T"
        terminal.wait_for("ctrl-d exits" if key == "!" else "New order")
    finally:
        terminal.close()
