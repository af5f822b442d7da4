"""Actions on one job: detail, download, repeat, delete, resume, stop, background, rejects."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.actions.account_status import AccountStatus, why_read_only
from tui.actions.jobs.import_runs import why_not_retryable
from tui.actions.jobs.job_listing import RUN, UNFINISHED, Job, action_job, run_job
from tui.app.dialogs.confirm_dialog import ConfirmDialog
from tui.app.dialogs.path_dialog import PathDialog
from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import notify
from tui.app.imports.finding_rows import rejects_name
from tui.errors import OrdexError, message_with_hint

from .job_detail import JobDetail, failures_of
from .running_jobs import RunningJobs

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.importing.runs.import_journal import RowFinding

WRITING_ACTIONS = {
    "delete": "The export is not deleted yet.",
    "resume": "The import has not continued yet.",
    "retry": "The export is not made again yet.",
}
"""Actions that change something, with the note to show while the profile is locked."""


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def why_not_in_background(account: Session) -> str | None:
    """Why imports of the account cannot continue in a background process, or ``None``."""
    if account.read_only:
        return "This profile is read-only; a background process needs --write."
    if AccountStatus.of(account).seconds_left is not None:
        return "The profile is unlocked for a limited time only; a background process may take longer."
    return None


def _why_not_background(job: Job, *, is_here: bool) -> str | None:
    if job.kind != RUN:
        return "Only an import of this machine can continue in the background."
    if job.is_stopping:
        return f"This import is being stopped: {job.detail}."
    if job.runs:
        return None if is_here else f"Another process runs this import already: {job.detail}."
    return None if job.status == UNFINISHED else _already_ended(job)


def _why_not_resume(job: Job, *, is_here: bool) -> str | None:
    if job.kind != RUN:
        return "Only an unfinished import of this machine can be resumed."
    if job.runs:
        where = "This window" if is_here else "Another process"
        return f"{where} runs this import: {job.detail}."
    return None if job.status == UNFINISHED else _already_ended(job)


def _why_not_stop(job: Job) -> str | None:
    if job.kind != RUN:
        return "Only an import of this machine can be stopped."
    return None if job.runs else f"No process runs this import: {job.detail}."


def _already_ended(job: Job) -> str:
    return f"This import has ended: {job.detail}."


class JobActions:
    """Runs actions on jobs. Whether an import allows an action is decided by its current journal.

    Args:
        screen: the screen that dialogs and notifications appear on.
        account: the account that the jobs belong to.
        running: the jobs of this window.
        as_of: when the jobs of the service were read.
    """

    def __init__(self, screen: Screen[Any], account: Session, running: RunningJobs, *, as_of: str) -> None:
        self._screen = screen
        self._account = account
        self._running = running
        self._as_of = as_of

    def why_not(self, action: str, job: Job) -> str | None:
        """Why an action is not available for a job, or ``None``."""
        is_export = job.kind.startswith("export of ") and bool(job.document.get("id"))
        is_here = any(one.job == job.id for one in self._running.under_way)
        reasons: dict[str, str | None] = {
            "detail": None,
            "download": None if is_export else "Only an export has a file to download.",
            "retry": None if is_export else _sentence(why_not_retryable(job)),
            "delete": None if is_export else "Only exports can be deleted; the API keeps all other jobs.",
            "resume": _why_not_resume(job, is_here=is_here),
            "stop": _why_not_stop(job),
            "background": why_not_in_background(self._account) or _why_not_background(job, is_here=is_here),
            "rejects": None if job.document.get("path") else "Only imports of this machine have rejects.",
        }
        if action == "download" and job.status == "ERROR":
            return f"The service could not make this export, so there is no file (as of {self._as_of})."
        if action in WRITING_ACTIONS and reasons[action] is None and self._account.write_lock.sealed:
            return why_read_only(sealed=True)
        return reasons[action]

    async def run(self, action: str, job: Job) -> bool:
        """Run an action and notify the user; return whether the service's jobs have changed."""
        try:
            job = await self._refreshed(job)
            if (reason := self.why_not(action, job)) is not None:
                notify(self._screen, reason, severity="warning")
                return False
            return await self._run(action, job)
        except OrdexError as error:
            notify(self._screen, message_with_hint(error), severity="error")
        except (OSError, sqlite3.Error) as error:
            notify(self._screen, str(error), severity="error")
        return False

    async def _refreshed(self, job: Job) -> Job:
        if job.kind != RUN or "run" not in job.document:
            return job
        return run_job(await self._account.importer.run(job.id))

    async def _run(self, action: str, job: Job) -> bool:
        actions = {
            "detail": self._detail,
            "download": self._download,
            "retry": self._retry,
            "delete": self._delete,
            "resume": self._resume,
            "stop": self._stop,
            "background": self._background,
            "rejects": self._rejects,
        }
        if action in WRITING_ACTIONS and not await self._may_write(WRITING_ACTIONS[action]):
            return False
        return await actions[action](job)

    async def _may_write(self, why: str) -> bool:
        from tui.app.accounts.unlocking import ensure_unlocked

        return await ensure_unlocked(self._screen, self._account, why=why, clock=time.monotonic)

    async def _detail(self, job: Job) -> bool:
        if job.document.get("object") == "async_action":
            # The list omits the result; reading it costs one API call.
            job = action_job(await self._account.client.get_async_action(job.id), here=job.here)
        findings: Sequence[RowFinding] = failures_of(job)
        if job.kind == RUN and job.document.get("run"):
            findings = await self._account.importer.findings(job.id)
        as_of = self._as_of if job.kind.startswith("export of ") else ""
        await self._screen.app.push_screen_wait(JobDetail(job, findings, as_of=as_of))
        return False

    async def _download(self, job: Job) -> bool:
        ask = PathDialog(f"Download export {job.id}", "orders.csv")
        chosen = await self._screen.app.push_screen_wait(ask)
        if chosen is not None:
            self._running.download(job.id, chosen.path, overwrite=chosen.overwrite)
        return False

    async def _retry(self, job: Job) -> bool:
        lines = [
            f"{job.id}, {job.status} as of {self._as_of}: {job.detail}",
            "A new job with the same fields, order and filters.",
        ]
        if not await self._agreed("Export again", lines, f"Export again from {self._account.name}?"):
            return False
        ask = PathDialog("Export again", "orders.csv")
        chosen = await self._screen.app.push_screen_wait(ask)
        if chosen is not None:
            self._running.repeat_export(job.id, chosen.path, overwrite=chosen.overwrite)
        return chosen is not None

    async def _agreed(self, title: str, lines: Sequence[str], question: str) -> bool:
        typed = self._account.name if self._account.kind == "production" else None
        ask = ConfirmDialog(title, lines, question, self._account, typed=typed)
        agreed: bool = await self._screen.app.push_screen_wait(ask)
        return agreed

    async def _delete(self, job: Job) -> bool:
        lines = [f"{job.id}, {job.detail}", "Its file can no longer be downloaded. Orders do not change."]
        agreed = await self._agreed(
            "Delete an export", lines, f"Delete this export from {self._account.name}?"
        )
        if agreed:
            await self._account.client.delete_export(job.id)
            notify(self._screen, f"Deleted export {job.id}.")
        return agreed

    async def _resume(self, job: Job) -> bool:
        self._running.resume_import(job.id, _file_name(job))
        return False

    async def _stop(self, job: Job) -> bool:
        if await self._account.importer.stop(job.id):
            notify(
                self._screen,
                "Sending stopped. Requests that were accepted cannot be recalled; Ordex still tracks them.",
            )
        else:
            now = await self._refreshed(job)
            notify(self._screen, f"No process runs this import now: {now.detail}.")
        return False

    async def _background(self, job: Job) -> bool:
        name = _file_name(job)
        with activity(self._screen, "Starting a process for the import"):
            result = await self._running.move_to_background(job.id, name)
        severity: SeverityLevel = "error" if result.code else "information"
        notify(self._screen, ". ".join(result.messages), severity=severity)
        return True

    async def _rejects(self, job: Job) -> bool:
        if not await self._account.importer.findings(job.id):
            notify(self._screen, "No row of this import was rejected.")
            return False
        suggested = rejects_name(Path(str(job.document["path"])))
        ask = PathDialog("Write the rejected rows", suggested)
        chosen = await self._screen.app.push_screen_wait(ask)
        if chosen is not None:
            target = chosen.path
            with activity(self._screen, f"Writing {target.name}"):
                rows = await self._account.importer.write_rejects(job.id, target, overwrite=chosen.overwrite)
            are = "row with its reasons is" if rows == 1 else "rows with their reasons are"
            notify(self._screen, f"{rows:,} rejected {are} in {target}.")
        return False


def _file_name(job: Job) -> str:
    """The file of an import; its id where the list was read before the journal named the file."""
    path = job.document.get("path")
    return Path(str(path)).name if path else job.id
