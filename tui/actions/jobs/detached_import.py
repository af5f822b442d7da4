"""Continue an import in a separate process that outlives this one and its terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.actions.account_status import AccountStatus
from tui.actions.exit_codes import ExitCode
from tui.actions.results import DoneResult

if TYPE_CHECKING:
    from subprocess import Popen

    from tui.actions.session import Session
    from tui.jobs.importing.runs.run_summary import RunSummary

START_TIMEOUT = 30.0
"""Seconds to wait until the process works on the run, or ends."""

POLL_INTERVAL = 0.05
LOG_TAIL = 4000
"""Bytes of the log's end that are shown when the process ends before it starts the import."""


async def detach_import(
    session: Session, run: str, *, rejects: Path | None = None, overwrite: bool = False
) -> DoneResult:
    """Start a process that continues a confirmed run, and check that it does.

    Raises:
        ImportRefused: there is no such run, a process works on it, or the unlocking is limited in time.
        SettingsError: the account's token cannot be read; the process needs it.
    """
    from tui.jobs.background.detached_process import detach
    from tui.jobs.importing.import_errors import ImportRefused

    importer = session.importer
    if AccountStatus.of(session).seconds_left is not None:
        raise ImportRefused(
            f"{session.name} is unlocked for a limited time, and a detached process would outlive that",
            hint=f"Start it with ordex --profile {session.name} --write, and --resume {run}.",
        )
    await importer.check_free(run)
    log = importer.log_of(run)
    log_start = log.stat().st_size if log.exists() else 0
    token = None if session.base_url is None else await asyncio.to_thread(session.token.read)
    process = await asyncio.to_thread(
        detach, _command_arguments(session, run, rejects, overwrite=overwrite), log, token=token
    )
    summary = await _taken_up(session, run, process)
    if process.poll() is not None:
        output = await asyncio.to_thread(_read_log, log, log_start)
        return _ended(summary, output, process.returncode)
    if not summary.under_way:
        output = (f"process {process.pid} has not started import {run} yet; its log is {log}",)
        return DoneResult(output, _document("not begun", run, process.pid, log), code=ExitCode.PARTIAL)
    return DoneResult(
        (
            f"import {run} continues without this terminal, as process {process.pid}",
            f"ordex jobs wait {run} follows it, ordex jobs stop {run} ends it; it writes to {log}",
        ),
        _document("detached", run, process.pid, log),
    )


def _command_arguments(session: Session, run: str, rejects: Path | None, *, overwrite: bool) -> list[str]:
    words = ["import", "--resume", run, "--profile", session.name, "--write"]
    words += ["--mask"] if session.masks.on else []
    words += ["--token-stdin"] if session.base_url is not None else []
    words += ["--force"] if overwrite else []
    return words if rejects is None else [*words, "--rejects", str(rejects.absolute())]


async def _taken_up(session: Session, run: str, process: Popen[bytes]) -> RunSummary:
    """The run, once the process works on it, has ended, or has timed out."""
    for _ in range(round(START_TIMEOUT / POLL_INTERVAL)):
        summary = await session.importer.run(run)
        if summary.under_way or process.poll() is not None:
            break
        await asyncio.sleep(POLL_INTERVAL)
    return await session.importer.run(run)


def _ended(summary: RunSummary, output: tuple[str, ...], code: int) -> DoneResult:
    outcome = "interrupted" if summary.open else "ended"
    if summary.open:
        indented = (f"  {line}" for line in output)
        output = (
            "the import did not start; its process reported:",
            *indented,
            f"Nothing is lost. Continue with: ordex import --resume {summary.run}",
        )
    known = ExitCode(code) if code in set(ExitCode) else ExitCode.PARTIAL
    if summary.open and known is ExitCode.DONE:
        known = ExitCode.PARTIAL
    return DoneResult(output, {"outcome": outcome, "run": summary.run}, code=known)


def _read_log(log: Path, since: int) -> tuple[str, ...]:
    """The last lines that the process added to the log. Blocks."""
    with log.open("rb") as file:
        file.seek(max(since, file.seek(0, 2) - LOG_TAIL))
        return tuple(file.read().decode("utf-8", "replace").splitlines())


def _document(outcome: str, run: str, process: int, log: Path) -> dict[str, Any]:
    return {"outcome": outcome, "run": run, "process": process, "log": str(log)}
