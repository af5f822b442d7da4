"""The plan of an import: what the check found, what will be sent, and the confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.actions.changes.consent import text_to_type
from tui.app.dialogs.consent_bar import ConsentBar
from tui.app.dialogs.path_dialog import PathDialog, TargetPath
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import notify
from tui.app.imports.finding_rows import COLUMNS, FindingRows, RowsTable, rejects_name
from tui.app.masking import masks_at
from tui.app.panels.standing_line import StandingLine
from tui.app.type_ahead_guard import Clock
from tui.app.workers import start_worker
from tui.jobs.importing.checking.existing_orders import DEFAULT_SAMPLE
from tui.jobs.importing.import_errors import ImportRefused
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible
from tui.voucherify.errors import VoucherifyError

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.importing.checking.import_plan import ImportPlan


class ImportPlanScreen(QuestionDialog[bool]):
    """Returns whether the user agreed to the import; sends nothing itself."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Import"),
        Binding("n,escape", "decline", "Back"),
        Binding("w", "write_rejects", "Write the faulty rows"),
        Binding("s", "sample", "Look up rows"),
    ]

    class LookedUp(Message):
        """Rows were looked up; ``words`` describe the result so far."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, plan: ImportPlan, account: Session, *, clock: Clock) -> None:
        super().__init__(clock=clock)
        self._plan = plan
        self._account = account
        self._sampled = ""

    def compose(self) -> ComposeResult:
        """Lay out the findings, the plan, the remarks and the question."""
        plan = self._plan
        findings = plan.checked.findings
        with Vertical(classes="mutation whole") as box:
            box.border_title = Content(visible(f"Import {plan.file.path.name}", limit=90))
            if plan.obstacle is not None:
                yield StandingLine()
            yield Static(Content(visible(plan.describe_findings(), limit=300)), classes="found")
            if findings:
                yield RowsTable(pin_first=False)
            with VerticalScroll(id="remarks"):
                yield Static(Content("\n".join(self._lines())), id="lines")
            if plan.obstacle is None:
                yield ConsentBar(self._question(), self._account, typed=self._typed())
            yield Static(Content(self._keys()), classes="keys")

    def on_mount(self) -> None:
        """Fill the table."""
        if self._plan.checked.findings:
            rows = FindingRows(self._plan.checked.findings, masks_at(self))
            self.query_one(RowsTable).show(rows, COLUMNS)

    def first_focus(self) -> Widget | None:
        """The widget that answers the question, or else the findings."""
        if self._plan.obstacle is not None:
            tables = self.query(RowsTable)
            return tables.first() if tables else self.query_one("#remarks")
        return super().first_focus()

    def result_of(self, agreed: bool) -> bool:
        """Whether the user agreed; if not, the input of the import screen stays."""
        return agreed

    def action_write_rejects(self) -> None:
        """Write the invalid rows to a file, so that they can be corrected."""
        if self._plan.checked.faulty:
            start_worker(self, self._write_rejects, group="rejects", exclusive=True)

    def action_sample(self) -> None:
        """Look up a few rows, one API call each, to see how many exist already."""
        if self._rows_to_look_up:
            start_worker(self, self._sample, group="sampling", exclusive=True)

    def on_import_plan_screen_looked_up(self, message: LookedUp) -> None:
        """Show the result of the look-up above the remarks."""
        self._sampled = message.words
        self.query_one("#lines", Static).update(Content("\n".join(self._lines())))
        self.query_one("#remarks").scroll_home(animate=False)

    @property
    def _rows_to_look_up(self) -> int:
        return 0 if self._plan.obstacle is not None else min(DEFAULT_SAMPLE, len(self._plan.checked.sample))

    async def _sample(self) -> None:
        def on_row(row: int, of: int) -> None:
            self.post_message(self.LookedUp(f"Looked up {row:,} of {pluralize(of, 'row')}…"))

        try:
            with activity(self, "Looking up rows"):
                sampled = await self._account.importer.sample_existing(self._plan, on_row=on_row)
        except VoucherifyError as error:
            self.post_message(self.LookedUp(f"{error}. {error.hint}".strip()))
        else:
            words = sampled.describe()
            self.post_message(self.LookedUp(f"{words[:1].upper()}{words[1:]}."))

    async def _write_rejects(self) -> None:
        suggested = rejects_name(self._plan.file.path)
        ask = PathDialog("Write the faulty rows", suggested)
        chosen: TargetPath | None = await self.app.push_screen_wait(ask)
        if chosen is None:
            return
        target = chosen.path
        try:
            with activity(self, f"Writing {visible(target.name, limit=40)}"):
                rows = await self._account.importer.write_rejects(
                    self._plan.run, target, overwrite=chosen.overwrite
                )
        except ImportRefused as refused:
            notify(self, f"{refused}. {refused.hint}", severity="error")
        else:
            are = "row with its reasons is" if rows == 1 else "rows with their reasons are"
            notify(self, f"{rows:,} faulty {are} in {target}.")

    def _lines(self) -> list[str]:
        plan = self._plan
        if plan.obstacle is not None:
            broken = plan.checked.unreadable
            hint = f" {broken.hint}" if broken is not None else ""
            return [visible(f"It cannot be imported: {plan.obstacle}.{hint}", limit=400)]
        more = plan.checked.faulty - len(plan.checked.findings)
        lines = [f"{pluralize(more, 'more faulty row')}; w writes them all."] if more > 0 else []
        if self._sampled:
            lines.insert(0, visible(self._sampled, limit=300))
        remarks = (f"- {visible(line, limit=300)}" for line in plan.remarks())
        outcome = plan.describe_outcome()
        outcome = f"{outcome[:1].upper()}{outcome[1:]}."
        lines.extend(visible(doubt.words, limit=400) for doubt in plan.doubts)
        return [*lines, visible(outcome, limit=400), visible(f"{plan.describe()}.", limit=400), *remarks]

    def _question(self) -> str:
        good = self._plan.checked.good
        doubts = "".join(f"{doubt.question} " for doubt in self._plan.doubts)
        return visible(f"{doubts}Import {pluralize(good, 'order')} into {self._account.name}?", limit=600)

    def _typed(self) -> str | None:
        if self._account.kind != "production":
            return None
        return text_to_type(self._account.name, orders=self._plan.checked.good)

    def _keys(self) -> str:
        keys = ["esc back, send nothing", "tab next"]
        first = "tab, then " if self._typed() and self._plan.obstacle is None else ""
        if self._plan.checked.faulty:
            keys.append(f"{first}w write the faulty rows to a file")
        if rows := self._rows_to_look_up:
            keys.append(f"{first}s how many exist? {pluralize(rows, 'call')}")
        return " · ".join(keys)
