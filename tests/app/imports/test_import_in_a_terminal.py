"""An import in a real pseudo-terminal: begun, browsed beside, killed, resumed, its rejects written."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.terminal_codes import foreign_codes

ROWS = 10_000
FAULTY = 4


@contextmanager
def ordex(home: Path) -> Iterator[PseudoTerminal]:
    """The explorer on the embedded sandbox."""
    terminal = PseudoTerminal(
        ["--demo", "--write"],
        columns=120,
        lines=40,
        environ={"ORDEX_HOME": str(home), "VISUAL": "", "TERM_PROGRAM": "iTerm.app"},
    )
    try:
        terminal.wait_for("loaded")
        yield terminal
    finally:
        terminal.close()


def open_by(terminal: PseudoTerminal, key: str, words: str) -> None:
    """Press a key until its screen is there: what it opens is brought in after the first orders."""
    for _ in range(5):
        terminal.press(key)
        for _ in range(40):  # a second press may mean something else where the first is only slow
            terminal.settle(0.2)
            if words in terminal.text:
                return
    raise AssertionError(f"never saw {words!r} on:\n{terminal.text}")


def settled(screen: str) -> int:
    """How many rows the status line says are settled."""
    found = re.search(r"import: ([\d,]+) of", screen)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.terminal
def test_an_import_survives_a_kill_and_brings_every_order_once(tmp_path: Path) -> None:
    """Progress moves; after ``kill -9`` it goes on, the desktop is told of its end, the rejects are exact."""
    rows = [{"source_id": f"big-{n}", "amount": n} for n in range(ROWS)]
    for at in range(FAULTY):
        rows[at * 2000 + 7]["amount"] = "12"
    file = tmp_path / "big.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))

    with ordex(tmp_path) as terminal:
        open_by(terminal, "i", "Import orders")
        terminal.press("\x15", str(file), "\r")
        terminal.wait_for(f"{ROWS - FAULTY:,} of {ROWS:,} rows can be imported")
        terminal.answer("y")
        terminal.wait_for(lambda screen: settled(screen) > 0)
        before = settled(terminal.text)
        terminal.press("j", "j", "G")
        terminal.wait_for(lambda screen: settled(screen) > before)
        terminal.child.kill(signal.SIGKILL)

    with ordex(tmp_path) as terminal:
        terminal.wait_for("Unfinished import")
        terminal.press("J")
        terminal.wait_for("UNFINISHED")
        terminal.press("G", "u")
        terminal.wait_for(f"{ROWS - FAULTY:,} of {ROWS:,} orders imported, {FAULTY} rejected.", limit=60)
        terminal.settle(0.5)
        told = f"\x1b]9;Import of big.jsonl: {ROWS - FAULTY:,} of {ROWS:,} orders imported"
        assert terminal.raw.count(told.encode()) == 1
        assert foreign_codes(bytes(terminal.raw)) == []
        terminal.press("o")
        terminal.wait_for("Write the rejected rows")
        terminal.press("\r")
        terminal.wait_for(f"{FAULTY} rejected rows with their reasons")
        terminal.press("\x1b")
        terminal.wait_for("q quit")
        terminal.press("r")
        terminal.wait_for(f"of {2500 + ROWS - FAULTY:,}")
        terminal.press("q")
        assert terminal.end() == 0
    rejects = [json.loads(line) for line in (tmp_path / "big-rejects.jsonl").read_text().splitlines()]
    assert [row["_line"] for row in rejects] == [at * 2000 + 8 for at in range(FAULTY)]


@pytest.mark.terminal
def test_an_import_is_stopped_left_and_taken_up_again(tmp_path: Path) -> None:
    """Leaving asks what becomes of it; after a stop the screen says what is true; another process ends it."""
    file = tmp_path / "big.jsonl"
    file.write_text("".join(f"{json.dumps({'source_id': f'big-{n}', 'amount': n})}\n" for n in range(ROWS)))

    with ordex(tmp_path) as terminal:
        open_by(terminal, "i", "Import orders")
        terminal.press("\x15", str(file), "\r")
        terminal.wait_for(f"{ROWS:,} of {ROWS:,} rows can be imported")
        terminal.answer("y")
        terminal.wait_for(lambda screen: settled(screen) > 0)
        terminal.press("q")
        terminal.wait_for("esc stay")
        assert "b   leave; the import continues in the background" in terminal.text
        terminal.answer("\x1b")
        terminal.wait_for(lambda screen: "esc stay" not in screen)
        open_by(terminal, "J", "this window")
        terminal.press("c")
        terminal.wait_for("stopped on request")
        terminal.wait_for("UNFINISHED")
        terminal.press("c")
        terminal.wait_for("No process runs this import: ")
        terminal.press("\x1b")
        terminal.wait_for("q quit")
        terminal.press("q")
        assert terminal.end() == 0

    with ordex(tmp_path) as terminal:
        terminal.wait_for("Unfinished import")
        open_by(terminal, "J", "UNFINISHED")
        terminal.insist("u", "this window")
        terminal.press("\x1b")
        terminal.wait_for("q quit")
        terminal.press("q")
        terminal.wait_for("esc stay")
        terminal.answer("b")
        assert terminal.end() == 0

    with ordex(tmp_path) as terminal:
        open_by(terminal, "J", f"{ROWS:,} of {ROWS:,} rows")
        terminal.wait_for("this machine")
        terminal.press("\x1b")
        terminal.wait_for("q quit")
        terminal.press("q")
        assert terminal.end() == 0
