"""Keys that nobody would press in this order, faster than screens open. ``ORDEX_NIGHTLY`` tries a hundred.

Where this breaks, it does so at a moment: the number that failed tells the keys, not always the fault.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.terminal

RUNS = 100 if os.environ.get("ORDEX_NIGHTLY") else 3

SIZES = ((80, 24), (120, 40), (200, 50))

LEADS = ("\r", "\x1b", "j", "s", "i", "x", "J", "R", "n", "e", "S", ":", "/", "T", "c", "?")
"""Keys that open something, or take it; they come more often."""

OTHERS = (
    *"abcdfghklmoprtuvwyzADEFGHILMPUWXY0123456789,.;@#$%^&*()_+-=[]{}\"'<> ",
    "\t", "\x1b[Z", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x7f",
    "\x1b[3~", "\x04", "\x06", "\x0e", "\x0f", "\x10", "\x12", "\x13", "\x15", "\x19",
)  # fmt: skip
"""The rest, but for those that end the program or leave it for the REPL."""

WORDS = ("status = PAID", "amount > 1000", "orders.csv", "orders.jsonl", "PAID", "sandbox")

PAUSES = (0.001, 0.01, 0.05, 0.2)
"""Seconds between two keys."""


def pressed(rng: random.Random) -> str:
    """A key, or a word that is pasted."""
    if rng.random() < 0.04:
        return rng.choice(WORDS)
    return rng.choice(LEADS if rng.random() < 0.5 else OTHERS)


@pytest.mark.parametrize("number", range(RUNS))
def test_no_keys_end_the_explorer_or_hold_it_up(number: int, tmp_path: Path) -> None:
    """It still hears the key that quits, ends as if nothing had been, and leaves the terminal as it was."""
    rng = random.Random(number)
    (tmp_path / "orders.csv").write_text("source_id,amount\n" + "".join(f"k-{n},{n}\n" for n in range(500)))
    columns, lines = rng.choice(SIZES)
    environ = {"ORDEX_HOME": str(tmp_path / "home"), "VISUAL": "true", "PYTHONFAULTHANDLER": "1"}
    terminal = PseudoTerminal(
        ["--demo", "--write"], columns=columns, lines=lines, environ=environ, folder=tmp_path
    )
    sent: list[str] = []
    try:
        terminal.settle(rng.choice((0.1, 0.5, 2.0)))
        for _ in range(rng.randrange(60, 140)):
            sent.append(pressed(rng))
            terminal.child.send(sent[-1])
            if rng.random() < 0.03:
                terminal.resize(*rng.choice(SIZES))
            terminal.settle(rng.choice(PAUSES))
            if not terminal.child.isalive():
                break
        for _ in range(40):  # dialogs are closed one by one; a job or a change may want a yes
            for key in ("\x1b", "\x11", "y"):
                if terminal.child.isalive():
                    terminal.child.send(key)
                    terminal.settle(0.4)
        code = terminal.end()
    finally:
        terminal.close()
    assert (code, terminal.left_behind()) == (0, []), (
        sent,
        bytes(terminal.raw[-4000:]).decode("utf-8", "replace"),
    )
    assert b"Traceback" not in terminal.raw, sent
