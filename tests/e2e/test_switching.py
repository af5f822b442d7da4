"""Going from one account to another in a real pseudo-terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.sandbox import an_order, running_sandbox

CONFIG = """\
[profiles.live]
kind = "production"
url = "{live}"
app_id = "sandbox-app-id"
secret = "environment"

[profiles.trial]
kind = "sandbox"
url = "{trial}"
app_id = "sandbox-app-id"
secret = "environment"
"""


@pytest.mark.terminal
def test_no_order_of_one_account_is_seen_under_the_header_of_another(tmp_path: Path) -> None:
    """Back and forth between two accounts; production says so and only reads until its name is typed."""
    live = [an_order(n, source_id=f"LIVE-{n}") for n in range(60)]
    trial = [an_order(n, source_id=f"TRIAL-{n}") for n in range(60)]
    with running_sandbox(orders=live) as one, running_sandbox(orders=trial) as other:
        config = tmp_path / "config" / "config.toml"
        config.parent.mkdir(mode=0o700)
        config.write_text(CONFIG.format(live=one.url, trial=other.url))
        config.chmod(0o600)
        environ = {
            "ORDEX_HOME": str(tmp_path),
            "ORDEX_PROFILE": "trial",
            "ORDEX_LIVE_APP_TOKEN": one.app_token,
            "ORDEX_TRIAL_APP_TOKEN": other.app_token,
        }
        terminal = PseudoTerminal([], columns=140, lines=40, environ=environ)
        try:
            for turn in range(2):
                terminal.wait_for(lambda text: "TRIAL-59" in text and "SANDBOX [RW]  trial" in text)
                _choose(terminal, "k")
                terminal.wait_for(lambda text: "LIVE-59" in text and "PRODUCTION" in text)
                _check_one_account(terminal.text, "live", "TRIAL-")
                assert "[R]" in terminal.lines[0]
                if turn == 0:
                    terminal.insist("n", "is read-only")
                _choose(terminal, "j")
            terminal.wait_for(lambda text: "TRIAL-59" in text and "SANDBOX [RW]  trial" in text)
            _check_one_account(terminal.text, "trial", "LIVE-")
            terminal.press("q")
            assert terminal.end() == 0
        finally:
            terminal.close()


def _check_one_account(text: str, name: str, others: str) -> None:
    header = text.splitlines()[0]
    assert re.search(rf"\b{name}\b", header)
    assert others not in text


def _choose(terminal: PseudoTerminal, step: str) -> None:
    """The two accounts stand below one another in the list, and the cursor begins at the one in use."""
    terminal.insist("p", "The orders on the screen are closed first")
    terminal.press(step)
    terminal.settle(0.3)
    terminal.press("\r")
