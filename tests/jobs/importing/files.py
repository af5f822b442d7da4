"""Import files made from a seed, with what should come of them."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Made:
    """A file, the orders that it should become by source_id, and the lines that it should reject."""

    path: Path
    orders: dict[str, dict[str, Any]]
    rejected: frozenset[int]


def order(number: int, rng: random.Random, **more: Any) -> dict[str, Any]:
    """One order that can be imported."""
    return {
        "source_id": f"web-{number}",
        "status": rng.choice(["CREATED", "PAID", "CANCELED", "FULFILLED"]),
        "amount": rng.randrange(1, 100_000),
        "metadata": {"n": number, "word": rng.choice(["Łódź", "tea", '"', "=1+1"])},
        **more,
    }


def write_jsonl(path: Path, rows: int, seed: int = 1, *, bad: float = 0.02) -> Made:
    """JSON lines: some that the check rejects, some that the service rejects, some without a source_id."""
    from tui.jobs.importing.reading.import_file import inspect_file

    rng = random.Random(seed)
    lines: list[str] = []
    orders: dict[str, dict[str, Any]] = {}
    rejected: set[int] = set()
    nameless: list[int] = []
    for number in range(1, rows + 1):
        document = order(number, rng)
        luck = rng.random()
        if luck < bad / 3:
            rejected.add(number)
            lines.append(rng.choice(['{"source_id":', json.dumps({**document, "amount": "12"}), "[1]"]))
            continue
        if luck < bad:
            rejected.add(number)
            document["metadata"]["reject"] = f"no: {number}"
        elif luck < bad * 2:
            del document["source_id"]
            nameless.append(number)
        else:
            orders[document["source_id"]] = document
        lines.append(json.dumps(document))
    path.write_text("\n".join(lines) + "\n")
    sha = inspect_file(path).short_hash
    for number in nameless:
        name = f"imp-{sha}-{number}"
        orders[name] = {**json.loads(lines[number - 1]), "source_id": name}
    return Made(path, orders, frozenset(rejected))
