"""Completion of filters among 10,000 values of one field, and gathering those values from orders.

    .venv/bin/python benchmarks/completion.py [runs]

Goal: at most 10 ms for any key.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tui.orders.filter import complete
from tui.orders.filter.completion import SeenValues
from tui.orders.order import Order

CANDIDATES = 10_000
AT_ONCE = 50
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXTS = (
    "",
    "c",
    "customer:",
    "customer:cust_0",
    "customer:99",
    "customer:nowhere",
    "metadata.key_",
    "created>=",
    "has:metadata.key_9",
    'status:paid amount>=100 metadata."gift note":yes (customer:cust_1 or customer:cust_00042',
)


def main() -> None:
    """Print the median and the worst of each text, and of gathering."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    orders = [order(number) for number in range(CANDIDATES)]
    seen = SeenValues()
    steps = []
    for start in range(0, CANDIDATES, AT_ONCE):
        begun = time.perf_counter()
        seen.add(orders[start : start + AT_ONCE])
        steps.append(time.perf_counter() - begun)
    print(f"{'':46}{'first':>8}{'median':>8}{'worst':>8}  ms, goal 10")
    tell(f"values of {AT_ONCE} orders taken", steps)
    for text in TEXTS:
        tell(repr(text[-40:]), [measure(text, seen) for _ in range(runs)])


def order(number: int) -> Order:
    """An order whose customer and metadata key no other one has."""
    return Order.read(
        {
            "id": f"ord_{number}",
            "source_id": f"shop-{number}",
            "customer_id": f"cust_{number:05d}",
            "metadata": {f"key_{number}": number},
        }
    )


def measure(text: str, seen: SeenValues) -> float:
    """Seconds of one completion at the text's end."""
    begun = time.perf_counter()
    complete(text, len(text), values=seen, now=NOW)
    return time.perf_counter() - begun


def tell(name: str, seconds: list[float]) -> None:
    """One line of the table."""
    figures = (seconds[0], statistics.median(seconds), max(seconds[1:]))
    print(f"{name:46}" + "".join(f"{figure * 1000:8.2f}" for figure in figures))


if __name__ == "__main__":
    main()
