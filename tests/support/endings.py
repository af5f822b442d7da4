"""Every way in which the explorer ends, at every kind of moment, and what it left of the terminal."""

from __future__ import annotations

import os
import random
import shlex
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.support.pseudo_terminal import PseudoTerminal, children_of

FAULTY = """
import os, sys
from tui.__main__ import main
import tui.app.screens.explorer as explorer
import tui.app.widgets.virtual_table as table

def fault(*args, **kwargs):
    token = os.environ["VOUCHERIFY_APP_TOKEN"]
    raise RuntimeError("a planted fault with " + token)

where = sys.argv.pop(1)
if where == "key":
    explorer.SortFilterController.choose_sort = fault
elif where == "drawing":
    def begin(self, rows):
        table.paint_row = fault
        self._lines.clear()
        self.refresh()
    table.VirtualTable.action_move = begin
elif where == "worker":
    async def fails(*args):
        fault()
    explorer.SortFilterController.choose_sort = lambda self: self._screen.run_worker(fails())
elif where == "opening":
    explorer.FlowsController._load_changing = fault
main()
"""
"""Ordex with a fault planted: where is its first argument."""

FAULTS = {"key": "s", "drawing": "j", "worker": "s", "opening": ""}
"""Where a fault is planted, and the key that runs into it; none where it comes by itself."""

SIGNALS = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGINT": signal.SIGINT}
KEYS = {"q": "q", "ctrl+q": "\x11"}
PARENTS = ("shell", "wrapper")

WRAPPER = f"import subprocess; subprocess.run([{sys.executable!r}, '-m', 'tui'])"


@dataclass(frozen=True)
class Ended:
    """How it ended: the exit code where there is one to see, and what is wrong with the terminal."""

    code: int | None
    left: list[str]
    raw: bytes


class Running:
    """The explorer in a terminal of its own, started as the way to its end wants it.

    Args:
        way: ``q``, ``SIGTERM``, ``fault key``, ``shell killed`` and so on.
        home: where it keeps its things.
        environ: the account.
    """

    def __init__(self, way: str, home: Path, environ: dict[str, str]) -> None:
        self.way = way
        self.kind, _, self.what = way.partition(" ")
        command: tuple[str, ...] = (sys.executable, "-m", "tui")
        words: tuple[str, ...] = ()
        if self.kind == "fault":
            command, words = (sys.executable, "-c", FAULTY), (self.what,)
        elif way == "shell killed":
            command = ("/bin/sh", "-c", f"{shlex.quote(sys.executable)} -m tui; true")
        elif way == "wrapper killed":
            command = ("/bin/sh", "-c", f"{shlex.quote(sys.executable)} -c {shlex.quote(WRAPPER)}; sleep 60")
        given = {"ORDEX_HOME": str(home), **environ}
        self.terminal = PseudoTerminal(words, columns=100, lines=30, environ=given, command=command)

    def end(self) -> Ended:
        """End it in its way; wait until it has ended."""
        terminal, code = self.terminal, None
        if self.kind in KEYS:
            code = self._until_ended(lambda: terminal.press(KEYS[self.kind]))
        elif self.kind == "fault":
            code = self._until_ended(lambda: terminal.press(*FAULTS[self.what]))
        elif self.kind in SIGNALS:
            os.kill(terminal.child.pid, SIGNALS[self.kind])
            code = terminal.end()
        else:
            self._kill_parent()
        return Ended(code, terminal.left_behind(), bytes(terminal.raw))

    def _until_ended(self, press: Callable[[], None]) -> int:
        """Press again where a dialog took the key, as a person would."""
        until = time.monotonic() + 20
        while self.terminal.child.isalive() and time.monotonic() < until:
            press()
            for answer in ("y", "\x1b"):
                self.terminal.settle(0.5)
                if self.terminal.child.isalive():
                    self.terminal.answer(answer)
        return self.terminal.end()

    def _kill_parent(self) -> None:
        shell = self.terminal.child.pid
        if self.way == "shell killed":
            victim, ordex = shell, children_of(shell)
        else:
            (victim,) = children_of(shell)
            ordex = children_of(victim)
        os.kill(victim, signal.SIGKILL)
        for process in ordex:
            self.terminal.end_of(process)
        if not ordex:
            self.terminal.settle(0.5)
            self.terminal.end_of(victim)


WAYS = (
    *KEYS,
    *SIGNALS,
    *(f"fault {where}" for where in FAULTS),
    *(f"{parent} killed" for parent in PARENTS),
)


def moments(rng: random.Random) -> dict[str, Callable[[PseudoTerminal], None]]:
    """What the person is doing when the end comes."""

    def frame(terminal: PseudoTerminal) -> None:
        until = time.monotonic() + 30
        while b"opening" not in terminal.raw and time.monotonic() < until:
            terminal._read(0.005)

    def opened(terminal: PseudoTerminal) -> None:
        terminal.wait_for("loaded", limit=60)

    def after(first: Callable[[PseudoTerminal], None], *keys: str) -> Callable[[PseudoTerminal], None]:
        def do(terminal: PseudoTerminal) -> None:
            first(terminal)
            terminal.settle(rng.uniform(0, 0.6))
            terminal.press(*keys)
            terminal.settle(rng.uniform(0, 0.3))

        return do

    return {
        "the first frame": after(frame),
        "at once": frame,
        "browsing": after(opened, "j", "j", "k"),
        "the detail": after(opened, "\r", "6"),
        "a dialog": after(opened, rng.choice("?ct:")),
        "typing": after(opened, "/", "p", "a"),
        "jobs": after(opened, "J"),
        "a form": after(opened, "n"),
        "an export under way": after(opened, "x", "\r", "\x13"),
    }
