"""The whole journal, streamed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import command_line
from tests.support.full_home import Amounts, fill_home
from tests.support.pseudo_terminal import ROOT
from tui.settings.folders import Folders

PEAK = """
import sys
from pathlib import Path
from tui.__main__ import main
try:
    main()
finally:
    status = Path("/proc/self/status").read_text()
    print(status.split("VmHWM:")[1].split()[0], file=sys.stderr)
"""
# Not getrusage: what that tells includes the process from which this one was started.

linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's account of memory")


def filled(home: Path, changes: int) -> Path:
    """A home with changes only."""
    amounts = Amounts(changes, changes // 10, runs=0, drafts=0, history=0, profiles=0)
    fill_home(Folders(home / "config", home / "state", home / "data"), amounts=amounts)
    return home


def peak(home: Path, *words: str) -> int:
    """Kilobytes that a command needed at most."""
    ended = subprocess.run(
        [sys.executable, "-c", PEAK, *words],
        check=True, cwd=ROOT, env={"ORDEX_HOME": str(home)}, capture_output=True, text=True,
    )  # fmt: skip
    return int(ended.stderr.split()[-1])


@linux
@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "table"])
def test_the_whole_journal_is_written_in_flat_memory(form: str, tmp_path: Path) -> None:
    """Ten times the changes need no more memory, give or take 15 %."""
    few, many = filled(tmp_path / "few", 300), filled(tmp_path / "many", 3_000)
    words = ("journal", "--all", "--format", form)
    assert peak(many, *words) < 1.15 * peak(few, *words)


@linux
@pytest.mark.nightly
@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_the_journal_of_months_is_written_in_flat_memory(form: str, tmp_path: Path) -> None:
    """The same with 20,000 changes."""
    few, many = filled(tmp_path / "few", 300), filled(tmp_path / "many", 20_000)
    words = ("journal", "--all", "--format", form)
    assert peak(many, *words) < 1.15 * peak(few, *words)


def test_every_form_holds_every_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Newest first, over the borders of pages; an empty journal is an empty list."""
    ordex = command_line(capsys)
    assert ordex("journal", "--format", "json").document == []
    assert ordex("journal", "--format", "jsonl").out == ""
    monkeypatch.setenv("ORDEX_HOME", str(filled(tmp_path / "home", 450)))
    whole: list[dict[str, Any]] = ordex("journal", "--all", "--format", "json").document
    assert [entry["id"] for entry in whole] == list(range(450, 0, -1))
    assert [
        json.loads(line) for line in ordex("journal", "--all", "--format", "jsonl").out.splitlines()
    ] == whole
    assert ordex("journal", "--limit", "3", "--format", "json").document == whole[:3]
    assert len(ordex("journal", "--all", "--format", "csv").out.splitlines()) == 451
    assert len(ordex("journal", "--all").out.splitlines()) == 451
    assert ordex("journal", "--all", "--format", "json").out == json.dumps(whole, indent=2) + "\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--all", "--limit", "3"), ("--all", "--limit", "20"),
        ("prune", "--limit", "20"), ("prune", "--all"), ("--keep-days", "3"),
    ],
)  # fmt: skip
def test_what_would_be_dropped_is_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the number is the one that holds without it."""
    ended = command_line(capsys)("journal", *words)
    assert ended.code == 2
    assert words[-1 if words[-1].startswith("--") else -2] in ended.err
