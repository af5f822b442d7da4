"""Commands on a home with months of accumulated work, beside an empty one.

    python -m benchmarks.growth [--rounds N]

The full home has 20,000 changes (2,000 of them undone), 500 import runs, 1,000 drafts, 100,000 typed lines
and 200 profiles. Both homes take turns; medians of processor time and their ratio are printed, and the peak
memory of what prints everything.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.full_home import MONTHS, Amounts, fill_home
from tui.settings.folders import find_folders

GOAL = 1.3

COMMANDS = (
    "list --limit 1",
    "get ord_none",
    "jobs",
    "jobs show 20200101-000000-abcdef",
    "journal",
    "undo --dry-run",
    "update ord_none --set amount=1 --dry-run",
    "create --set amount=1 --dry-run",
    "import ORDERS --dry-run",
    "import --resume last",
    "export -o - --fields id",
    "config",
    "config get theme",
    "config check",
    "profiles",
    "profiles show sandbox",
    "mappings",
    "doctor",
    "repl -c history",
    "help limits",
)

EVERYTHING = ("journal --all --format jsonl", "journal --all --format csv")

PEAK = """
import sys
from pathlib import Path
from tui.__main__ import main
try:
    main()
finally:
    print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0], file=sys.stderr)
"""


def _seconds(home: Path, command: str) -> float:
    command = command.replace("ORDERS", str(home.parent / "orders.jsonl"))
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "tui", *command.split()],
        check=False, env={**os.environ, "ORDEX_HOME": str(home)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime


def _peak(home: Path, command: str) -> float:
    ended = subprocess.run(
        [sys.executable, "-c", PEAK, *command.split()],
        check=True, env={**os.environ, "ORDEX_HOME": str(home)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    return int(ended.stderr.split()[-1]) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        empty, full = Path(root, "empty"), Path(root, "full")
        fill_home(find_folders({"ORDEX_HOME": str(empty)}), amounts=Amounts(1, 0, 0, 0, 0, 0))
        fill_home(find_folders({"ORDEX_HOME": str(full)}), amounts=MONTHS)
        Path(root, "orders.jsonl").write_text('{"source_id": "a", "amount": 1}\n')
        for home in (empty, full):
            _seconds(home, "jobs")  # makes the sandbox, and the index of the import runs
        print(f"{given.rounds} rounds, medians of processor time: an empty home, a full one, their ratio")
        for command in COMMANDS:
            taken = [(_seconds(empty, command), _seconds(full, command)) for _ in range(given.rounds)]
            small, large = (statistics.median(times) for times in zip(*taken, strict=True))
            print(f"  {command:42} {small * 1000:6.0f} ms {large * 1000:6.0f} ms {large / small:6.2f}")
        print(f"  (goal {GOAL} at most)")
        print("peak memory of what prints everything")
        for command in EVERYTHING:
            print(f"  {command:42} {_peak(empty, command):6.0f} MB {_peak(full, command):6.0f} MB")


if __name__ == "__main__":
    main()
