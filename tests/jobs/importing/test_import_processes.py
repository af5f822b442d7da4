"""Imports in processes of their own: killed without warning, and weighed.

``ORDEX_KILLS`` sets how many imports are killed again and again (5, or 100 in the nightly run).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.files import order
from tests.support.sandbox import running_sandbox
from tui.jobs.importing.runs.import_journal import SUFFIX, ImportJournal
from tui.sandbox.policies import Policies

ROOT = Path(__file__).parents[3]
RUNS = int(os.environ.get("ORDEX_KILLS", "100" if os.environ.get("ORDEX_NIGHTLY") else "5"))
ROWS, DEATHS = 1500, 3


def started(*arguments: str, **more: Any) -> subprocess.Popen[bytes]:
    """An importing process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.support.importing_process", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, **more)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(RUNS))
def test_an_import_that_is_killed_again_and_again_arrives_once(seed: int, tmp_path: Path) -> None:
    """``kill -9`` at random moments: in the end every order is there once, and every reject is named."""
    rng = random.Random(seed)
    orders = [order(number, rng) for number in range(1, ROWS + 1)]
    bad = set(rng.sample(range(ROWS), 7))
    for at in bad:
        orders[at]["customer"] = {"id": "cust_unknown"}
    for at in rng.sample(sorted(set(range(ROWS)) - bad), 5):
        del orders[at]["source_id"]
    file = tmp_path / "orders.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in orders))
    kills = 0
    policies = Policies(import_rate=5000.0, shortest_job=0.02)
    with running_sandbox(policies=policies, latency=0.03) as sandbox:
        for attempt in range(DEATHS + 1):
            process = started("loopback", sandbox.url, str(tmp_path / "runs"), str(file))
            try:
                assert process.wait(timeout=rng.uniform(0.7, 1.6) if attempt < DEATHS else None) == 0
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                kills += 1
        with sandbox.store.reading() as transaction:
            stored = list(transaction.orders.all())
    assert len(stored) == ROWS - len(bad)
    wanted = {one["metadata"]["n"]: one for at, one in enumerate(orders) if at not in bad}
    for document in stored:
        one = wanted.pop(document["metadata"]["n"])
        assert document["metadata"] == one["metadata"]
        assert (document["amount"], document["status"]) == (one["amount"], one["status"])
        assert document["source_id"] == one.get("source_id", document["source_id"])
    assert wanted == {}
    assert rejected_lines(tmp_path / "runs") == {at + 1 for at in bad}
    assert kills > 0


def rejected_lines(folder: Path) -> set[int]:
    """The lines that the only run of a folder rejected."""
    runs = []
    for path in folder.glob(f"*{SUFFIX}"):
        with closing(ImportJournal(path)) as journal:
            if journal.row["state"] != "PLANNED":
                runs.append({finding.line for finding in journal.findings()})
    assert len(runs) == 1
    return runs[0]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """100,000 orders take at most 64 MiB more than 1,000, and no more calls than the plan and a tenth."""
    weighed = {}
    for rows in (1000, 100_000):
        file = tmp_path / f"{rows}.jsonl"
        rng = random.Random(rows)
        with file.open("w") as out:
            for number in range(rows):
                out.write(json.dumps(order(number, rng)) + "\n")
        process = started("weigh", str(tmp_path / str(rows)), str(file), stdout=subprocess.PIPE)
        began = time.monotonic()
        output, _ = process.communicate(timeout=110)
        assert process.returncode == 0, f"after {time.monotonic() - began:.0f} s"
        weighed[rows] = json.loads(output)
        assert weighed[rows]["rows"] == rows
        assert weighed[rows]["calls"] <= weighed[rows]["planned"] * 1.1
    assert weighed[100_000]["peak"] - weighed[1000]["peak"] <= 64
