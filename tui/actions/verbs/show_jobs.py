"""``jobs``: list, follow, stop, delete and repeat export and import jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.arguments.output_path import FORCE, is_standard_output, output_file
from tui.actions.catalogue import of_verb
from tui.actions.changes.consent import require_write_access
from tui.actions.exit_codes import ExitCode
from tui.actions.jobs.export_file_arguments import AS, SPREADSHEET, ExportFileArguments
from tui.actions.jobs.import_runs import (
    confirm_deletion,
    delete_run,
    show_run,
    stop_run,
    wait_for_run,
    why_not_retryable,
)
from tui.actions.jobs.job_listing import (
    FIELDS,
    NONE_LISTED,
    RUN,
    Job,
    JobList,
    action_job,
    export_job,
    list_jobs,
    run_job,
)
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DocumentsResult, DoneResult, Result
from tui.actions.verb import Argument, InputError, Verb, refuse_unused, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.errors import Category
from tui.terminal.pluralize import pluralize

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.exporting.progress import ExportProgress

EXPORT = "exp_"
ACTION = "aa_"

MOST = 100
"""The most jobs of a kind that the API lists in one call."""


@dataclass(frozen=True)
class JobsArguments(ExportFileArguments):
    """Values of the arguments of ``jobs``, by their names."""

    what: str = "list"
    id: str | None = None
    limit: int = 20
    yes: bool = False
    confirm: str | None = None


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """List the jobs, or run a subcommand on one of them.

    Raises:
        InputError: the job is not named, or cannot be used so.
        VoucherifyError: the service cannot be used now.
    """
    arguments = typed_arguments(JobsArguments, given)
    what, job_id = arguments.what, arguments.id
    message = f"{{}} has no effect on ordex jobs {what}; leave it out"
    refuse_unused(VERB.arguments, given, {"what", "id", *_USED[what]}, message)
    if what == "retry" and arguments.output is None:
        message = "{} applies to the file: name one with --output"
        refuse_unused(VERB.arguments, given, {"what", "id", "yes", "confirm"}, message)
    if what in ("retry", "download"):
        arguments.check_output()
    if what == "list":
        if job_id is not None:
            raise InputError(f"ordex jobs list takes no job; ordex jobs show {job_id}", argument="id")
        session = await context.open()
        found = await list_jobs(session, limit=arguments.limit)
        return DocumentsResult([job.row() for job in found.jobs], FIELDS, _list_sentences(found))
    if job_id is None:
        raise InputError(f"name the job: ordex jobs {what} ID", argument="id")
    session = await context.open()
    return await _ONE[what](context, session, job_id, arguments)


def _list_sentences(found: JobList) -> tuple[str, ...]:
    if not found.jobs:
        return ("this account has no jobs" if found.has_more is False else NONE_LISTED, *found.problems)
    text = f"{pluralize(len(found.jobs), 'job')}, newest first"
    if found.has_more is not False:
        text += f"; there {'are' if found.has_more else 'may be'} older ones"
        text += f": --limit shows up to {MOST}" if len(found.jobs) < MOST else ""
    return (text, *found.problems)


async def _show(context: VerbContext, session: Session, job_id: str, arguments: JobsArguments) -> Result:
    del context, arguments
    job = await _read(session, job_id)
    if job.kind == RUN:
        return await show_run(session, job)
    return DocumentsResult([job.document], tuple(job.document), is_one=True)


async def _wait(context: VerbContext, session: Session, job_id: str, arguments: JobsArguments) -> Result:
    from tui.jobs.background.clock import SystemClock
    from tui.jobs.background.polling import StatusWatch, poll
    from tui.jobs.background.retry_policy import RetryPolicy, call_with_retries
    from tui.orders.times import format_utc

    del arguments
    if not job_id.startswith((EXPORT, ACTION)):
        return await wait_for_run(context, session, (await _read(session, job_id)).id)

    clock = SystemClock()

    def waits(until: float, why: str = "the other calls are left for you") -> None:
        context.progress(f"waiting until {format_utc(until)}: {why}", until=until)

    patience, watch = RetryPolicy(clock, waits), StatusWatch(clock)

    async def read() -> Job:
        return await call_with_retries(
            lambda: _read(session, job_id), session.ration, patience, on_call=lambda: None, on_wait=waits
        )

    def report(job: Job) -> None:
        odd = watch.note(job.status, job.progress)
        progress = "" if job.progress is None else f", {job.progress} %"
        context.progress(f"{job.id}: {odd}" if odd else f"{job.id} is {job.status}{progress}")

    job = await read()
    report(job)
    if job.runs:
        job = await poll(read, lambda answer: not answer.runs, clock=clock, on_answer=report)
    text = f"{job.id} is {job.status}" + (f": {job.detail}" if job.detail else "")
    return DoneResult((text,), job.document, code=_end_code(job))


def _end_code(job: Job) -> ExitCode:
    """The exit code for the outcome of a job."""
    if job.status in ("FAILED", "ERROR") or job.document.get("operation_status") == "FAILED":
        return ExitCode.NETWORK
    result = job.document.get("result")
    result = result if isinstance(result, dict) else {}
    count = result.get("failed_count")
    has_failed = bool(result.get("failed")) or (isinstance(count, int) and count > 0)
    return ExitCode.PARTIAL if has_failed else ExitCode.DONE


async def _download(context: VerbContext, session: Session, job_id: str, arguments: JobsArguments) -> Result:
    if not job_id.startswith(EXPORT):
        raise InputError("only an export has a file to download", argument="id")
    if arguments.output is None:
        raise InputError("name the file to write with --output", argument="output")

    def report(progress: ExportProgress) -> None:
        context.progress(progress.describe(), until=progress.waiting_until)

    with output_file(arguments.output) as target:
        result = await session.exporter.download(
            job_id,
            target,
            overwrite=arguments.force,
            format=arguments.format,
            escape=arguments.escape,
            on_progress=report,
        )
    if is_standard_output(arguments.output):
        result = replace(result, path=Path("standard output"))
    return DoneResult((result.describe(),), code=ExitCode.PARTIAL if result.is_partial else None)


async def _agreed(context: VerbContext, session: Session, arguments: JobsArguments, question: str) -> bool:
    from tui.actions.account_status import AccountStatus
    from tui.actions.prompts import Confirmation

    typed = session.name if session.kind == "production" else None
    agreed = arguments.confirm == session.name if arguments.confirm else arguments.yes and typed is None
    return agreed or await context.confirm(Confirmation(AccountStatus.of(session), question, typed=typed))


async def _delete(context: VerbContext, session: Session, job_id: str, arguments: JobsArguments) -> Result:
    if job_id.startswith(ACTION):
        text = "only an export or an import started here can be deleted; the API keeps all other jobs"
        raise InputError(text, argument="id")
    if not job_id.startswith(EXPORT):
        job = await _read(session, job_id)
        if (
            arguments.yes
            or arguments.confirm == session.name
            or await confirm_deletion(context, session, job)
        ):
            return await delete_run(session, job)
        return DoneResult(("not confirmed; nothing was deleted",), code=ExitCode.REFUSED)
    require_write_access(session)
    if not await _agreed(context, session, arguments, f"Delete the export {job_id} and its file?"):
        return DoneResult(("not confirmed; nothing was sent",), code=ExitCode.REFUSED)
    await session.client.delete_export(job_id)
    return DoneResult((f"export {job_id} is deleted",), {"outcome": "deleted", "id": job_id})


async def _stop(context: VerbContext, session: Session, job_id: str, arguments: JobsArguments) -> Result:
    del context, arguments
    if job_id.startswith((EXPORT, ACTION)):
        raise InputError(
            "only an import that was started here can be stopped; the API cannot stop jobs", argument="id"
        )
    return await stop_run(session, (await _read(session, job_id)).id)


async def _retry(context: VerbContext, session: Session, job_id: str, arguments: JobsArguments) -> Result:
    if not job_id.startswith(EXPORT):
        raise InputError(why_not_retryable(await _read(session, job_id)), argument="id")
    require_write_access(session)
    if not await _agreed(context, session, arguments, f"Make the export {job_id} again, as a new job?"):
        return DoneResult(("not confirmed; nothing was sent",), code=ExitCode.REFUSED)
    export = await session.exporter.repeat(job_id)
    context.facts.leaves(f"export {export.id}", f"ordex jobs download {export.id} -o FILE")
    if arguments.output is not None:
        return await _download(context, session, export.id, arguments)
    text = f"export {export.id} is {export.status or 'made'}"
    text += f"; ordex jobs download {export.id} -o FILE downloads it"
    return DoneResult((text,), export_job(export).document)


_FILE = ("output", "force", "as", "spreadsheet")
_USED = {
    "list": ("limit",),
    "show": (),
    "wait": (),
    "stop": (),
    "retry": (*_FILE, "yes", "confirm"),
    "download": _FILE,
    "delete": ("yes", "confirm"),
}
"""The options of each subcommand."""

_ONE = {
    "show": _show,
    "wait": _wait,
    "stop": _stop,
    "retry": _retry,
    "download": _download,
    "delete": _delete,
}


async def _read(session: Session, job_id: str) -> Job:
    if job_id.startswith(EXPORT):
        return export_job(await session.client.get_export(job_id))
    if job_id.startswith(ACTION):
        return action_job(await session.client.get_async_action(job_id))
    from tui.jobs.importing.import_errors import ImportRefused

    try:
        return run_job(await session.importer.run(job_id))
    except ImportRefused:
        raise ImportRefused(
            f"there is no job “{job_id}”", hint="ordex jobs lists them.", category=Category.NOT_FOUND
        ) from None


VERB = Verb(
    name="jobs",
    summary=of_verb("jobs").help,
    help=(
        "List the account's imports and exports, wherever they were started, or show, wait for, stop, "
        "retry, download or delete one. “retry” makes the same export again as a new job. Listing costs "
        "two calls. “wait” checks less and less often and leaves calls for you. An import that was "
        "started on this machine is a run; showing it costs no call."
    ),
    run=run,
    arguments=(
        Argument(
            "what",
            "choice",
            "What to do (default: list).",
            positional=True,
            default="list",
            choices=("list", "show", "wait", "stop", "retry", "download", "delete"),
            metavar="[list|show|wait|stop|retry|download|delete]",
        ),
        Argument("id", "text", "Id of the job, or run of an import.", positional=True, metavar="[ID]"),
        Argument("limit", "number", "Number of jobs.", default=20, minimum=1, maximum=MOST),
        Argument(
            "output",
            "file",
            "With download: write this file; its name decides the format; - is standard output.",
            metavar="FILE",
            short="-o",
        ),
        FORCE,
        replace(AS, help="Format of the downloaded file.  [default: by its name, else csv]"),
        SPREADSHEET,
        Argument("yes", "flag", "Do not ask before deleting or retrying.", default=False),
        Argument("confirm", "text", "Do not ask; for production: the profile's name.", metavar="NAME"),
    ),
    examples=(
        "jobs",
        "jobs wait aa_0c5564b67d0e571534",
        "jobs download exp_1 -o orders.csv",
        "jobs retry exp_1",
    ),
    formats=FORMATS,
)
