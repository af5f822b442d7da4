"""The program's first moments in a real pseudo-terminal."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.terminal


def started(home: Path, *arguments: str, **environ: str) -> PseudoTerminal:
    """Ordex just spawned, on a sandbox of its own."""
    cleared = {"VOUCHERIFY_APP_ID": "", "VOUCHERIFY_APP_TOKEN": "", "ORDEX_PROFILE": ""}
    return PseudoTerminal(
        arguments, columns=80, lines=24, environ={**cleared, "ORDEX_HOME": str(home), **environ}
    )


def has_begun(terminal: PseudoTerminal) -> None:
    """Wait for the first frame, without letting anything else happen."""
    until = time.monotonic() + 30
    while b"opening" not in terminal.raw and time.monotonic() < until:
        terminal._read(0.005)


@pytest.mark.parametrize("pause", [0, 0.1, 0.2, 0.3, 0.4, 0.6])
def test_quitting_while_it_starts_is_quitting(tmp_path: Path, pause: float) -> None:
    """A key typed on the first frame counts, whenever it comes."""
    terminal = started(tmp_path)
    try:
        has_begun(terminal)
        terminal.settle(pause)
        terminal.press("q")
        assert terminal.end() == 0, bytes(terminal.raw[-3000:])
        assert b"Traceback" not in terminal.raw
        assert not terminal.left_behind()
    finally:
        terminal.close()


def test_an_interrupt_on_the_first_frame_leaves_no_trace(tmp_path: Path) -> None:
    """Exit code 130, in words, on the screen that was there before."""
    terminal = started(tmp_path)
    try:
        has_begun(terminal)
        terminal.child.sendintr()
        terminal.settle(1)
        assert terminal.end() == 130
        assert b"Traceback" not in terminal.raw
        assert b"interrupted" in terminal.raw.partition(b"\x1b[?1049l")[2]
        assert not terminal.left_behind()
    finally:
        terminal.close()


def test_half_an_account_is_said_on_the_screen_that_was_there_before(tmp_path: Path) -> None:
    """The first frame goes before the sentence comes."""
    terminal = started(tmp_path, VOUCHERIFY_APP_ID="id")
    try:
        assert terminal.end() == 2
        assert b"VOUCHERIFY_APP_TOKEN is not set" in terminal.raw.rpartition(b"\x1b[?1049l")[2]
        assert not terminal.left_behind()
    finally:
        terminal.close()
