"""How a command line ends, and what it imports."""

import json
import subprocess
import sys

import pytest

from tests.support.command_line import Ordex
from tests.support.pseudo_terminal import ROOT

HEAVY = ("textual", "prompt_toolkit", "uvicorn", "duckdb", "keyring", "tomlkit")


def python(code: str) -> str:
    """What the code prints, in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_without_a_terminal_the_explorer_says_what_to_use_instead(ordex: Ordex) -> None:
    """Exit code 2 at once, no escape written, no hang."""
    ended = ordex()
    assert ended.code == 2
    assert "ordex list" in ended.err
    assert "\x1b" not in ended.out + ended.err


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["list", "--demo"], ["get", "--help"]])
def test_headless_commands_import_no_front_end(words: list[str]) -> None:
    """Neither Textual nor prompt-toolkit, nor what only serving needs."""
    loaded = python(
        "import sys; sys.stdout, out = open('/dev/null', 'w'), sys.stdout\n"
        "from tui.cli.invocation import Invocation; from tui.cli.runner import execute\n"
        f"execute(Invocation(explore=None, repl=None), {words!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=out)"
    )
    assert loaded.strip() == "[]"


def test_version_needs_only_click() -> None:
    """The quickest command stays quick."""
    loaded = python(
        "import sys; from tui.cli.invocation import Invocation; from tui.cli.runner import execute\n"
        "execute(Invocation(explore=None, repl=None), ['--version'])\n"
        "print([n for n in ('httpx', 'pydantic', 'starlette', 'sqlite3', 'asyncio') if n in sys.modules])"
    )
    assert loaded.splitlines()[-1] == "[]"


def test_an_unknown_command_names_the_place_to_look(ordex: Ordex) -> None:
    """A misspelt verb is exit code 2."""
    ended = ordex("lsit")
    assert ended.code == 2
    assert "No such command 'lsit'" in ended.err


def test_where_before_a_command_is_refused(ordex: Ordex) -> None:
    """It would have no effect there, and silence would hide that."""
    assert ordex("--where", "status:paid", "list").code == 2


def test_global_options_stand_on_either_side(ordex: Ordex) -> None:
    """Before or behind the verb, the sandbox is the sandbox."""
    assert ordex("--demo", "list").out == ordex("list", "--demo").out


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--where", "amount>>5", "--format", "json"),
        ("list", "--limit", "0", "--format", "jsonl"),
        ("get", "--format", "json"),
    ],
)
def test_wrong_usage_is_json_where_json_was_asked_for(ordex: Ordex, words: tuple[str, ...]) -> None:
    """A program that reads stderr as JSON can read every error so."""
    ended = ordex(*words)
    told = json.loads(ended.err)["error"]
    assert (ended.code, told["exit_code"]) == (2, 2)
    assert told["text"]
