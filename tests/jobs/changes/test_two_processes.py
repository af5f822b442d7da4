"""Two processes that change one order, or resume one import, at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.quick_clock import QuickClock
from tests.support.sandbox import an_order, running_sandbox
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_options import ImportOptions
from tui.sandbox.policies import Policies

ROOT = Path(__file__).parents[3]
ORDER = f"ord_{1:018x}"
SCHEDULES = [pytest.param(seed, marks=[] if seed < 2 else pytest.mark.nightly) for seed in range(200)]


def side_by_side(*arguments: tuple[str, ...]) -> list[Any]:
    """What processes print that run at the same time."""
    command = [sys.executable, "-m", "tests.support.updating_process"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([*command, *each], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for each in arguments
    ]
    outputs = [process.communicate(timeout=110)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return [json.loads(output) for output in outputs]


@pytest.mark.parametrize("seed", SCHEDULES)
def test_two_processes_update_one_order(seed: int, tmp_path: Path) -> None:
    """Each change is done or a conflict; no key of a change that was done is lost, none is sent twice."""
    with running_sandbox(orders=[an_order(1)]) as sandbox:
        outcomes = side_by_side(
            *(
                ("update", sandbox.url, str(tmp_path), ORDER, name, "5", str(seed * 2 + at))
                for at, name in enumerate("ab")
            )
        )
        with sandbox.store.reading() as transaction:
            (stored,) = transaction.orders.all()
        applied = len(sandbox.store.history(ORDER))
    assert {state for states in outcomes for state in states} <= {"DONE", "conflict"}
    done = {
        f"{name}-{number}"
        for name, states in zip("ab", outcomes, strict=True)
        for number, state in enumerate(states)
        if state == "DONE"
    }
    assert set(stored["metadata"]) - {"both"} == done
    assert stored["metadata"]["both"] in done
    assert applied == len(done) == len(ChangeJournal(tmp_path).entries())


@pytest.mark.parametrize("seed", SCHEDULES)
async def test_two_processes_resume_one_import(seed: int, tmp_path: Path) -> None:
    """One of them does it, the other one is told so or comes when it is over; each order arrives once."""
    file = tmp_path / "orders.jsonl"
    rows = 40 + seed % 7
    file.write_text("".join(json.dumps({"source_id": f"s-{n}", "amount": n}) + "\n" for n in range(rows)))
    policies = Policies(import_rate=5000.0, shortest_job=0.02)
    with running_sandbox(policies=policies) as sandbox:
        async with client(sandbox.url) as shop:
            engine = ImportEngine(shop, tmp_path / "runs", profile="p", clock=QuickClock())
            plan = await engine.plan(file, ImportOptions(chunk=10))
            await engine.hand_over(plan)
        words = ("resume", sandbox.url, str(tmp_path / "runs"), plan.run)
        outcomes = side_by_side(words, words)
        with sandbox.store.reading() as transaction:
            stored = [order["id"] for order in transaction.orders.all()]
        writes = [len(sandbox.store.history(order_id)) for order_id in stored]
    assert "done" in outcomes
    assert all(outcome == "done" or "running in process" in outcome for outcome in outcomes)
    assert writes == [1] * rows
