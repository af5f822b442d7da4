"""An explorer that is used for an hour: what it holds, and how soon it answers a key.

    python -m benchmarks.long_session [--minutes N] [--pause SECONDS]

Rounds of refreshes, details, filters, forms, jobs, dialogs and the REPL on a served sandbox. The time from a
key to the first byte after it drifts with the machine: its ratio to the first minute is what counts.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

from tests.support.long_session import Held, LongSession, long_session

WARM_UP = 600.0
"""Seconds after which memory no longer grows; a sixth of the session where that is shorter."""

GOALS = {"memory": 1.15, "key": 1.5}


def p95(values: list[float]) -> float:
    """The 95th percentile, in the unit of the values."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1] if values else math.nan


def waits(session: LongSession, begin: float, end: float) -> list[float]:
    """Seconds to the first byte, of the keys that were pressed between two moments."""
    return [seconds for at, seconds in session.waits if begin <= at < end]


def last(session: LongSession, moment: float) -> Held:
    """What was held at a moment."""
    return [held for held in session.held if held.at <= moment or held is session.held[0]][-1]


def report(session: LongSession, length: float) -> None:
    """Print a line for each tenth of the session, then the figures that have a goal."""
    print("minute   MB  descriptors  threads  first byte p95, ms")
    for tenth in range(1, 11):
        moment = length * tenth / 10
        held, keys = last(session, moment), waits(session, moment - length / 10, moment)
        print(
            f"{moment / 60:6.1f} {held.resident / 1e6:4.0f} {held.descriptors:12} {held.threads:8} "
            f"{p95(keys) * 1000:19.0f}"
        )
    warm_up = min(WARM_UP, length / 6)
    warm, end = last(session, warm_up), session.held[-1]
    first, rest = waits(session, 0, 60), waits(session, 60, math.inf)
    print(f"{len(session.held)} rounds, {len(session.waits)} keys")
    print(f"memory at the end to minute {warm_up / 60:.0f}: {end.resident / warm.resident:.2f} "
          f"(goal {GOALS['memory']} at most)")  # fmt: skip
    print(f"descriptors gained: {end.descriptors - warm.descriptors}, threads: {end.threads - warm.threads}")
    print(f"first byte, p95, to the first minute: {p95(rest) / p95(first):.2f} (goal {GOALS['key']} at most)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0.1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, long_session(Path(home), pause=given.pause) as session:
        try:
            session.use(given.minutes * 60)
        finally:
            report(session, given.minutes * 60)


if __name__ == "__main__":
    main()
