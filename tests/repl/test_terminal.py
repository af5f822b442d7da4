"""The REPL in a real pseudo-terminal, on a sandbox over loopback."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.sandbox import APP_ID, APP_TOKEN, an_order, running_sandbox

pytestmark = pytest.mark.terminal

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\x07"


class Terminal(PseudoTerminal):
    """A terminal that also answers when it is asked where the cursor is, as real ones do."""

    def __init__(self, arguments: Sequence[str], *, environ: dict[str, str], columns: int = 130) -> None:
        super().__init__(arguments, columns=columns, lines=40, environ=environ)
        self._screen.write_process_input = self.child.send


@pytest.fixture
def account(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a sandbox account with thirty orders, the newest of them hostile."""
    orders = [an_order(number, status="PAID" if number % 2 else "CREATED") for number in range(30)]
    orders.append(an_order(30, source_id=HOSTILE, metadata={"note": HOSTILE}))
    with running_sandbox(orders=orders) as sandbox:
        yield environment(sandbox.url, tmp_path)


def environment(url: str, home: Path) -> dict[str, str]:
    """What leads Ordex to a sandbox."""
    return {
        "VOUCHERIFY_API_BASE_URL": url,
        "VOUCHERIFY_APP_ID": APP_ID,
        "VOUCHERIFY_APP_TOKEN": APP_TOKEN,
        "ORDEX_HOME": str(home),
        "PYTHONWARNINGS": "error",
        "PAGER": "cat",
    }


@pytest.fixture
def terminal(account: dict[str, str]) -> Iterator[Terminal]:
    """A session at its prompt."""
    made = Terminal(["repl"], environ=account)
    made.wait_for("[RW]>")
    yield made
    made.close()


def entered(terminal: Terminal, line: str, wanted: str) -> str:
    """Type a line and wait for something on the screen."""
    terminal.press(line)
    terminal.press("\r")
    return terminal.wait_for(wanted)


def test_a_session(terminal: Terminal) -> None:
    """List, filter, get one by its place, pipe it to the shell, leave with a code."""
    entered(terminal, "list where status:paid limit 2", "the first 2 shown")
    assert "ord_00000000000000001d" in terminal.text
    entered(terminal, "get _[1] | tr a-z A-Z | cut -c1-40", "ORD_00000000000000001B")
    entered(terminal, "_.amount", "1027")
    terminal.press("exit 3\r")
    assert terminal.end() == 3
    assert not terminal.left_behind()


def test_typing_is_helped(terminal: Terminal) -> None:
    """Verbs are completed, faults are told in the toolbar before enter, and the toolbar says where one is."""
    assert "sandbox · 127.0.0.1" in terminal.wait_for("ctrl-d exits")
    terminal.press("lis")
    terminal.wait_for("List orders, newest first.")
    terminal.press("t where statsu:paid ")
    terminal.wait_for("did you mean “status”?")
    terminal.press("\x03", "\x04")
    assert terminal.end() == 0


def test_brackets_go_on_in_the_next_line(terminal: Terminal) -> None:
    """Enter inside a bracket begins a new line of the same input."""
    terminal.press('j = {"a":', "\r", "[1, 22]}", "\r")
    entered(terminal, "$j.a[1]", "\n22\n")
    terminal.press("\x04")
    assert terminal.end() == 0


def test_history_is_kept_and_searched(terminal: Terminal, account: dict[str, str]) -> None:
    """The next session on the profile finds the line with ctrl-r; the file is private."""
    entered(terminal, "list limit 1 columns id,amount", "Amount")
    terminal.press("\x04")
    terminal.end()
    (history,) = (Path(account["ORDEX_HOME"]) / "state").glob("*.history")
    assert history.stat().st_mode & 0o777 == 0o600
    again = Terminal(["repl"], environ=account)
    try:
        again.wait_for("[RW]>")
        again.press("\x12", "amo")
        again.wait_for("list limit 1 columns id,amount")
        again.press("\r", "\r")
        again.wait_for("10.30")
    finally:
        again.close()


