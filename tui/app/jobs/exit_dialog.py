"""The question before the explorer is left while jobs run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.app.panels.standing_line import StandingLine
from tui.app.type_ahead_guard import Clock, TypeAheadGuard
from tui.terminal.visible import visible

from .job_actions import why_not_in_background

if TYPE_CHECKING:
    from tui.actions.session import Session

    from .running_jobs import RunningJob, RunningJobs

ExitAnswer = Literal["leave", "background"]

EVERY = 0.5
"""Seconds after which the dialog looks again what runs."""


class ExitDialog(TypeAheadGuard["ExitAnswer | None"]):
    """Ends with how to leave, or ``None`` to stay. What it says of the jobs is renewed while it is open.

    Args:
        question: what leaving leads to.
        running: the jobs of this window.
        account: whose jobs they are.
        clock: the clock, for tests.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "leave", "Stop and leave"),
        Binding("b", "background", "Quit, imports continue"),
        Binding("n,escape", "stay", "Stay"),
    ]

    def __init__(self, question: str, running: RunningJobs, account: Session, *, clock: Clock) -> None:
        super().__init__(clock=clock)
        self._question = question
        self._followed = running
        self._account = account

    def compose(self) -> ComposeResult:
        """What runs, the question, the answers."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(visible(self._question, limit=60))
            yield StandingLine()
            with VerticalScroll(classes="told"):
                yield Static(self._jobs(), id="running")
            yield Static(self._answers(), classes="answers")

    def on_mount(self) -> None:
        """Jobs go on, and end, while the question is open."""
        self.set_interval(EVERY, self._renew)

    def first_focus(self) -> Widget:
        """What can be scrolled."""
        return self.query_one(".told")

    def action_leave(self) -> None:
        """Leave; what runs here stops."""
        self.dismiss("leave")

    def action_background(self) -> None:
        """Leave; imports go on in processes of their own."""
        if self._imports and self._no_background is None:
            self.dismiss("background")

    def action_stay(self) -> None:
        """Stay."""
        self.dismiss(None)

    @property
    def _imports(self) -> list[RunningJob]:
        return [job for job in self._followed.under_way if job.what == "import"]

    @property
    def _no_background(self) -> str | None:
        return why_not_in_background(self._account)

    def _renew(self) -> None:
        self.query_one("#running", Static).update(self._jobs())
        self.query_one(".answers", Static).update(self._answers())

    def _jobs(self) -> Content:
        jobs = self._followed.under_way
        if not jobs:
            return Content("Nothing runs any more.")
        return Content("\n").join(Content(visible(_words(job), limit=400)) for job in jobs)

    def _answers(self) -> Content:
        answers = [("esc", "stay")]
        if self._imports:
            answers.append(("s", "stop here and leave; J and u, or ordex import --resume last, goes on"))
            reason = self._no_background
            background = ("b", "leave; the import goes on in the background")
            answers.append(("", reason) if reason else background)
        else:
            answers.append(("s", "leave"))
        return Content("\n").join(
            Content.assemble((f"{key:<4}", "bold"), visible(words, limit=200)) for key, words in answers
        )


def _words(job: RunningJob) -> str:
    so_far = f": {job.brief or job.words}" if job.brief or job.words else ""
    if job.what == "import":
        return f"An import runs, {job.name}{so_far}. Nothing is lost or doubled if it stops."
    if job.has_own_filter:
        return (
            f"The export to {job.name} ends if you leave: a part of its filter is applied here, to its file."
        )
    known = f" ordex jobs download {job.job} -o FILE downloads it." if job.job else ""
    return f"The export to {job.name} is still made by the service if you leave, but not downloaded.{known}"
