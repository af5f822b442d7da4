"""ctrl+z in the explorer, in a shell that knows jobs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest


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
