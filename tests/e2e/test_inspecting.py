"""The inspector in a real pseudo-terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal


@pytest.mark.terminal
def test_a_call_is_found_repeated_and_left_again(tmp_path: Path) -> None:
    """From the orders to what was asked for them, once more, and back to the orders."""
    terminal = PseudoTerminal(["--demo"], columns=120, lines=40, environ={"ORDEX_HOME": str(tmp_path)})
    try:
        terminal.wait_for("loaded")
        terminal.insist("R", "1 of 1 call shown")
        assert "/v1/orders?limit=100" in terminal.text
        terminal.press("a")
        terminal.wait_for("2 of 2 calls shown")
        assert "again 1" in terminal.text
        terminal.press("\r")
        terminal.wait_for("data_ref")
        terminal.press("\x1b")
        terminal.wait_for("2 of 2 calls shown")
        terminal.press("\x1b")
        terminal.wait_for("newest first, from the server")
        terminal.press("q")
        assert terminal.end() == 0
    finally:
        terminal.close()
