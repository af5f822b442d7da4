"""A whole frame with the net at the terminal's edge and without it, and what the net alone takes of it.

    python -m benchmarks.edge [--rounds N]

The explorer on the embedded sandbox, without a terminal, 200 by 50 cells. Each round draws every widget anew
twice, once with the net and once without, in turn; nothing of an earlier round is kept. All times are
processor time.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time

from rich.segment import Segment
from textual.color import Color

from tui.app.app import OrdexApp
from tui.app.edge import TerminalEdge
from tui.app.opening import explorer_app
from tui.app.panels.orders_table import OrdersTable
from tui.app.session import Place
from tui.settings.folders import find_folders
from tui.settings.profile import resolve_profile

BLACK = Color(0, 0, 0)
COLUMNS, LINES = 200, 50
GOAL = 0.5
"""Milliseconds that the net may take of a frame."""


class Unguarded(TerminalEdge):
    """Passes all on, and keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[list[Segment]] = []

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Nothing is looked at."""
        del background
        self.seen.append(segments)
        return segments


def alone(lines: list[list[Segment]], edge: TerminalEdge) -> float:
    """Processor seconds that the net takes for all lines of a frame."""
    begun = time.process_time()
    for line in lines:
        edge.apply(line, BLACK)
    return time.process_time() - begun


def frame(app: OrdexApp, edge: TerminalEdge) -> float:
    """Draw every widget anew through this net; return the processor seconds."""
    app.edge = edge
    begun = time.process_time()
    app.screen._compositor.render_strips()
    return time.process_time() - begun


def forget(app: OrdexApp) -> None:
    """Drop all that was drawn."""
    for widget in app.screen.query("*"):
        widget._styles_cache.clear()
        widget.refresh()


async def measure(rounds: int) -> None:
    """Print the medians, their ratio and the net's own time."""
    with tempfile.TemporaryDirectory() as home:
        app = explorer_app(resolve_profile({}), find_folders({"ORDEX_HOME": home}), place=Place())
        async with app.run_test(size=(COLUMNS, LINES)) as pilot:
            while app.screen.query_one(OrdersTable).virtual_size.height < LINES:
                await pilot.pause(0.05)
            await pilot.pause(0.5)
            on: list[float] = []
            off: list[float] = []
            first: list[float] = []
            again: list[float] = []
            seen: list[list[Segment]] = []
            for number in range(rounds):
                for guarded in (True, False) if number % 2 else (False, True):
                    edge = TerminalEdge() if guarded else Unguarded()
                    forget(app)
                    (on if guarded else off).append(frame(app, edge))
                    seen = edge.seen if isinstance(edge, Unguarded) else seen
                edge = TerminalEdge()
                first.append(alone(seen, edge))
                again.append(alone(seen, edge))
                await pilot.pause()
    alone_times = {"the net alone, nothing seen before": first, "the net alone, a frame drawn again": again}
    tell({"frame without the net": off, "frame with it": on, **alone_times}, sum(map(len, seen)))


def tell(found: dict[str, list[float]], segments: int) -> None:
    """The table."""
    head = f"{len(found['frame with it'])} frames of {COLUMNS}x{LINES}, {segments:,} segments"
    print(f"{head:42}{'p50 ms':>9}{'p95 ms':>9}")
    cuts = {name: statistics.quantiles(seconds, n=20) for name, seconds in found.items()}
    for name, at in cuts.items():
        print(f"{name:42}{at[9] * 1000:9.2f}{at[18] * 1000:9.2f}")
    print(f"with to without, p50: {cuts['frame with it'][9] / cuts['frame without the net'][9]:.2f}")
    print(f"goal of the net alone, also where nothing was seen before: {GOAL} ms a frame at most")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    asyncio.run(measure(parser.parse_args().rounds))
