"""The mapping screen: the columns of a foreign CSV with their fields, and a preview of the first rows."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.activity import activity
from tui.app.feedback.notifications import notify
from tui.app.imports.column_dialogs import NO_FIELD, CellValues, CellValuesDialog, FieldDialog
from tui.app.imports.csv_format_dialog import CsvFormat, CsvFormatDialog
from tui.app.imports.finding_rows import RowsTable
from tui.app.imports.mapping_draft import MappingDraft
from tui.app.imports.mapping_views import MAPPING_COLUMNS, ColumnRows, PreviewLines
from tui.app.imports.saved_mappings import SavedMappingsDialog, SaveMappingDialog
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.workers import start_worker
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.proposal.mapping_preview import MappingPreview, preview_mapping
from tui.jobs.importing.reading.csv_sample import CsvSample, read_sample
from tui.orders.amounts import format_amount
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.jobs.import_columns import MappingProposal
    from tui.actions.session import Session
    from tui.jobs.importing.mapping.column_mapping import ColumnMapping

WIDE = 110
"""The minimum screen width, in cells, for the preview beside the columns."""

_NOTHING = MappingPreview()
"""The preview before the first one is ready."""

KEYS = (
    "enter field · t kind · v values · space on or off · u undo · f file format · s save · o saved ·"
    " tab preview · c check the file · esc back"
)


class MappingScreen(Modal["ColumnMapping | None"]):
    """Returns the mapping for the file, or ``None``.

    Args:
        proposal: the file and its proposed mapping.
        account: the account, which has the saved mappings.
        mapping: the mapping to start from instead of the proposed one.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss", "../styles/mapping.tcss"]
    AUTO_FOCUS = "RowsTable"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "field", "Field"),
        Binding("t", "kind", "Kind"),
        Binding("v", "values", "Values"),
        Binding("space,x", "leave_out", "Leave out"),
        Binding("u", "undo", "Undo"),
        Binding("f", "form", "File format"),
        Binding("s", "save", "Save"),
        Binding("o", "saved", "Saved mappings"),
        Binding("c,ctrl+s", "take", "Check the file"),
        Binding("escape", "give_up", "Back"),
    ]

    class Previewed(Message):
        """The first rows were read with ``mapping``."""

        def __init__(self, mapping: ColumnMapping, found: MappingPreview) -> None:
            super().__init__()
            self.mapping = mapping
            self.found = found

    class Loaded(Message):
        """A saved mapping was loaded, and the file read in its format; or ``problem`` says why not."""

        def __init__(self, saved: ColumnMapping, csv_sample: CsvSample | None, problem: str = "") -> None:
            super().__init__()
            self.saved = saved
            self.csv_sample = csv_sample
            self.problem = problem

    def __init__(
        self, proposal: MappingProposal, account: Session, *, mapping: ColumnMapping | None = None
    ) -> None:
        super().__init__()
        self._account = account
        self._suggested = proposal.free_name or ""
        self._offered = mapping is not None and mapping.name in proposal.fitting
        self._draft = MappingDraft.of(proposal.csv_sample, mapping)
        self._found = _NOTHING

    @property
    def draft(self) -> MappingDraft:
        """The current mapping."""
        return self._draft

    def compose(self) -> ComposeResult:
        """Lay out the columns, the preview, the status and the keys."""
        name = visible(self._draft.csv_sample.path.name, limit=60)
        yield ScreenTitle(f"Map the columns of {name}")
        with Container(id="mapping"):
            yield RowsTable(pin_first=False)
            with Vertical(id="preview"):
                yield Static(Content("As orders"), id="preview-title")
                yield PreviewLines(id="orders")
        yield Static(Content(""), id="going-on")
        yield Static(Content(KEYS), classes="keys")

    def on_mount(self) -> None:
        """Show the draft."""
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Place the preview beside the columns on wide screens."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def on_virtual_table_row_activated(self) -> None:
        """Choose the field on a double click."""
        self.action_field()

    def action_field(self) -> None:
        """Choose the field of the column."""
        at = self._at
        if at is None:
            return
        if not self._draft.columns[at].header.strip():
            notify(self, "A column without a title can only be left out.")
            return
        self.app.push_screen(FieldDialog(self._draft, at), lambda chosen: self._give(at, chosen))

    def action_kind(self) -> None:
        """Switch the column to the next kind."""
        if (at := self._at) is not None:
            changed = self._draft.next_kind(at)
            if changed is self._draft and self._draft.columns[at].path is not None:
                notify(self, "This field has only one kind.")
            self._use(changed)

    def action_values(self) -> None:
        """Choose values for some cells of the column."""
        at = self._at
        if at is None or self._draft.columns[at].path is None:
            return
        ask = CellValuesDialog(self._draft.columns[at], self._draft.samples(at))
        self.app.push_screen(ask, lambda values: self._read_as(at, values))

    def action_leave_out(self) -> None:
        """Leave the column out, or map it again."""
        if (at := self._at) is not None:
            changed = self._draft.toggle(at)
            self._fill(at, changed.columns[at].path)

    def action_undo(self) -> None:
        """Undo the last step."""
        if self._draft.before is not None:
            self._use(self._draft.before)
        else:
            notify(self, "There is nothing to undo.")

    def action_form(self) -> None:
        """Choose the format of the file."""
        mapping = self._draft.mapping
        dialog = CsvFormatDialog(self._draft.csv_sample.path, mapping.dialect, mapping.decimals)
        self.app.push_screen(dialog, self._written)

    def action_save(self) -> None:
        """Save the mapping under a name."""
        mapping = self._draft.mapping
        self.app.push_screen(
            SaveMappingDialog(self._account.mappings, mapping, mapping.name or self._suggested), self._saved
        )

    def action_saved(self) -> None:
        """Choose a saved mapping."""
        self.app.push_screen(SavedMappingsDialog(self._account, self._draft.csv_sample.titles), self._load)

    def action_take(self) -> None:
        """Close with this mapping, unless it is not usable."""
        if not any(column.path for column in self._draft.columns):
            notify(self, "No column fills a field yet.", severity="warning")
        elif len(self._draft.csv_sample.dialects) > 1:
            notify(self, f"{self._separators()}: press f to choose.", severity="warning")
        elif self._found.problem:
            notify(self, f"{self._found.problem}.", severity="warning")
        else:
            self.dismiss(self._draft.mapping)

    def action_give_up(self) -> None:
        """Close without a mapping; ask first if there are unsaved changes."""
        if self._draft.before is None or self._draft.is_saved:
            self.dismiss(None)
            return
        choices = [
            Choice("stay", "Continue mapping"),
            Choice("save", "Save the mapping under a name"),
            Choice("discard", "Discard the changes", "and close"),
        ]
        self.app.push_screen(Chooser("The mapping is not saved", choices), self._leave)

    def _leave(self, choice: str | None) -> None:
        if choice == "discard":
            self.dismiss(None)
        elif choice == "save":
            self.action_save()

    def on_mapping_screen_previewed(self, message: Previewed) -> None:
        """Show the preview if the mapping has not changed since."""
        if message.mapping != self._draft.mapping:
            return
        self._found = message.found
        self.query_one(PreviewLines).show(message.found, self._draft.mapping.decimals)
        self._show_columns()

    def on_mapping_screen_loaded(self, message: Loaded) -> None:
        """Use the mapping, or notify the user why not."""
        if message.csv_sample is None:
            notify(self, message.problem, severity="error")
        else:
            self._use(self._draft.with_saved(message.csv_sample, message.saved))

    @property
    def _at(self) -> int | None:
        key = self.query_one(RowsTable).cursor
        return None if key is None else int(key)

    def _give(self, at: int, chosen: str | None) -> None:
        if chosen is None:
            return
        other = self._draft.filled_by(chosen) if chosen != NO_FIELD else None
        if other is not None and other is not self._draft.columns[at]:
            notify(self, f"“{other.header}” filled {chosen} before; it is now left out.")
        self._fill(at, chosen or None)

    def _fill(self, at: int, path: str | None) -> None:
        """Assign a field to the column; ask for the unit of money if its cells are ambiguous."""
        draft = self._draft
        if not draft.is_ambiguous(at, path):
            self._use(draft.assign(at, path))
            return
        cells = (cell.strip() for cell in draft.samples(at))
        cell = next((c for c in cells if c.isascii() and c.isdigit() and int(c)), "540")
        shown = visible(cell, limit=20)
        decimals = draft.mapping.decimals
        choices = [
            Choice("amount", f"{shown} units", format_amount(int(cell) * 10**decimals, decimals=decimals)),
            Choice("integer", f"{shown} minor units", format_amount(int(cell), decimals=decimals)),
        ]
        title = f"What does {shown} in “{visible(draft.columns[at].header, limit=40)}” mean?"
        self.app.push_screen(Chooser(title, choices), lambda kind: self._fill_as(at, path, kind))

    def _fill_as(self, at: int, path: str | None, kind: str | None) -> None:
        if kind is not None:
            self._use(self._draft.assign(at, path, "amount" if kind == "amount" else "integer"))

    def _read_as(self, at: int, values: CellValues | None) -> None:
        if values is not None:
            self._use(self._draft.with_values(at, values))

    def _written(self, written: CsvFormat | None) -> None:
        if written is not None:
            self._use(self._draft.with_format(written.csv_sample, written.decimals))

    def _saved(self, saved: ColumnMapping | None) -> None:
        if saved is not None:
            self._use(self._draft.saved_as(saved))
            notify(self, f"Saved as “{saved.name}”; use it with ordex import --mapping, too.")

    def _load(self, saved: ColumnMapping | None) -> None:
        if saved is not None:
            start_worker(self, partial(self._load_saved, saved), group="loading", exclusive=True)

    async def _load_saved(self, saved: ColumnMapping) -> None:
        path = self._draft.csv_sample.path
        try:
            with activity(self, "Reading the file"):
                csv_sample = await asyncio.to_thread(read_sample, path, saved.dialect)
        except ImportRefused as refused:
            self.post_message(self.Loaded(saved, None, f"{refused}. {refused.hint}"))
        else:
            self.post_message(self.Loaded(saved, csv_sample))

    async def _preview(self, draft: MappingDraft) -> None:
        found = await asyncio.to_thread(preview_mapping, draft.csv_sample, draft.mapping)
        self.post_message(self.Previewed(draft.mapping, found))

    def _use(self, draft: MappingDraft) -> None:
        if draft is not self._draft:
            self._draft = draft
            self._offered = False
            self._show()

    def _show(self) -> None:
        self._show_columns()
        start_worker(self, partial(self._preview, self._draft), group="preview", exclusive=True)

    def _show_columns(self) -> None:
        faulty = frozenset(fault.path for row in self._found.rows for fault in row.faults)
        self.query_one(RowsTable).show(ColumnRows(self._draft, masks_at(self), faulty), MAPPING_COLUMNS)
        self.query_one("#going-on", Static).update(Content(visible(self._facts(), limit=400)))

    def _separators(self) -> str:
        names = " or ".join(dialect.delimiter_name for dialect in self._draft.csv_sample.dialects)
        return f"Cells may be separated by {names}"

    def _facts(self) -> str:
        draft = self._draft
        filled = sum(column.path is not None for column in draft.columns)
        facts = [f"Recognised: {draft.mapping.title}"] if draft.mapping.title else []
        if self._found is not _NOTHING:
            facts.append(self._found.describe())
        facts.append(f"{filled:,} of {len(draft.columns):,} columns are mapped")
        ambiguous = len(draft.csv_sample.dialects) > 1
        facts.append(self._separators() if ambiguous else draft.mapping.dialect.describe())
        if self._offered:
            facts.append(f"the saved mapping “{draft.mapping.name}” fits this file")
        elif draft.is_saved:
            facts.append(f"saved as “{draft.mapping.name}”")
        elif draft.mapping.name:
            facts.append(f"“{draft.mapping.name}”, changed since it was saved")
        else:
            facts.append("not saved")
        return " · ".join(facts)
