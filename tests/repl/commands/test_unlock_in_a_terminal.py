"""Unlocking production at a prompt in a real pseudo-terminal, on a clock whose hands a signal moves."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.sandbox import an_order, running_sandbox

CONFIG = """\
[profiles.live]
kind = "production"
url = "{url}"
app_id = "{app_id}"
secret = "environment"
"""
CREATE = "create --set source_id={} --set amount=4200 --yes --confirm live\r"
AN_HOUR_LATER = """
import signal, time
from tui.voucherify.write_lock import WriteLock
hands = []
signal.signal(signal.SIGUSR1, lambda *_: hands.append(3600))
WriteLock.__init__.__kwdefaults__["clock"] = lambda: time.monotonic() + sum(hands)
from tui.__main__ import main
main()
"""


@pytest.mark.terminal
def test_a_create_arrives_while_it_is_unlocked_and_is_refused_when_the_time_is_over(tmp_path: Path) -> None:
    """The prompt says so by itself, without a key, and no request but GET leaves any more."""
    with running_sandbox(orders=[an_order(1)]) as live:
        config = tmp_path / "config" / "config.toml"
        config.parent.mkdir(mode=0o700)
        config.write_text(CONFIG.format(url=live.url, app_id=live.app_id))
        config.chmod(0o600)
        environ = {"ORDEX_HOME": str(tmp_path), "ORDEX_LIVE_APP_TOKEN": live.app_token}
        terminal = PseudoTerminal(
            ["repl", "--profile", "live"],
            columns=130,
            lines=30,
            environ=environ,
            command=(sys.executable, "-c", AN_HOUR_LATER),
        )
        try:
            terminal.wait_for("PRODUCTION live [R]>")
            terminal.press("unlock 60\r")
            terminal.wait_for("Type live to confirm:")
            terminal.press("live\r")
            terminal.wait_for("PRODUCTION live [RW 59:")
            terminal.press(CREATE.format("NEW-1"))
            terminal.wait_for("NEW-1 created")
            os.kill(terminal.child.pid, signal.SIGUSR1)
            terminal.wait_for(lambda text: "ordex PRODUCTION live [R]>" in text.splitlines())
            terminal.press(CREATE.format("NEW-2"))
            terminal.wait_for("is read-only")
            with live.store.reading() as transaction:
                assert transaction.orders.count() == 2
        finally:
            terminal.close()
