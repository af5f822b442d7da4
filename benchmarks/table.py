"""Key press to repaint: our table at 100 and at 1,000,000 rows beside Textual's DataTable at 100.

    python benchmarks/table.py [presses]

Each table is an application of its own in a real pseudo-terminal. They are pressed in turn, so that a busy
machine is busy for all. The time is from the key to the last byte of the repaint.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pexpect
from terminal import COLUMNS, LINES
from textual.app import App, ComposeResult
from textual.widgets import DataTable

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tui.app.app import STYLES  # noqa: E402 - the checkout is found only now
from tui.app.panels.orders_table import OrdersTable  # noqa: E402
from tui.app.textual_themes import variable_defaults  # noqa: E402
from tui.app.widgets.table_source import Cell, TableColumn  # noqa: E402

WIDTHS = (9, 22, 18, 5, 12, 12, 16)
QUIET = 0.03
"""Seconds without a byte after which a repaint is over."""


def texts(index: int) -> list[str]:
    """The cells of a row."""
    return [f"{index + at:,}"[:width].rjust(width // 2) for at, width in enumerate(WIDTHS)]


class MadeUpRows:
    """Rows that are computed when they are drawn."""

    def __init__(self, row_count: int) -> None:
        self.row_count = row_count

    def row_key(self, index: int) -> str:
        """The number as text."""
        return str(index)

    def row_index(self, key: str) -> int | None:
        """The text as a number."""
        return int(key)

    def cells(self, index: int) -> Sequence[Cell]:
        """One a column."""
        return [Cell(text) for text in texts(index)]

    def note(self, index: int) -> Cell | None:
        """None."""
        return None


class Ours(App[None]):
    """Our table."""

    CSS_PATH = STYLES / "table.tcss"

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours under Textual's theme."""
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield OrdersTable()

    def on_mount(self) -> None:
        """Fill it."""
        columns = tuple(TableColumn(f"c{at}", f"Column {at}", width, 5) for at, width in enumerate(WIDTHS))
        self.query_one(OrdersTable).show(MadeUpRows(self._rows), columns)
        self.query_one(OrdersTable).focus()


class Theirs(App[None]):
    """Textual's table, with a row cursor as ours has."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield DataTable(cursor_type="row", zebra_stripes=True)

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns(*(f"Column {at}" for at in range(len(WIDTHS))))
        table.add_rows(texts(index) for index in range(self._rows))


class Pressed:
    """One application in a pseudo-terminal."""

    def __init__(self, kind: str, rows: int) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            [__file__, "--show", kind, str(rows)],
            env={**os.environ, "TERM": "xterm-256color"},
            dimensions=(LINES, COLUMNS),
        )
        self.child.delaybeforesend = None
        self.seconds: list[float] = []
        self.child.expect_exact("Column 0", timeout=60)
        self.drain(1.0)

    def drain(self, quiet: float) -> float:
        """Read until nothing comes any more; return when the last byte came."""
        last = time.perf_counter()
        while True:
            try:
                self.child.read_nonblocking(65_536, timeout=quiet)
            except pexpect.TIMEOUT:
                return last
            last = time.perf_counter()

    def press(self, key: str) -> None:
        """Press a key and time its repaint."""
        begun = time.perf_counter()
        self.child.send(key)
        self.child.read_nonblocking(65_536, timeout=10)
        first = time.perf_counter()
        self.seconds.append(max(first, self.drain(QUIET)) - begun)


def main() -> None:
    """Press in turn; print percentiles and ratios."""
    presses = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    tables = {
        "DataTable, 100 rows": Pressed("theirs", 100),
        "ours, 100 rows": Pressed("ours", 100),
        "ours, 1,000,000 rows": Pressed("ours", 1_000_000),
    }
    # Down past the window's end and up again: moving and scrolling, never at an end where nothing happens.
    keys = ["\x1b[B"] * 80 + ["\x1b[A"] * 80
    for number in range(presses):
        for table in tables.values():
            table.press(keys[number % len(keys)])
    found = {name: statistics.quantiles(table.seconds, n=20) for name, table in tables.items()}
    for table in tables.values():
        table.child.close(force=True)
    theirs, ours, many = (cuts[18] for cuts in found.values())
    print(f"{presses} presses{'':16}{'p50 ms':>9}{'p95 ms':>9}{'p95 ratio':>11}")
    for name, cuts in found.items():
        print(f"{name:28}{cuts[9] * 1000:9.1f}{cuts[18] * 1000:9.1f}{cuts[18] / theirs:11.2f}")
    print(f"1,000,000 to 100 rows, p95: {many / ours:.2f} (goal 1.2 at most)")
    print(f"ours at 1,000,000 to DataTable at 100, p95: {many / theirs:.2f} (goal 0.5 at most)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--show"]:
        kind, rows = sys.argv[2], int(sys.argv[3])
        (Ours(rows) if kind == "ours" else Theirs(rows)).run()
    else:
        main()
