"""A foreign CSV in a real pseudo-terminal: mapped by keys, saved, imported, and read by its mapping again."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.imports.test_import_in_a_terminal import open_by
from tests.support.pseudo_terminal import ROOT, PseudoTerminal

CSV = "Bestellung;Betrag;Kunde;Zustand\nB-1;1.234,50;Jörg;paid\nB-2;8,00;Änne;Paid\n"


@pytest.mark.terminal
def test_a_foreign_csv_is_mapped_in_a_terminal(tmp_path: Path) -> None:
    """At 80 by 24: fields are found by a part of their name, the preview follows, the mapping is kept."""
    file = tmp_path / "shop.csv"
    file.write_bytes(CSV.encode("cp1252"))
    environ = {"ORDEX_HOME": str(tmp_path / "home"), "VISUAL": ""}
    terminal = PseudoTerminal(["--demo", "--write"], columns=80, lines=24, environ=environ)
    try:
        terminal.wait_for("loaded")
        open_by(terminal, "i", "Import orders")
        # A key that opened the screen late was typed into it once more.
        terminal.press("\x15", str(file), "\r")
        terminal.wait_for("Map the columns of shop.csv")
        terminal.wait_for("semicolon, cp1252")
        terminal.wait_for("Jörg")
        for field in ("source_id", "amount", "customer.name", "status"):
            terminal.press("\r")
            terminal.wait_for("enter choose")
            terminal.settle(0.3)
            terminal.press(field[:-1])
            typed = re.compile(rf"│ {re.escape(field[:-1])} ")
            terminal.wait_for(lambda screen, typed=typed: typed.search(screen) is not None)  # type: ignore[misc]
            terminal.press("\r")
            terminal.wait_for(lambda screen: "Which field does" not in screen)
            terminal.press("j")
        terminal.wait_for("= 1,234.50")
        terminal.wait_for("2 of the first 2 rows can be imported")
        terminal.press("s")
        terminal.wait_for("Save the mapping as")
        terminal.press("\r")
        terminal.wait_for("saved as “shop”")
        terminal.press("c")
        terminal.wait_for("2 of 2 rows can be imported")
        terminal.answer("y")
        terminal.wait_for("2 of 2 orders imported.")
        terminal.press("q")
        assert terminal.end() == 0
        assert terminal.left_behind() == []
    finally:
        terminal.close()
    words = ["import", str(file), "--demo", "--mapping", "shop", "--dry-run", "--sample", "2"]
    told = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        env={"ORDEX_HOME": environ["ORDEX_HOME"], "PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 of 2 rows looked up exist already: they will be UPDATED" in told.stderr
    assert told.returncode == 0
