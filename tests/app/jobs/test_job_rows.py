"""The list of jobs as rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.actions.jobs.job_listing import Job
from tui.app.jobs.job_detail import without_links
from tui.app.jobs.job_rows import BAR, COLUMNS, JobRows, progress_bar, with_running
from tui.app.jobs.running_jobs import JobState, RunningJob
from tui.terminal.visible import hidden_characters


def job(name: str = "exp_1", **fields: Any) -> Job:
    """A job as it is listed."""
    told = {
        "kind": "export of orders",
        "status": "IN_PROGRESS",
        "progress": None,
        "created_at": "",
        "detail": "",
    }
    return Job(id=name, **{**told, "here": False, "document": {"id": name}, **fields})


@given(st.one_of(st.none(), st.integers(-50, 500)))
def test_a_bar_has_always_the_same_width(percent: int | None) -> None:
    """Whatever the service says, the column keeps its width; nothing is claimed where nothing was told."""
    shown = progress_bar(percent)
    assert len(shown) == (0 if percent is None else BAR + 5)


def test_what_runs_here_brings_its_newest_word() -> None:
    """A listed job that runs here is told by its own progress."""
    running = RunningJob(1, "export", "a.csv", "exp_1", words="downloaded 5 of 10 bytes", percent=50)
    (shown,) = with_running([job()], [running])
    assert (shown.detail, shown.progress) == ("downloaded 5 of 10 bytes", 50)


def test_where_a_job_runs_is_told_by_facts() -> None:
    """Its own window, another process by the lock on the journal, this machine by the journal, or nobody."""
    run = {"kind": "import run", "here": True}
    jobs = [
        job("run-1", **run, status="RUNNING"),
        job("run-2", **run, status="RUNNING"),
        job("run-3", **run, status="UNFINISHED"),
        job("aa_1", kind="ORDERS.IMPORT", here=True),
        job("exp_1"),
        job("exp_2"),
    ]
    rows = JobRows(jobs, followed={"run-1", "exp_1"})
    assert [rows.cells(at)[-1].text for at in range(len(jobs))] == [
        "this window", "other process", "this machine", "this machine", "this window", "the service",
    ]  # fmt: skip


def test_what_runs_here_and_is_not_listed_comes_first() -> None:
    """A job is seen from its first moment on, before the service lists it."""
    running = RunningJob(7, "import", "in.csv", "20260314-1", words="40 of 80 rows", percent=50)
    first, second = with_running([job()], [running])
    assert (first.id, first.status, first.detail) == ("20260314-1", "RUNNING", "in.csv: 40 of 80 rows")
    assert second.id == "exp_1"


def test_what_ended_is_told_by_the_service() -> None:
    """A job that ended well here adds nothing; one that failed here says why."""
    done = RunningJob(1, "export", "a.csv", "exp_1", state="done", words="5 orders")
    failed = RunningJob(2, "export", "a.csv", "exp_1", state="failed", words="the disk is full")
    assert with_running([job(detail="id")], [done])[0].detail == "id"
    assert with_running([job(detail="id")], [failed])[0].detail == "the disk is full"
    assert with_running([], [done, failed]) == []


@pytest.mark.parametrize("state", ["partial", "failed"])
def test_a_job_that_was_taken_up_again_is_told_by_its_newest(state: JobState) -> None:
    """A run that was resumed to its end still said how many orders its first part here had not sent."""
    old = RunningJob(1, "import", "in.csv", "run-1", state=state, words="Cancelled: 5 were not sent.")
    stopped = job("run-1", kind="import run", status="RUNNING", detail="7 of 10 rows, in.csv")
    assert with_running([stopped], [old]) == [stopped]  # by now another process has resumed it
    run = job("run-1", kind="import run", status="DONE", detail="10 of 10 rows, in.csv")
    done = RunningJob(2, "import", "in.csv", "run-1", state="done", words="10 of 10 orders imported.")
    assert [shown.detail for shown in with_running([run], [done, old])] == ["10 of 10 rows, in.csv"]
    again = RunningJob(2, "import", "in.csv", "run-1")
    assert [shown.detail for shown in with_running([run], [again, old])] == ["10 of 10 rows, in.csv"]
    unnamed = [RunningJob(4, "export", "b.csv"), RunningJob(3, "export", "a.csv"), again, old]
    assert [shown.id for shown in with_running([], unnamed)] == ["here 4", "here 3", "run-1"]


def test_an_unknown_type_is_a_row_and_nothing_acts_on_the_terminal() -> None:
    """Types and words that nobody foresaw are shown by their own name, made visible."""
    evil = "\x1b[2J\u202e[bold]"
    rows = JobRows([job("aa_1", kind=evil, status=evil, created_at=evil, detail=evil)])
    cells = rows.cells(0)
    assert len(cells) == len(COLUMNS)
    assert not any(hidden_characters(cell.text) for cell in cells)
    assert rows.row_index("aa_1") == 0
    assert rows.job("gone") is None


def test_links_are_left_out_wherever_they_are() -> None:
    """A link holds a token."""
    document = {"result": {"url": "https://x?token=1"}, "more": [{"url": "https://y"}], "url": None}
    assert without_links(document) == {"result": {"url": "***"}, "more": [{"url": "***"}], "url": None}
