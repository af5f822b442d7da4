"""The jobs of the explorer: starts imports and exports, opens their screens, reports how they end."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.app.changing.flow_host import FlowHost
from tui.app.imports.import_screen import ImportScreen
from tui.app.imports.saved_mappings import SavedMappingsDialog
from tui.errors import OrdexError, message_with_hint
from tui.jobs.exporting.export_request import ExportRefused
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.pluralize import pluralize

from .exit_dialog import ExitDialog
from .export_screen import ExportChoice, ExportScreen, ShownOrders
from .jobs_screen import JobsScreen
from .running_jobs import RunningJob, RunningJobs

if TYPE_CHECKING:
    from tui.actions.session import Session

JOB = "An export of the account is a job that is created"
FILE = "The file was checked. The import has not started."


class JobsController:
    """Offers the jobs of an account. ``running`` holds those that were started in this window."""

    def __init__(self, stage: FlowHost, account: Session, shown: Callable[[], ShownOrders]) -> None:
        self._stage = stage
        self._account = account
        self._shown = shown
        self.running = RunningJobs(account)

    @property
    def account(self) -> Session:
        """The account that the jobs belong to."""
        return self._account

    async def offer_unfinished(self) -> None:
        """Notify the user of an unfinished import of an earlier run."""
        if self._account.write_lock.sealed:
            return
        try:
            runs = await self._account.importer.runs()
        except (OSError, sqlite3.Error):
            return  # the jobs screen reports problems of journals
        unfinished = next((run for run in runs if run.open and not run.under_way), None)
        if unfinished is not None:
            remaining = unfinished.rows - unfinished.imported - unfinished.rejected
            rows = pluralize(unfinished.rows, "row")
            words = f"{unfinished.path.name}, {remaining:,} of {rows} remaining. Press J, then u to resume."
            self._stage.say(words, title="Unfinished import", severity="warning")

    def show_jobs(self) -> None:
        """Open the list of jobs."""
        self._stage.push(JobsScreen(self._account, self.running))

    def import_orders(self) -> None:
        """Open the import screen."""
        self._stage.start_once("import", self._import)

    def export_orders(self) -> None:
        """Open the export screen."""
        self._stage.start_once("export", self._export)

    def show_mappings(self) -> None:
        """Open the list of saved mappings."""
        self._stage.push(SavedMappingsDialog(self._account))

    def tell(self, job: RunningJob) -> None:
        """Notify the user how a job ended."""
        severity = {"done": "information", "partial": "warning"}.get(job.state, "error")
        title = f"{job.what.capitalize()} of {job.name}"
        self._stage.announce(job.words, title=title, severity=severity)  # type: ignore[arg-type] # one of the three

    def facts(self) -> Sequence[SnapshotFact]:
        """The running jobs, for the status line."""
        under_way = self.running.under_way
        if not under_way:
            return ()
        if len(under_way) > 1:
            return (SnapshotFact(f"{len(under_way)} jobs run", f"{len(under_way)} jobs", 0),)
        job = under_way[0]
        percent = "" if job.percent is None else f" {job.percent} %"
        return (SnapshotFact(f"{job.what}: {job.brief or job.name}", f"{job.what}{percent}", 0),)

    @property
    def are_running(self) -> bool:
        """Whether a job runs that would stop, or no longer be followed, if the explorer closed now."""
        return bool(self.running.under_way)

    def exit_dialog(self, question: str) -> ExitDialog:
        """The dialog that asks what to do with running jobs."""
        return ExitDialog(question, self.running, self._account, clock=self._stage.clock)

    async def move_to_background(self) -> bool:
        """Continue imports in background processes; return false, after a notification, if one fails."""
        moved = True
        for job in self.running.under_way:
            if job.what == "import":
                moved = await self._move(job) and moved
        return moved

    async def _move(self, job: RunningJob) -> bool:
        title = f"Import of {job.name}"
        try:
            with self._stage.activity("Starting a process for the import"):
                result = await self.running.move_to_background(job.job, job.name)
        except (OrdexError, OSError) as error:
            self._stage.say(message_with_hint(error), title=title, severity="error")
            return False
        if result.code is not None:
            self._stage.say(". ".join(result.messages), title=title, severity="error")
        return result.code is None

    async def _import(self) -> None:
        plan = await self._stage.show(ImportScreen(self._account, clock=self._stage.clock))
        if plan is None:
            return
        if await self._stage.may_write(FILE):
            self.running.start_import(plan)
        else:
            await self._account.importer.discard(plan.run)
            self._stage.say(f"{plan.file.path.name} was not sent.", title="Not imported")

    async def _export(self) -> None:
        reason = self._stage.reads_only()
        refused = f"{JOB}, and {reason}" if reason else None
        shown = self._shown()
        choice = await self._stage.show(ExportScreen(shown, job_refused=refused))
        if choice is None:
            return
        if choice.plan is not None and await self._stage.may_write(f"{JOB}."):
            self.running.start_export(
                choice.plan,
                choice.target,
                overwrite=choice.overwrite,
                format=choice.format,
                escape=choice.escape,
            )
        elif choice.plan is None:
            await self._write(choice, shown)

    async def _write(self, choice: ExportChoice, shown: ShownOrders) -> None:
        from tui.jobs.exporting.order_writer import write_orders

        masks = self._account.masks.lasting()
        try:
            with self._stage.activity(f"Writing {choice.target.name}"):
                written = await asyncio.to_thread(
                    write_orders,
                    shown.orders,
                    choice.target,
                    overwrite=choice.overwrite,
                    format=choice.format,
                    columns=choice.fields,
                    escape=choice.escape,
                    masks=masks,
                )
        except ExportRefused as refused:
            self._stage.say(f"{refused}. {refused.hint}", severity="error")
        else:
            masked = ", masked" if masks is not None else ""
            text = (
                f"{pluralize(written, 'order')} {'is' if written == 1 else 'are'} in {choice.target}{masked}."
            )
            self._stage.say(text, title="Exported")
