"""Shell completion."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from click.shell_completion import BashComplete

from tests.support.command_line import Ordex
from tui.actions.verbs import VERBS
from tui.cli.help_commands import SHELLS
from tui.cli.root import OWN_COMMANDS
from tui.cli.root import ordex as root
from tui.orders.columns import COLUMNS
from tui.settings.themes import load_themes


def completed(*words: str) -> list[str]:
    """What is proposed for the last of these words."""
    *before, typed = words
    found = BashComplete(root, {}, "ordex", "_ORDEX_COMPLETE").get_completions(list(before), typed)
    return [item.value for item in found]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed_for_each_shell(ordex: Ordex, shell: str) -> None:
    """It asks this very command, and the shell can read it where it is installed."""
    ended = ordex("completion", shell)
    assert ended.code == 0
    assert "_ORDEX_COMPLETE" in ended.out
    if program := shutil.which(shell):
        read = subprocess.run([program, "-n"], input=ended.out, text=True, capture_output=True, check=False)
        assert (read.returncode, read.stderr) == (0, "")


def test_an_unknown_shell_is_wrong_usage(ordex: Ordex) -> None:
    """The shells there are, are named."""
    ended = ordex("completion", "tcsh")
    assert ended.code == 2
    assert "fish" in ended.err


def test_commands_and_options_are_completed() -> None:
    """Every verb and command; a verb's options."""
    assert completed("") == sorted({*VERBS, *OWN_COMMANDS})
    assert completed("list", "--lim") == ["--limit"]
    assert completed("help", "fi") == ["filter"]


def test_values_are_completed() -> None:
    """Choices, columns alone and in a list, themes, profiles."""
    assert completed("list", "--format", "j") == ["json", "jsonl"]
    assert completed("list", "--sort", "cr") == ["created_at"]
    assert completed("list", "--columns", "id,st") == ["id,status"]
    assert "id,id" not in completed("list", "--columns", "id,")
    assert completed("list", "--columns", "") == list(COLUMNS)
    assert completed("--theme", "ordex") == [name for name in load_themes().themes if "ordex" in name]
    assert completed("--profile", "s") == ["sandbox"]
