"""A whole frame with the net at the terminal's edge and without it, and what the net alone takes of it.

    python -m benchmarks.output_filter [--rounds N]

The explorer on the embedded sandbox, without a terminal, 200 by 50. Each round draws every widget again,
in turn without the net, with one that has seen nothing before, and with one that has seen such a frame: the
usual case. Frames are measured in processor time, and the filter around each line as it is drawn.
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
from tui.app.navigation import StartPlace
from tui.app.panels.orders_table import OrdersTable
from tui.app.startup.launch import explorer_app
from tui.app.terminal_io.output_filter import OutputFilter
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile

COLUMNS, LINES = 200, 50
GOAL = 0.5
"""Milliseconds that the net may take of a frame."""

ORDER = WITHOUT, FIRST, USUAL = "without the net", "with one that has seen nothing", "with the net"

ALONE = {WITHOUT: "the clock around it", FIRST: "a net that has seen nothing", USUAL: "the net"}


class Unguarded(OutputFilter):
    """Passes all on."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Nothing is looked at."""
        del background
        return segments


class Timed(OutputFilter):
    """Adds up how long another one takes, and how much it sees."""

    def __init__(self, edge: OutputFilter) -> None:
        super().__init__()
        self.edge = edge
        self.seconds = 0.0
        self.segments = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """As the other does."""
        begun = time.perf_counter()
        passed = self.edge.apply(segments, background)
        self.seconds += time.perf_counter() - begun
        self.segments += len(segments)
        return passed


def frame(app: OrdexApp, edge: OutputFilter) -> float:
    """Draw every widget again through this net; return the processor seconds."""
    app.output_filter = edge
    begun = time.process_time()
    app.screen._compositor.render_strips()
    return time.process_time() - begun


def forget(app: OrdexApp) -> None:
    """Drop all that was drawn."""
    for widget in app.screen.query("*"):
        widget._styles_cache.clear()
        widget.refresh()


async def measure(rounds: int) -> None:
    """Draw the frames and print what they took."""
    with tempfile.TemporaryDirectory() as home:
        app = explorer_app(resolve_profile({}), find_folders({"ORDEX_HOME": home}), place=StartPlace())
        async with app.run_test(size=(COLUMNS, LINES)) as pilot:
            while app.screen.query_one(OrdersTable).virtual_size.height < LINES:
                await pilot.pause(0.05)
            await pilot.pause(0.5)
            known = OutputFilter()
            frame(app, known)
            frames: dict[str, list[float]] = {WITHOUT: [], FIRST: [], USUAL: []}
            nets: dict[str, list[float]] = {WITHOUT: [], FIRST: [], USUAL: []}
            for number in range(rounds):
                for name in (*ORDER[number % 3 :], *ORDER[: number % 3]):
                    timed = Timed({WITHOUT: Unguarded(), FIRST: OutputFilter(), USUAL: known}[name])
                    forget(app)
                    frames[name].append(frame(app, timed))
                    nets[name].append(timed.seconds)
                await pilot.pause()
    tell(frames, nets, timed.segments)


def tell(frames: dict[str, list[float]], nets: dict[str, list[float]], segments: int) -> None:
    """The table."""
    head = f"{len(frames[WITHOUT])} frames of {COLUMNS}x{LINES}, {segments:,} segments"
    print(f"{head:46}{'p50 ms':>9}{'p95 ms':>9}")
    rows = [(f"frame {name}", seconds) for name, seconds in frames.items()]
    rows += [(f"alone: {ALONE[name]}", seconds) for name, seconds in nets.items()]
    for words, seconds in rows:
        cuts = statistics.quantiles(seconds, n=20)
        print(f"{words:46}{cuts[9] * 1000:9.2f}{cuts[18] * 1000:9.2f}")
    ratio = statistics.median(frames[USUAL]) / statistics.median(frames[WITHOUT])
    print(f"with to without, p50: {ratio:.2f}; goal of the net alone: {GOAL} ms a frame at most")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    asyncio.run(measure(parser.parse_args().rounds))
