"""The REPL: to the prompt against a bare prompt-toolkit prompt, and completion among 10,000 candidates.

    .venv/bin/python benchmarks/repl.py [runs]

Goals: the prompt at most 1.15 times the bare one; completion at most 10 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from terminal import seconds_until

ROOT = Path(__file__).resolve().parent.parent
BARE = """
from prompt_toolkit import PromptSession
PromptSession().prompt("bare> ")
"""
LINES = (
    "get ord_1",
    "get 99",
    "list where customer:cust_9",
    "list where source_id:99",
    "list where id:ord_5",
)


def main() -> None:
    """Print both figures with their goals."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    prompt(runs)
    sys.path.insert(0, str(ROOT))
    completion()


def prompt(runs: int) -> None:
    """Seconds to the prompt, in turn with the bare one."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        environ = {"ORDEX_HOME": home, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        environ |= {name: "" for name in os.environ if name.startswith("VOUCHERIFY_")}
        ordex = [sys.executable, "-m", "tui", "repl", "--demo"]
        seconds_until(ordex, ["[RW]>"], environ=environ, keys="\x04")  # makes the byte code
        for _ in range(runs):
            bare += seconds_until([sys.executable, "-c", BARE], ["bare>"], environ=environ, keys="\x04")
            ours += seconds_until(ordex, ["[RW]>"], environ=environ, keys="\x04")
    ratio = statistics.median(figure / other for figure, other in zip(ours, bare, strict=True))
    print(f"bare prompt-toolkit prompt  {statistics.median(bare) * 1000:6.0f} ms")
    print(
        f"ordex repl to the prompt    {statistics.median(ours) * 1000:6.0f} ms  ratio {ratio:.2f}  goal 1.15"
    )


def completion() -> None:
    """Milliseconds of one completion, the slowest kind of line."""
    from tui.repl.completion.complete_line import complete_line
    from tui.repl.completion.knowledge import Knowledge

    values = {
        "id": [f"ord_{number:018x}" for number in range(10_000)],
        "source_id": [f"WEB-{number}" for number in range(10_000)],
        "customer": [f"cust_{number}" for number in range(10_000)],
    }
    knowledge = Knowledge(values=values, used={f"ord_{number:018x}": 2 for number in range(0, 10_000, 50)})
    for line in LINES:
        complete_line(line, len(line), knowledge)
    slowest = 0.0
    for line in LINES:
        took = []
        for _ in range(20):
            begun = time.perf_counter()
            complete_line(line, len(line), knowledge)
            took.append(time.perf_counter() - begun)
        slowest = max(slowest, statistics.median(took))
        print(f"completion of {line:30} {statistics.median(took) * 1000:6.1f} ms")
    print(f"slowest {slowest * 1000:.1f} ms  goal 10 ms")


if __name__ == "__main__":
    main()
