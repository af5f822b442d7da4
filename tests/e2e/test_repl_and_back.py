"""From the explorer to the REPL and back, in a real pseudo-terminal."""

import pytest

from tests.support.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.terminal


def test_the_repl_has_the_order_at_hand_and_exit_leads_back() -> None:
    """The order under the cursor is the last result there; the cursor is on it again here."""
    terminal = PseudoTerminal(["--demo"], columns=120, lines=30)
    try:
        terminal.wait_for("of 2,500 loaded")
        below = next(number for number, line in enumerate(terminal.lines) if line.startswith("›")) + 3
        terminal.press("j", "j", "j")
        terminal.wait_for(lambda screen: screen.splitlines()[below].startswith("›"))
        line = terminal.lines[below]
        terminal.press("!")
        terminal.wait_for("ctrl-d exits")
        terminal.press("_.status\r")
        status = line.split()[1]
        terminal.wait_for(lambda screen: status in screen)
        terminal.press("exit\r")
        terminal.wait_for(lambda screen: "of 2,500 loaded" in screen and "›" in screen)
        terminal.wait_for(lambda screen: any(row[:60] == line[:60] for row in screen.splitlines()))
        terminal.press("q")
        assert terminal.end() == 0
        assert not terminal.left_behind()
    finally:
        terminal.close()