def test_the_pager_is_for_what_is_taller_than_the_screen(terminal: Terminal, tmp_path: Path) -> None:
    """A short result is printed, a long one goes to the pager."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nwc -l | sed 's/^/paged lines: /'\n")
    pager.chmod(0o755)
    terminal.press("\x04")
    terminal.end()
    other = Terminal(["repl"], environ={"PAGER": str(pager), **_of(terminal)})
    try:
        other.wait_for("[RW]>")
        entered(other, "list limit 5", "5 of 31 orders")
        assert "paged lines" not in other.text
        entered(other, "list limit 31 format vertical", "paged lines:")
    finally:
        other.close()


def test_a_pager_that_is_left_early_ends_nothing(tmp_path: Path) -> None:
    """The session stays, whatever the pager did not read."""
    orders = [an_order(number, metadata={"note": "x" * 20_000}) for number in range(30)]
    with running_sandbox(orders=orders) as sandbox:
        terminal = Terminal(["repl"], environ={**environment(sandbox.url, tmp_path), "PAGER": "true"})
        try:
            terminal.wait_for("[RW]>")
            entered(terminal, "list limit 30 format json", "30 of 30 orders")
            entered(terminal, "$ids[0]", "ord_00000000000000001d")
            terminal.press("\x04")
            assert terminal.end() == 0
        finally:
            terminal.close()


def _of(terminal: Terminal) -> dict[str, str]:
    environ = terminal.child.env
    return {name: value for name, value in environ.items() if name.startswith(("VOUCHERIFY", "ORDEX"))}


def test_ctrl_c_stops_the_verb_and_keeps_the_session(tmp_path: Path) -> None:
    """A verb that waits for a slow account is given up; the next one runs."""
    with running_sandbox(orders=[an_order(1)], latency=4.0) as sandbox:
        terminal = Terminal(["repl"], environ=environment(sandbox.url, tmp_path))
        try:
            terminal.wait_for("[RW]>")
            terminal.press("list\r")
            terminal.settle(1)
            terminal.press("\x03")
            terminal.wait_for("stopped", limit=3)
            entered(terminal, "x = 5", "[RW]>")
            entered(terminal, "$x", "\n5\n")
            entered(terminal, "py while True: pass", "while")
            terminal.settle(0.5)
            terminal.press("\x03")
            terminal.wait_for("interrupted", limit=3)
            terminal.press("\x04")
            assert terminal.end() == 0
        finally:
            terminal.close()


def test_watch_until_ctrl_c(terminal: Terminal) -> None:
    """It repeats, and ctrl-c leads back to the prompt."""
    entered(terminal, "watch 1 list limit 1 columns id", "about 3,600 an hour")
    terminal.wait_for(lambda screen: screen.count("read at") >= 2)
    terminal.press("\x03")
    terminal.wait_for("stopped")
    terminal.press("\x04")
    assert terminal.end() == 0


@pytest.mark.parametrize("how", [["--linear"], ["repl", "--linear"]])
def test_linear_mode_writes_no_control(account: dict[str, str], how: list[str]) -> None:
    """A whole session without one escape byte, hostile orders included; ctrl-c and ctrl-d as ever."""
    terminal = Terminal(how, environ=account)
    try:
        terminal.wait_for("read and write>")
        entered(terminal, "list limit 2", "2 of 31 orders")
        assert "1 of 2\n" in terminal.text
        assert "Amount: 10.30" in terminal.text
        entered(terminal, "get _[0]", "note: ^[[2J")
        entered(terminal, "list limit 1 format csv columns id,source_id", "source_id")
        entered(terminal, "get nope", "Cannot find")
        terminal.press("watch 1 list limit 1\r")
        terminal.wait_for("read at")
        terminal.child.kill(signal.SIGINT)
        terminal.wait_for("stopped")
        terminal.child.sendeof()
        assert terminal.end() == 0
    finally:
        terminal.close()
    shown = bytes(terminal.raw).decode()
    assert not [c for c in shown if (ord(c) < 32 and c not in "\r\n") or 0x7F <= ord(c) <= 0x9F]


def test_hostile_orders_in_a_terminal(account: dict[str, str]) -> None:
    """Each form of output of a script on a terminal: only our own colours, and no other control."""
    lines = "list limit 1 format {0}; get _[0] format {0}"
    text = "\n".join(
        line
        for form in ("table", "vertical", "json", "jsonl", "csv")
        for line in lines.format(form).split("; ")
    )
    terminal = Terminal(["repl", "-c", f"{text}\n_\n_.source_id\npy orders"], environ=account)
    assert terminal.end() == 0
    shown = re.sub(r"\x1b\[\d+m", "", bytes(terminal.raw).decode())
    assert "ord_" in shown
    assert not [
        c for c in shown if (ord(c) < 32 and c not in "\r\n") or 0x7F <= ord(c) <= 0x9F or c == "\u202e"
    ]


def test_an_order_is_changed_and_a_file_is_imported(terminal: Terminal, tmp_path: Path) -> None:
    """A change is asked about; an import tells how far it is; both end in the same words as commands."""
    entered(terminal, "get source-7", "source-7")
    terminal.settle(0.5)
    entered(terminal, "update _ --set metadata.by=repl", "[y/N]")
    terminal.press("y\r")
    terminal.wait_for("source-7 updated")
    file = tmp_path / "orders.jsonl"
    file.write_text(
        "".join(f'{{"source_id": "imp-{number}", "amount": {number}}}\n' for number in range(4000))
    )
    entered(terminal, f"import {file} --yes", "of 4,000 rows")
    terminal.wait_for("4,000 of 4,000 orders imported")
    entered(terminal, "get imp-3999 | wc -l", "1")
    terminal.press("exit\r")
    assert terminal.end() == 0
