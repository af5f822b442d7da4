"""Start-up: first paint and first rows of the explorer against a bare Textual hello, side by side.

    .venv/bin/python benchmarks/start_up.py [runs]

Goals: first paint at most 1.10, first rows on the embedded sandbox at most 1.35 times the hello.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
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


def main() -> None:
    """Print medians and ratios of runs taken in turn."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    hello, paint, rows = [], [], []
    with tempfile.TemporaryDirectory() as home:
        environ = {"ORDEX_HOME": home, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        environ |= {name: "" for name in os.environ if name.startswith("VOUCHERIFY_")}
        ordex = [sys.executable, "-m", "tui", "--demo"]
        seconds_until(ordex, ["ord_"], environ=environ)  # makes the sandbox file and the byte code
        for _ in range(runs):
            hello += seconds_until([sys.executable, "-c", HELLO], ["hello"], environ=environ)
            first_paint, first_rows = seconds_until(ordex, ["Ordex", "ord_"], environ=environ)
            paint.append(first_paint)
            rows.append(first_rows)
    base = statistics.median(hello)
    print(f"{'':24}{'median ms':>10}{'ratio':>8}{'goal':>8}")
    for name, figures, goal in (
        ("bare Textual hello", hello, 1.0),
        ("ordex, first paint", paint, 1.10),
        ("ordex, first rows", rows, 1.35),
    ):
        ratios = statistics.median(figure / other for figure, other in zip(figures, hello, strict=True))
        print(f"{name:24}{statistics.median(figures) * 1000:10.0f}{ratios:8.2f}{goal:8.2f}")
    print(f"{runs} runs in turn, {base * 1000:.0f} ms the hello's median")


if __name__ == "__main__":
    main()
