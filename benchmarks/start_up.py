"""Start-up, side by side: the explorer against a bare Textual hello, the commands against bare imports.

    python benchmarks/start_up.py [runs]

Each round runs a thing and its peer in turn, in the other order every second time, so that a busy machine is
busy for both. The ratio is the median of the rounds' own ratios; processor time is of the whole run.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from terminal import seconds_until

ROOT = Path(__file__).resolve().parent.parent
HELLO = """
from textual.app import App, ComposeResult
from textual.widgets import Static
class Hello(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self) -> ComposeResult:
        yield Static("hello")
Hello().run()
"""
ORDEX = "from tui.__main__ import main; main()"
"""What the installed ``ordex`` script runs."""

Measure = Callable[[], list[float]]


def in_turn(runs: int, peer: Measure, ours: Measure) -> tuple[list[list[float]], list[list[float]]]:
    """Measure both, in turn."""
    peers, mine = [], []
    for number in range(runs):
        for measure, into in ((peer, peers), (ours, mine))[:: -1 if number % 2 else 1]:
            into.append(measure())
    return peers, mine


def report(name: str, mine: list[float], peers: list[float], goal: float | None) -> None:
    """Print a line: median, median of pairwise ratios, goal."""
    ratio = statistics.median(a / b for a, b in zip(mine, peers, strict=True))
    told = "" if goal is None else f"{goal:8.2f}"
    print(f"{name:40}{statistics.median(mine) * 1000:9.0f}{ratio:8.2f}{told}")


def explorer(runs: int, environ: dict[str, str]) -> None:
    """First frame, first paint (the keys' line is there) and first rows."""
    hello, ordex = [sys.executable, "-c", HELLO], [sys.executable, "-c", ORDEX, "--demo"]
    stages = ["opening", "q quit", "ord_"]
    # Once before: makes the sandbox's file and the byte code.
    seconds_until(hello, ["hello"], environ=environ)
    seconds_until(ordex, stages[1:], environ=environ)
    peers, mine = in_turn(
        runs,
        lambda: seconds_until(hello, ["hello"], environ=environ),
        lambda: seconds_until(ordex, stages, environ=environ),
    )
    base = [figures[0] for figures in peers]
    report("bare Textual hello", base, base, None)
    for at, (name, goal) in enumerate(
        (("ordex, first frame", 0.15), ("ordex, first paint", 1.10), ("ordex, first rows", 1.35))
    ):
        report(name, [figures[at] for figures in mine], base, goal)


def command(arguments: list[str], environ: dict[str, str]) -> Measure:
    """A measure of a command's wall and processor seconds."""

    def run() -> list[float]:
        used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            check=True,
            env={**os.environ, **environ},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wall = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return [wall, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime]

    return run


def commands(runs: int, environ: dict[str, str]) -> None:
    """``ordex --version`` and ``ordex list`` against the imports that they cannot do without."""
    for arguments, imports, goal in (
        (["--version"], "import click", 1.2),
        (["list", "--demo"], "import httpx, pydantic", 1.3),
    ):
        peer, ours = command(["-c", imports], environ), command(["-c", ORDEX, *arguments], environ)
        peer(), ours()
        peers, mine = in_turn(runs, peer, ours)
        for at, kind in enumerate(("", ", processor time")):
            base = [figures[at] for figures in peers]
            report(imports + kind, base, base, None)
            report(
                f"ordex {' '.join(arguments)}{kind}",
                [figures[at] for figures in mine],
                base,
                None if at else goal,
            )


def main() -> None:
    """Print medians and ratios of runs taken in turn."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as home:
        environ = {"ORDEX_HOME": home, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        # As installed: with byte code. A checkout may have none, and would be compiled again in each run.
        environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{home}/byte-code"}
        environ |= {name: "" for name in os.environ if name.startswith(("VOUCHERIFY_", "ORDEX_PROFILE"))}
        print(f"{runs} rounds{'':32}{'median ms':>10}{'ratio':>8}{'goal':>8}")
        explorer(runs, environ)
        commands(runs, environ)


if __name__ == "__main__":
    main()
