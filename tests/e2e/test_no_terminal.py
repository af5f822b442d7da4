"""Where no screen can be drawn, nothing is drawn."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.e2e.conftest import Open
from tests.support.pseudo_terminal import ROOT

pytestmark = pytest.mark.terminal


def test_without_a_terminal() -> None:
    """Exit code 2 and what to use instead; stdout stays empty."""
    ended = subprocess.run(
        [sys.executable, "-m", "tui"],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "ordex list" in ended.stderr
    assert "\x1b" not in ended.stderr


def test_on_a_dumb_terminal(open_ordex: Open) -> None:
    """TERM=dumb gets words and no codes."""
    terminal = open_ordex(environ={"TERM": "dumb"})
    assert terminal.end() == 2
    assert "TERM=dumb" in terminal.text
    assert b"\x1b" not in terminal.raw
