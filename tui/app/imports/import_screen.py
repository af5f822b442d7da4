"""The import screen: which file to import and how. The whole file is checked before the plan appears."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from tui.actions.jobs.import_columns import MappingProposal, columns_of_file, propose_mapping
from tui.app.dialogs.path_dialog import PathSuggester, parse_path
from tui.app.feedback.activity import activity
from tui.app.forms.form_widgets import LinkLine
from tui.app.forms.labelled import labelled
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.app.imports.mapping_screen import MappingScreen
from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.type_ahead_guard import Clock
from tui.app.widgets.choice_line import ChoiceLine
from tui.app.widgets.safe_input import SafeInput
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import CHUNK, ImportOptions
from tui.jobs.importing.reading.csv_sample import read_sample
from tui.terminal.visible import visible
from tui.voucherify.errors import VoucherifyError

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.importing.checking.import_plan import ImportPlan
    from tui.jobs.importing.mapping.column_mapping import ColumnMapping
    from tui.jobs.importing.mapping.mapping_store import MappingStore
    from tui.jobs.importing.runs.import_progress import ImportProgress

AS_TITLED = "from the titles"
ASSIGN, REFUSE = "assign one", "reject the row"

AFFORDABLE = "current, for few calls"
"""Read unknown types of metadata from the existing orders if that takes few calls."""


ABOUT = (
    "JSON array, JSON Lines, CSV or Parquet, of any size. Ordex checks the whole file and"
    " shows a plan before it sends anything."
)


class ImportScreen(Modal["ImportPlan | None"]):
    """Returns a plan that the user agreed to, or ``None``."""

    CSS_PATH: ClassVar = ["../styles/form.tcss", "../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#file"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "check", "Check"),
        Binding("ctrl+o", "map", "Map the columns"),
        Binding("escape", "back", "Back"),
        Binding("down", "focus_next", show=False),
        Binding("up", "focus_previous", show=False),
    ]

    class Checked(Message):
        """More rows were checked."""

        def __init__(self, progress: ImportProgress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            """Only the newest message matters."""
            return isinstance(message, ImportScreen.Checked)

    class ColumnsUnknown(Message):
        """The columns of a CSV have to be mapped; ``mapping`` is what to start from."""

        def __init__(self, proposal: MappingProposal, mapping: ColumnMapping | None) -> None:
            super().__init__()
            self.proposal = proposal
            self.mapping = mapping

    class Planned(Message):
        """A worker has checked the whole file."""

        def __init__(self, plan: ImportPlan, worker: Worker[None]) -> None:
            super().__init__()
            self.plan = plan
            self.worker = worker

    class Refused(Message):
        """The file cannot be imported; ``words`` give the reason."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, account: Session, *, clock: Clock) -> None:
        super().__init__()
        self._account = account
        self._clock = clock
        self._checking: Worker[None] | None = None
        self._is_asking = False
        self._mapped: tuple[Path, ColumnMapping] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the file, the choices, the status and the keys."""
        yield ScreenTitle("Import orders")
        with VerticalScroll(id="fields", can_focus=False):
            yield Static(Content(ABOUT), classes="about")
            yield from labelled("File", SafeInput(id="file", suggester=PathSuggester(), compact=True))
            yield from labelled("Columns of a CSV", LinkLine(AS_TITLED, self.action_map, id="columns"))
            yield from labelled(
                "Duplicate source_id",
                ChoiceLine(("error", "first", "last"), required=True, id="duplicates"),
            )
            yield from labelled(
                "Row without source_id", ChoiceLine((ASSIGN, REFUSE), required=True, id="nameless")
            )
            yield from labelled(
                "Save created_at as",
                SafeInput(placeholder="a metadata key, or empty to skip it", id="dates", compact=True),
            )
            yield from labelled(
                "Types of metadata",
                ChoiceLine((AFFORDABLE, "current", "text", "json"), required=True, id="metadata"),
            )
            yield from labelled("Order ids", ChoiceLine(("keep", "drop"), required=True, id="ids"))
            yield from labelled(
                "Orders per request", SafeInput(f"{CHUNK:d}", type="integer", id="chunk", compact=True)
            )
        yield Static(Content(""), id="going-on")
        yield Static(
            Content("enter check the file · → completes a name · ctrl+o map columns · tab next · esc back"),
            classes="keys",
        )

    def on_mount(self) -> None:
        """Fill in the safe choices."""
        self.query_one("#duplicates", ChoiceLine).value = "error"
        self.query_one("#nameless", ChoiceLine).value = ASSIGN
        self.query_one("#metadata", ChoiceLine).value = AFFORDABLE
        self.query_one("#ids", ChoiceLine).value = "keep"

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget the mapping when another file is typed."""
        event.stop()
        if event.input.id == "file" and self._mapping_of(parse_path(event.value)) is None:
            self._mapped = None
            self.query_one("#columns", LinkLine).say(f"▸ {AS_TITLED}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check the file on enter in any field."""
        event.stop()
        self.action_check()

    def action_check(self) -> None:
        """Check the whole file without sending anything."""
        if self._checking is not None:
            return
        try:
            options = self._options()
        except ImportRefused as refused:
            self._show_status(f"{refused}. {refused.hint}")
            return
        self._show_status("reading the file…")
        self._checking = self.run_worker(self._check(self._path, options), group="checking")

    def action_map(self) -> None:
        """Open the mapping screen, even if the titles of the columns identify their fields."""
        if self._checking is None:
            self._show_status("reading the file…")
            self._checking = self.run_worker(self._read_columns(self._path), group="checking")

    def action_back(self) -> None:
        """Stop checking, or close the screen."""
        if self._is_asking:
            return  # the plan is about to open and receives the next key
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
            self._show_status("stopped; nothing was sent")
        else:
            self.dismiss(None)

    def on_import_screen_checked(self, message: Checked) -> None:
        """Show the progress of the check."""
        if self._checking is not None:
            self._show_status(f"{message.progress.describe()} · esc stops")

    def on_import_screen_refused(self, message: Refused) -> None:
        """Show the problem; the input stays."""
        self._checking = None
        self._show_status(message.words)

    def on_import_screen_columns_unknown(self, message: ColumnsUnknown) -> None:
        """Open the mapping screen, then check the file."""
        self._checking = None
        proposal = message.proposal
        path = Path(proposal.file)
        self._show_status(proposal.reason)
        screen = MappingScreen(proposal, self._account, mapping=message.mapping)
        self.app.push_screen(screen, lambda mapping: self._map(path, mapping))

    def on_import_screen_planned(self, message: Planned) -> None:
        """Show the plan; nothing else is checked until it closes."""
        if message.worker is not self._checking:
            self.run_worker(self._discard(message.plan), group="asking")
            return
        self._is_asking = True
        self._show_status("")
        self.run_worker(self._ask(message.plan), group="asking")

    def _map(self, path: Path, mapping: ColumnMapping | None) -> None:
        if mapping is None:
            self._show_status("columns not mapped; nothing was sent")
            return
        self._mapped = (path, mapping)
        named = f"“{mapping.name}”, " if mapping.name else ""
        words = f"▸ {named}{sum(column.path is not None for column in mapping.columns):,} columns mapped"
        self.query_one("#columns", LinkLine).say(visible(words, limit=100))
        self.action_check()

    @property
    def _path(self) -> Path:
        return parse_path(self.query_one("#file", Input).value)

    def _mapping_of(self, path: Path) -> ColumnMapping | None:
        return self._mapped[1] if self._mapped is not None and self._mapped[0] == path else None

    async def _read_columns(self, path: Path) -> None:
        """Read the columns; an existing mapping of the file is kept."""
        store, mapping = self._account.mappings, self._mapping_of(path)
        try:
            with activity(self, "Reading the file"):
                proposal = await asyncio.to_thread(propose_mapping, path, store, always=True)
            if proposal is not None:
                self.post_message(await asyncio.to_thread(_columns_unknown, proposal, store, mapping))
        except (ImportRefused, OSError) as error:
            self.post_message(self.Refused(_describe(error)))

    async def _check(self, path: Path, options: ImportOptions) -> None:
        def on_progress(progress: ImportProgress) -> None:
            self.post_message(self.Checked(progress))

        store, mapping = self._account.mappings, self._mapping_of(path)
        try:
            if mapping is None:
                with activity(self, "Reading the file"):
                    chosen = await asyncio.to_thread(columns_of_file, path, store)
                if isinstance(chosen, MappingProposal):
                    self.post_message(await asyncio.to_thread(_columns_unknown, chosen, store))
                    return
                mapping = chosen.mapping
            options = replace(options, mapping=mapping)
            with activity(self, "Checking the file"):
                plan = await self._account.importer.plan(path, options, on_progress=on_progress)
        except (ImportRefused, VoucherifyError, OSError, sqlite3.Error) as error:
            self.post_message(self.Refused(_describe(error)))
        else:
            self.post_message(self.Planned(plan, get_current_worker()))

    async def _ask(self, plan: ImportPlan) -> None:
        agreed = await self.app.push_screen_wait(ImportPlanScreen(plan, self._account, clock=self._clock))
        self._checking, self._is_asking = None, False
        if agreed:
            self.dismiss(plan)
            return
        mapped = "; ctrl+o changes the columns" if plan.options.mapping is not None else ""
        self._show_status(f"nothing was sent{mapped}")
        await self._discard(plan)

    async def _discard(self, plan: ImportPlan) -> None:
        """Delete the journal of an abandoned plan."""
        with suppress(ImportRefused, OSError, sqlite3.Error):
            await self._account.importer.discard(plan.run)

    def _options(self) -> ImportOptions:
        if not self.query_one("#file", Input).value.strip():
            raise ImportRefused("name the file to import", hint="The right arrow completes its name.")
        chunk = self.query_one("#chunk", Input).value.strip()
        if chunk and not (chunk.isdigit() and 1 <= int(chunk) <= CHUNK):
            raise ImportRefused(f"a request holds 1 to {CHUNK:,} orders", hint="Change “Orders per request”.")
        rule = self.query_one("#metadata", ChoiceLine).value
        return ImportOptions(
            metadata=None if rule == AFFORDABLE else rule,  # type: ignore[arg-type] # one of them
            ids=self.query_one("#ids", ChoiceLine).value,  # type: ignore[arg-type] # one of them
            duplicates=self.query_one("#duplicates", ChoiceLine).value,  # type: ignore[arg-type] # one of them
            missing_source_id="refuse"
            if self.query_one("#nameless", ChoiceLine).value == REFUSE
            else "assign",
            keep_created_at_as=self.query_one("#dates", Input).value.strip() or None,
            chunk=int(chunk) if chunk else CHUNK,
        )

    def _show_status(self, words: str) -> None:
        self.query_one("#going-on", Static).update(Content(visible(words, limit=400)))


def _columns_unknown(
    proposal: MappingProposal, store: MappingStore, mapping: ColumnMapping | None = None
) -> ImportScreen.ColumnsUnknown:
    """The mapping to start from: the existing one, else the saved one that fits best. Blocks."""
    try:
        if mapping is None and proposal.fitting:
            mapping = store.load(proposal.fitting[0])
        if mapping is not None:
            csv_sample = read_sample(proposal.csv_sample.path, mapping.dialect)
            proposal = replace(proposal, csv_sample=csv_sample)
    except ImportRefused:
        mapping = None
    return ImportScreen.ColumnsUnknown(proposal, mapping)


def _describe(error: Exception) -> str:
    if isinstance(error, ImportRefused | VoucherifyError):
        return f"{error}. {error.hint}".strip()
    return str(error)
