"""Work on jobs that is due, beside the requests of others."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.sandbox import MovableClock
from tui.sandbox.clock import system_clock
from tui.sandbox.jobs.imports import Imports
from tui.sandbox.policies import Policies
from tui.sandbox.project import ROWS_A_TRANSACTION, Project
from tui.sandbox.store import Store

ROWS = 230


def project_with_an_import(clock: Any, started: datetime) -> Project:
    """A project in which an import of ``ROWS`` rows has begun."""
    project = Project(Store(), Policies(), clock)
    with project.writing(started) as transaction:
        rows: list[dict[str, Any]] = [{"source_id": f"r{n}", "amount": n} for n in range(ROWS)]
        project.imports.enqueue(transaction, rows, "request", started)
    return project


def test_due_rows_are_applied_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is free in between, and after the request all that is due is there."""
    clock = MovableClock()
    project = project_with_an_import(clock, clock())
    applied: list[int] = []
    advance = Imports.advance

    def counted(self: Imports, transaction: Any, now: datetime, rows: int) -> bool:
        before = transaction.orders.count()
        done = advance(self, transaction, now, rows)
        applied.append(transaction.orders.count() - before)
        return done

    monkeypatch.setattr(Imports, "advance", counted)
    clock.advance(3600)
    with project.reading_orders(clock()) as transaction:
        assert transaction.orders.count() == ROWS
    assert max(applied) == ROWS_A_TRANSACTION
    assert sum(applied) == ROWS


def test_several_jobs_are_worked_on_in_their_order() -> None:
    """Each with the number of rows that are left of a transaction's share."""
    clock = MovableClock()
    project = project_with_an_import(clock, clock())
    for number in range(3):
        with project.writing(clock()) as transaction:
            rows = [{"source_id": f"job-{number}-{n}"} for n in range(20)]
            project.imports.enqueue(transaction, rows, "request", clock())
    clock.advance(3600)
    with project.reading(clock()) as transaction:
        assert transaction.orders.count() == ROWS + 60
        assert not project.imports.pending(transaction)
        actions, _ = project.imports.page(transaction, limit=10, before=None)
    assert [action["progress"] for action in actions] == [100] * 4


def test_who_reads_orders_does_not_wait_for_work_on_jobs() -> None:
    """They get the orders as they are; who reads a job or writes waits for its work."""
    project = project_with_an_import(system_clock, datetime.now(UTC) - timedelta(hours=1))
    now = project.now()
    project._at_work.acquire()
    with project.reading_orders(now) as transaction:
        assert transaction.orders.count() == 0
    counts: list[int] = []

    def write() -> None:
        with project.writing(now) as transaction:
            counts.append(transaction.orders.count())

    writer = threading.Thread(target=write)
    writer.start()
    assert counts == []
    project._at_work.release()
    writer.join(30)
    assert counts == [ROWS]


def test_who_reads_orders_does_a_share_of_the_work_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the system's clock; the next requests go on with it."""
    project = project_with_an_import(system_clock, datetime.now(UTC) - timedelta(hours=1))
    monkeypatch.setattr(project, "_reading_share", 0.0)
    found = []
    for _ in range(5):
        with project.reading_orders(project.now()) as transaction:
            found.append(transaction.orders.count())
    assert found[0] == ROWS_A_TRANSACTION
    assert found[-1] == ROWS
    assert found == sorted(found)
