"""Imports started on this machine: their results, and showing, watching, stopping and deleting them."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.actions.jobs.job_listing import RUN, UNFINISHED
from tui.actions.masking import masked_findings
from tui.actions.results import DocumentsResult, DoneResult
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.actions.jobs.job_listing import Job
    from tui.actions.session import Session
    from tui.actions.verb_context import VerbContext
    from tui.jobs.importing.runs.import_progress import ImportResult
    from tui.orders.privacy import Masks


SHOWN = 20
"""Findings that are shown; the rejects file and the JSON result have all of them."""


def import_result(
    result: ImportResult, rejects: tuple[str, ...] = (), *, masks: Masks | None = None
) -> DoneResult:
    """The result of a run that ended or was cancelled; ``rejects`` is the message about its rejects."""
    result = replace(result, findings=masked_findings(result.findings, masks))
    refused = tuple(str(finding) for finding in result.findings[:SHOWN])
    more = len(result.findings) - SHOWN
    if more > 0:
        refused += (f"… and {more:,} more",)
    calls = f"{pluralize(result.calls, 'call')}, run {result.run}"
    document = {"outcome": result.state, **asdict(result), "calls": result.calls}
    code = ExitCode.DONE if result.state == "done" else ExitCode.PARTIAL
    return DoneResult((*refused, result.describe(), *rejects, calls), document, code=code)


EVERY = 1.0
"""Seconds between two reads of the journal; reading it costs no API call."""


async def show_run(session: Session, job: Job) -> DocumentsResult:
    """Everything about an import, with the first findings."""
    result = await session.importer.result(job.id)
    log = session.importer.log_of(job.id)
    document = {**job.document, "findings": [asdict(finding) for finding in result.findings]}
    if log.exists():
        document["log"] = str(log)
    fields = tuple(name for name in document if name != "findings")
    lines = tuple(str(finding) for finding in result.findings[:SHOWN])
    if len(result.findings) > SHOWN:
        lines += ("… --format json shows all",)
    return DocumentsResult([document], fields, lines, is_one=True)


async def wait_for_run(context: VerbContext, session: Session, run: str) -> DoneResult:
    """Show an import's progress until no process works on it, and return its result.

    Raises:
        ImportRefused: there is no such run.
    """
    while (summary := await session.importer.run(run)).under_way:
        context.progress(summary.describe())
        await asyncio.sleep(EVERY)
    if not (summary.open and summary.state == "RUNNING"):
        return import_result(await session.importer.result(run), masks=session.masks)
    lines = (
        f"import {run} is unfinished, and no process is working on it: {summary.describe()}",
        f"Nothing is lost. Continue with: ordex import --resume {run}",
    )
    return DoneResult(lines, {"outcome": "unfinished", "run": run}, code=ExitCode.PARTIAL)


async def stop_run(session: Session, run: str) -> DoneResult:
    """Stop an import in any process.

    Raises:
        ImportRefused: there is no such run.
    """
    summary = await session.importer.run(run)
    if not await session.importer.stop(run):
        how = "is unfinished, but" if summary.open else "has ended, and"
        text = f"import {run} {how} no process is working on it: nothing to stop"
        return DoneResult((text,), {"outcome": "not running", "run": run})
    return DoneResult(
        (
            f"import {run} stops sending; batches that the service accepted are still followed to their end",
            f"ordex import --resume {run} sends the rest",
        ),
        {"outcome": "stopping", "run": run},
    )


async def confirm_deletion(context: VerbContext, session: Session, job: Job) -> bool:
    """Ask whether to delete the record of an import, with the consequences."""
    from tui.actions.account_status import AccountStatus
    from tui.actions.prompts import Confirmation

    lost = "its rejects can no longer be written to a file"
    if job.status == UNFINISHED:
        lost = "it can no longer be resumed"
    question = f"Delete the record of import {job.id} ({job.detail})? Orders stay as they are; {lost}."
    return await context.confirm(Confirmation(AccountStatus.of(session), question))


async def delete_run(session: Session, job: Job) -> DoneResult:
    """Delete the record of an import from this machine.

    Raises:
        ImportRefused: a process is working on it.
    """
    await session.importer.discard(job.id)
    text = f"the record of import {job.id} is deleted; orders that were imported stay"
    return DoneResult((text,), {"outcome": "deleted", "id": job.id})


def why_not_retryable(job: Job) -> str:
    """What to do instead of a retry, for a job that is not an export: the API can retry only exports."""
    if job.kind != RUN:
        return "the API cannot repeat a job; import the file again, which updates the orders that arrived"
    if job.runs:
        return f"import {job.id} is running; ordex jobs wait {job.id} follows it"
    if job.status == UNFINISHED:
        return f"continue an interrupted import instead of starting it again: ordex import --resume {job.id}"
    if job.document["rejected"]:
        return (
            f"its valid rows are imported; ordex import --resume {job.id} --rejects FILE writes the others,"
            " so that you can correct and import them"
        )
    return f"every row of import {job.id} is imported"
