"""However the explorer ends, the terminal is as it was before."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import sys

import pytest

from tests.e2e.conftest import Open
from tests.support.pseudo_terminal import children_of

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("key", ["q", "\x11"], ids=["q", "ctrl+q"])
def test_a_key_ends_it(open_ordex: Open, key: str) -> None:
    """``q`` and Textual's own ``ctrl+q`` are exit code 0."""
    terminal = open_ordex()
    terminal.wait_for("100 of 2,500")
    terminal.press(key)
    assert terminal.end() == 0
    assert terminal.left_behind() == []


def test_ctrl_c_does_no_harm(open_ordex: Open) -> None:
    """It is no way to lose one's place by accident: the explorer goes on."""
    terminal = open_ordex()
    terminal.wait_for("100 of 2,500")
    terminal.press("\x03", "j")
    terminal.settle(0.3)
    assert terminal.child.isalive()
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda sent: sent.name)
def test_a_signal_ends_it(open_ordex: Open, sent: signal.Signals) -> None:
    """The exit code is 128 and the signal's number, as shells have it."""
    terminal = open_ordex()
    terminal.wait_for("100 of 2,500")
    os.kill(terminal.child.pid, sent)
    assert terminal.end() == 128 + sent
    assert terminal.left_behind() == []


def test_a_signal_while_it_opens(open_ordex: Open) -> None:
    """There is no moment at which a signal leaves the terminal half changed."""
    terminal = open_ordex()
    terminal.wait_for("Ordex")
    os.kill(terminal.child.pid, signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert terminal.left_behind() == []


def test_the_terminal_goes_away(open_ordex: Open) -> None:
    """When the window is closed under it, no process stays."""
    terminal = open_ordex()
    terminal.wait_for("100 of 2,500")
    assert terminal.vanish() == 128 + signal.SIGHUP


def test_an_address_that_nobody_answers(open_ordex: Open) -> None:
    """The explorer says that it is not reached, and quits as ever."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        terminal = open_ordex(
            environ={
                "VOUCHERIFY_APP_ID": "id",
                "VOUCHERIFY_APP_TOKEN": "token",
                "VOUCHERIFY_API_BASE_URL": address,
            }
        )
        terminal.wait_for("The service cannot be reached")
        terminal.press("q")
        assert terminal.end() == 0
    assert terminal.left_behind() == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP], ids=lambda sent: sent.name)
@pytest.mark.parametrize("busy", [False, True], ids=["at the prompt", "while a verb runs"])
def test_a_signal_ends_the_repl(open_ordex: Open, sent: signal.Signals, busy: bool) -> None:
    """The prompt left the terminal raw, and pasting bracketed."""
    terminal = open_ordex("repl", "--demo")
    terminal.wait_for("sandbox")
    terminal.settle(0.5)
    if busy:
        terminal.press("watch 1 list limit 3\r")
        terminal.wait_for("ord_")
    os.kill(terminal.child.pid, sent)
    assert terminal.end() == 128 + sent
    assert terminal.left_behind() == []
    assert b"Traceback" not in terminal.raw


def test_the_repl_ends_with_what_started_it(open_ordex: Open) -> None:
    """A wrapper that is killed leaves nobody at the keyboard."""
    script = f"import subprocess; subprocess.run([{sys.executable!r}, '-m', 'tui', 'repl', '--demo'])"
    command = ("/bin/sh", "-c", f"{shlex.quote(sys.executable)} -c {shlex.quote(script)}; sleep 60")
    terminal = open_ordex(command=command)
    terminal.wait_for("sandbox")
    terminal.settle(0.5)
    (wrapper,) = children_of(terminal.child.pid)
    (repl,) = children_of(wrapper)
    os.kill(wrapper, signal.SIGKILL)
    terminal.end_of(repl)
    assert terminal.left_behind() == []
