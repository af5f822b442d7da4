"""A dialog that asks what to do with running jobs before the explorer closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.panels.standing_line import StandingLine
from tui.app.type_ahead_guard import Clock
from tui.terminal.visible import visible

from .job_actions import why_not_in_background

if TYPE_CHECKING:
    from tui.actions.session import Session

    from .running_jobs import RunningJob, RunningJobs

ExitAnswer = Literal["leave", "background"]

UPDATE_INTERVAL = 0.5
"""Seconds between two updates of the list of jobs."""


class ExitDialog(QuestionDialog["ExitAnswer | None"]):
    """Returns how to leave, or ``None`` to stay. The list of jobs is updated while the dialog is open.

    Args:
        question: the title of the dialog.
        running: the jobs of this window.
        account: the account that the jobs belong to.
        clock: the clock; tests pass their own.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "leave", "Stop and leave"),
        Binding("b", "background", "Quit, imports continue"),
        Binding("n,escape", "decline", "Stay"),
    ]

    def __init__(self, question: str, running: RunningJobs, account: Session, *, clock: Clock) -> None:
        super().__init__(clock=clock)
        self._question = question
        self._running_jobs = running
        self._account = account

    def compose(self) -> ComposeResult:
        """Lay out the running jobs and the answers."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(visible(self._question, limit=60))
            yield StandingLine()
            with VerticalScroll(classes="dialog-text"):
                yield Static(self._jobs(), id="running")
            yield Static(self._answers(), classes="answers")

    def on_mount(self) -> None:
        """Start updating the list of jobs."""
        self.set_interval(UPDATE_INTERVAL, self._update)

    def first_focus(self) -> Widget:
        """The list of jobs, which can be scrolled."""
        return self.query_one(".dialog-text")

    def action_leave(self) -> None:
        """Stop the jobs of this window and leave."""
        self.dismiss("leave")

    def action_background(self) -> None:
        """Leave and let imports continue in background processes."""
        if self._imports and self._background_obstacle is None:
            self.dismiss("background")

    @property
    def _imports(self) -> list[RunningJob]:
        return [job for job in self._running_jobs.under_way if job.what == "import"]

    @property
    def _background_obstacle(self) -> str | None:
        return why_not_in_background(self._account)

    def _update(self) -> None:
        self.query_one("#running", Static).update(self._jobs())
        self.query_one(".answers", Static).update(self._answers())

    def _jobs(self) -> Content:
        jobs = self._running_jobs.under_way
        if not jobs:
            return Content("All jobs have ended.")
        return Content("\n").join(Content(visible(_describe(job), limit=400)) for job in jobs)

    def _answers(self) -> Content:
        answers = [("esc", "stay")]
        if self._imports:
            answers.append(("s", "stop here and leave; resume with J and u, or ordex import --resume last"))
            reason = self._background_obstacle
            background = ("b", "leave; the import continues in the background")
            answers.append(("", reason) if reason else background)
        else:
            answers.append(("s", "leave"))
        return Content("\n").join(
            Content.assemble((f"{key:<4}", "bold"), visible(words, limit=200)) for key, words in answers
        )


def _describe(job: RunningJob) -> str:
    so_far = f": {job.brief or job.words}" if job.brief or job.words else ""
    if job.what == "import":
        return f"An import runs, {job.name}{so_far}. If it stops, nothing is lost or imported twice."
    if job.has_own_filter:
        return f"The export to {job.name} ends if you leave: part of its filter is applied here."
    known = f" ordex jobs download {job.job} -o FILE downloads it." if job.job else ""
    return f"The export to {job.name} continues at the service if you leave, without download.{known}"
