"""The standard streams: closed ones, full disks, readers and peers that leave early."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import ROOT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own and no account."""
    left_out = ("VOUCHERIFY_", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {**kept, "ORDEX_HOME": str(tmp_path)}


def in_shell(words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a line in which ``ordex`` is the command, and give its exit code and what was written."""
    line = f'ordex() {{ "{sys.executable}" -m tui "$@"; }}; {words}'
    return subprocess.run(
        ["sh", "-c", line], check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_fault(closed: str, environment: dict[str, str]) -> None:
    """What is started without a stream, as some schedulers do, works without it."""
    ended = in_shell(f"ordex list --limit 1 {closed}", environment)
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
    assert ("ord_" in ended.stdout) == (">&-" not in closed.replace("2>&-", ""))


def test_a_reader_that_leaves_early_ends_the_command_quietly(environment: dict[str, str]) -> None:
    """``| head -1`` gets its line, and nothing is said about the rest."""
    ended = in_shell(
        "{ ordex list --all --format jsonl; echo code $? >&2; } 2>kept | head -1; cat kept; rm kept",
        environment,
    )
    first, *said = ended.stdout.splitlines()
    assert json.loads(first)["object"] == "order"
    assert said[-1] == "code 141"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_named(environment: dict[str, str]) -> None:
    """Data that cannot be written is no fault of Ordex, and not exit code 0."""
    ended = in_shell("ordex list --limit 1 > /dev/full", environment)
    assert ended.returncode == 9
    assert ended.stderr == "ordex: stdout cannot be written: No space left on device\n"


def test_a_peer_that_hangs_up_does_not_end_the_process(environment: dict[str, str]) -> None:
    """Writing to a closed socket is an error that can be handled, not the end of the sandbox or explorer."""
    code = (
        "import runpy, socket, sys\n"
        "sys.argv = ['ordex', '--version']\n"
        "try:\n    runpy.run_module('tui', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "here, there = socket.socketpair()\n"
        "there.close()\n"
        "try:\n    here.send(b'x')\n"
        "except BrokenPipeError:\n    print('told')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ended.stdout.endswith("told\n")


@pytest.mark.parametrize(
    "words", ["ordex import rows.csv --demo --dry-run --rejects -", "ordex list --demo --limit 1 --har -"]
)
def test_a_second_file_is_not_standard_output(
    words: str, environment: dict[str, str], tmp_path: Path
) -> None:
    """It is refused before anything is sent, and no file called ``-`` is made."""
    (tmp_path / "rows.csv").write_text("source_id,amount\na,x\n")
    ended = in_shell(f'export PYTHONPATH="$PWD"; cd {tmp_path}; {words}', environment)
    assert ended.returncode == 2
    assert "- is used for other output here" in ended.stderr
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("words", ["{} | ordex import -", "mkfifo p; {} > p & ordex import p"])
def test_a_csv_is_imported_from_a_pipe(words: str, environment: dict[str, str], tmp_path: Path) -> None:
    """It can be read once; the plan shows amounts as the private copy has them."""
    text = r"printf 'source_id,amount\na,1250\n'"
    ended = in_shell(
        f'export PYTHONPATH="$PWD"; cd {tmp_path}; {words.format(text)} --demo --dry-run', environment
    )
    assert ended.returncode == 0, ended.stderr
    assert "1250 → 12.50" in ended.stderr
