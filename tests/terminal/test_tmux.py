"""What tmux says of itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.terminal.terminal_identity import Tmux, ask_tmux, read_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("3.4\tkitty(0.35.2)\txterm-kitty\ton\toff\n", Tmux("3.4", "kitty(0.35.2)", True, False)),
        ("3.3a\t\txterm-256color\texternal\t0\n", Tmux("3.3a", "xterm-256color", False, False)),
        ("3.5\t\t\toff\tall\n", Tmux("3.5", "", False, True, False)),
        ("", None),
        ("no server running on /tmp/tmux\n", None),
    ],
)
def test_an_answer_is_read(text: str, answer: Tmux | None) -> None:
    """The terminal's own name before its ``TERM``; what programs may do; anything else is no answer."""
    assert read_answer(text) == answer


def test_without_tmux_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program is run."""
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a program was run"))
    assert ask_tmux({"PATH": "/nowhere"}) is None


def test_a_tmux_that_is_not_there_any_more_is_no_tmux(tmp_path: Path) -> None:
    """Not found, or its server gone: no answer, no error."""
    assert ask_tmux({"TMUX": "/gone,1,0", "PATH": str(tmp_path)}) is None


def test_one_that_hangs_is_left_alone(tmp_path: Path) -> None:
    """After the time it is given."""
    program = tmp_path / "tmux"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    begun = time.monotonic()
    environ = {"TMUX": "x,1,0", "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert ask_tmux(environ, seconds=0.2) is None
    assert time.monotonic() - begun < 5


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Path]:
    """A tmux server of its own, with its settings as delivered."""
    path = tmp_path / "s"
    tmux = ("tmux", "-f", "/dev/null", "-S", str(path))
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
    yield path
    subprocess.run([*tmux, "kill-server"], check=True)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
def test_a_real_one_answers(socket: Path) -> None:
    """Its version; the clipboard as its settings have it, which can be changed."""
    environ = {**os.environ, "TMUX": f"{socket},0,0"}
    told = ask_tmux(environ)
    assert told is not None
    assert told.version[0].isdigit()
    assert not told.clipboard
    subprocess.run(["tmux", "-S", str(socket), "set", "-s", "set-clipboard", "on"], check=True)
    told = ask_tmux(environ)
    assert told is not None
    assert told.clipboard
