"""An import that outlives its terminal, seen from another one."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Open
from tests.support.sandbox import MovableClock, running_sandbox

pytestmark = pytest.mark.terminal

ROWS = 40


def test_an_import_goes_on_when_its_window_is_closed(open_ordex: Open, tmp_path: Path) -> None:
    """Agreed to at a prompt, it is followed in the explorer of another window until every order is there."""
    file = tmp_path / "in.jsonl"
    file.write_text("".join(f"{json.dumps({'source_id': f'late-{n}', 'amount': n})}\n" for n in range(ROWS)))
    clock = MovableClock()
    with running_sandbox(clock=clock) as sandbox:
        environ = {
            "ORDEX_HOME": str(tmp_path / "home"),
            "VOUCHERIFY_APP_ID": sandbox.app_id,
            "VOUCHERIFY_APP_TOKEN": sandbox.app_token,
            "VOUCHERIFY_API_BASE_URL": sandbox.url,
        }
        line = f"{sys.executable} -m tui import {file} --chunk {ROWS // 2} --detach; sleep 60"
        window = open_ordex("-c", line, command=("sh",), environ=environ)
        window.wait_for(f"Import {ROWS} orders into environment? [y/N]")
        window.press("y\r")
        window.wait_for("continues without this terminal")
        run = re.search(r"import (\S+) continues", window.text)
        assert run is not None
        window.vanish()

        other = open_ordex(environ=environ)
        other.wait_for("No orders yet")
        other.insist("J", "2 calls each time")
        other.wait_for(lambda screen: re.search(r"import run +RUNNING", screen) is not None)
        clock.advance(60)
        other.wait_for(lambda screen: re.search(r"import run +DONE", screen) is not None)
        other.press("\x1b")
        other.insist("r", f"of {ROWS}")
        other.press("q")
        assert other.end() == 0
    log = tmp_path / "home" / "state" / "imports" / f"{run[1]}.log"
    assert f"{ROWS} of {ROWS} orders imported." in log.read_text()
