"""The program's REPL as a process: scripts, exit codes, what is imported when."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One embedded sandbox for all of them."""
    return tmp_path_factory.mktemp("ordex-home")


@pytest.fixture
def ordex(home: Path) -> Run:
    """Runs the program on the embedded sandbox, without a terminal."""

    def run(*arguments: str, stdin: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "error", "ORDEX_HOME": str(home), **environ},
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_a_script_from_the_command_line(ordex: Run) -> None:
    """Data on stdout, sentences on stderr, no colour in a pipe."""
    ended = ordex("repl", "--demo", "-c", "list limit 2 format jsonl\nget _[1] format json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout.splitlines()[1])["id"] == json.loads(ended.stdout.split("\n", 2)[2])["id"]
    assert "2 of 2,500 orders" in ended.stderr
    assert "\x1b" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("list limit 1", 0, "1 of 2,500"),
        ("list limit x\nlist", 2, "-c: stopped at line 1"),
        ("list limit 1\nget nope", 3, "-c: stopped at line 2"),
        ("exit 7", 7, ""),
        ("list limit 1 | exit 9", 2, "exited with status 9"),
        ("list all | true\nx = 5", 0, "2,500 of 2,500"),
        ("use environment", 2, "VOUCHERIFY_APP_ID"),
        ("update {", 2, "closing } of"),
    ],
)
def test_exit_codes(ordex: Run, text: str, code: int, said: str) -> None:
    """A script ends with the code of its first line that failed, and says where."""
    ended = ordex("repl", "--demo", "-c", text)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_scripts_from_files_and_from_stdin(ordex: Run, tmp_path: Path) -> None:
    """``-f FILE``, or lines that are piped in."""
    script = tmp_path / "x.ordex"
    script.write_text("x = 5\n$x\nnope\n")
    ended = ordex("repl", "--demo", "-f", str(script))
    assert (ended.returncode, ended.stdout) == (2, "5\n")
    assert f"{script}: stopped at line 3" in ended.stderr
    piped = ordex("repl", "--demo", stdin="x = 6\n$x\n")
    assert (piped.returncode, piped.stdout) == (0, "6\n")
    missing = ordex("repl", "--demo", "-f", str(tmp_path / "none"))
    assert missing.returncode == 2
    assert "cannot be read" in missing.stderr
    assert ordex("repl", "-c", "x", "-f", "y").returncode == 2


def test_linear_scripts_are_spoken(ordex: Run) -> None:
    """The environment asks for it as the option does."""
    ended = ordex("repl", "--demo", "-c", "list limit 1 columns id", ORDEX_LINEAR="1")
    assert ended.stdout.startswith("1 of 1\nID: ord_")


def test_opening_imports_no_other_front_end_and_no_network() -> None:
    """The prompt is there before pydantic and httpx; Textual never comes."""
    code = (
        "import sys, tui.repl.run_repl, tui.repl.repl_loop, tui.repl.toolkit_prompt, tui.repl.connection, "
        "tui.repl.output, tui.repl.plain_prompt\n"
        "heavy = {'textual', 'rich', 'pydantic', 'httpx', 'starlette', 'click', 'tui.app', 'tui.cli'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout == "[]\n"
