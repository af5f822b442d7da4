"""The export screen: which orders and fields to export, in which format, and to which file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from tui.actions.arguments.filter_and_columns import parse_filter
from tui.actions.jobs.export_plan import ExportPlan, plan_export
from tui.actions.verb import InputError
from tui.app.dialogs.path_dialog import PathSuggester, parse_path, why_not_writable
from tui.app.dialogs.replace_confirmation import ReplaceConfirmation
from tui.app.forms.labelled import labelled
from tui.app.modal import Modal
from tui.app.panels.title_bar import ScreenTitle
from tui.app.widgets.choice_line import ChoiceLine
from tui.app.widgets.safe_input import SafeInput
from tui.jobs.exporting.export_request import FIELDS, METADATA, ORDERS, ExportRefused, format_of
from tui.jobs.exporting.parquet import check_format
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.jobs.exporting.export_request import CellEscape, ExportOrder, Format
    from tui.orders.order import Order

ACCOUNT, SHOWN = "the whole account", "what I see"
SUFFIXES = {"csv": ".csv", "jsonl": ".jsonl", "parquet": ".parquet"}


@dataclass(frozen=True, slots=True)
class ShownOrders:
    """The marked orders of the explorer, or else the listed ones, with a description and the typed filter."""

    orders: Sequence[Order]
    words: str
    where: str = ""
    metadata_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """The export that the user chose. Without a ``plan`` it contains the orders that the explorer shows."""

    target: Path
    format: Format
    escape: CellEscape
    fields: tuple[str, ...]
    plan: ExportPlan | None = None
    overwrite: bool = False


class ExportScreen(Modal["ExportChoice | None"]):
    """Returns the user's choice, or ``None`` if cancelled.

    Args:
        shown: the orders that the explorer shows.
        job_refused: why no export job can be created, if so.
    """

    CSS_PATH: ClassVar = ["../styles/form.tcss", "../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#what"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "export", "Export"),
        Binding("escape", "back", "Back"),
        Binding("down", "focus_next", show=False),
        Binding("up", "focus_previous", show=False),
    ]

    def __init__(self, shown: ShownOrders, *, job_refused: str | None = None) -> None:
        super().__init__()
        self._shown = shown
        self._job_refused = job_refused
        self._replacing = ReplaceConfirmation(self)

    def compose(self) -> ComposeResult:
        """Lay out the choices, the fields, the note and the keys."""
        yield ScreenTitle("Export orders")
        yield from labelled("What", ChoiceLine((ACCOUNT, SHOWN), required=True, id="what"))
        target = SafeInput(
            "orders.csv", suggester=PathSuggester(), id="file", compact=True, select_on_focus=False
        )
        yield from labelled("File", target)
        yield from labelled("Format", ChoiceLine(tuple(SUFFIXES), required=True, id="format"))
        yield from labelled("Escape", ChoiceLine(("none", "spreadsheet"), required=True, id="escape"))
        yield from labelled("Order", ChoiceLine(ORDERS, required=True, id="order"), classes="account")
        where = SafeInput(
            self._shown.where, placeholder="all orders", id="where", compact=True, select_on_focus=False
        )
        yield from labelled("Filter", where, classes="account")
        yield SelectionList[str](id="columns", compact=True)
        yield Static(Content(""), id="going-on")
        keys = "ctrl+s export · tab next · space a field · → completes a name · esc back"
        yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Fill in the most common choices."""
        chosen = {"what": SHOWN if self._job_refused else ACCOUNT, "format": "csv", "escape": "none"}
        for name, value in {**chosen, "order": ORDERS[1]}.items():
            self.query_one(f"#{name}", ChoiceLine).value = value
        self.query_one("#columns").border_title = Content("Fields")
        self._update_fields()

    def on_choice_line_chosen(self, event: ChoiceLine.Chosen) -> None:
        """Update the file name, the fields and the note."""
        event.stop()
        if event.line.id == "format":
            self._rename_file(event.value)
        if event.line.id == "what":
            self._update_fields()
        self._update_note()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Update the note, and the format if the file name has another suffix."""
        event.stop()
        if event.input.id == "file" and parse_path(event.value).suffix in SUFFIXES.values():
            self.query_one("#format", ChoiceLine).value = format_of(parse_path(event.value))
        self._update_note()

    def on_selection_list_selected_changed(self) -> None:
        """Update the note: whether the service can apply the filter depends on the fields."""
        self._update_note()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Export on enter in any field."""
        event.stop()
        await self.action_export()

    async def action_export(self) -> None:
        """Close with the choice if the file can be written."""
        try:
            choice = self._read_choice()
        except (InputError, ExportRefused) as refused:
            self._show_note(_describe(refused))
            return
        obstacle = await asyncio.to_thread(why_not_writable, choice.target)
        exists = obstacle is None and await asyncio.to_thread(os.path.lexists, choice.target)
        if exists and not self._replacing.is_agreed(choice.target):
            obstacle = f"{choice.target} exists; press ctrl+s again to replace it"
        if obstacle is not None:
            self._show_note(obstacle)
            return
        self.dismiss(replace(choice, overwrite=exists))

    def action_back(self) -> None:
        """Close without exporting."""
        self.dismiss(None)

    @property
    def _is_account(self) -> bool:
        return self._choice("what") == ACCOUNT

    def _choice(self, name: str) -> str:
        return self.query_one(f"#{name}", ChoiceLine).value

    def _read_choice(self) -> ExportChoice:
        typed = self.query_one("#file", Input).value
        if not typed.strip():
            raise InputError("name the file to write", argument="output")
        listed = self.query_one("#columns", SelectionList)
        format_of(parse_path(typed))  # refuses a suffix of another format
        escape = cast("CellEscape", self._choice("escape"))
        file_format = cast("Format", self._choice("format"))
        check_format(file_format, escape)
        fields = tuple(name for name in self._fields() if name in listed.selected)
        if not fields:
            raise InputError("choose at least one field", argument="fields")
        plan = None
        if self._is_account:
            if self._job_refused is not None:
                raise InputError(self._job_refused, argument="what")
            plan = self._plan(fields)
        return ExportChoice(parse_path(typed), file_format, escape, fields, plan)

    def _plan(self, fields: Sequence[str]) -> ExportPlan:
        typed = self.query_one("#where", Input).value.strip()
        where = parse_filter(typed, now=datetime.now(UTC))
        return plan_export(where, fields, cast("ExportOrder", self._choice("order")))

    def _fields(self) -> list[str]:
        metadata = [f"metadata.{key}" for key in self._shown.metadata_keys]
        return [*FIELDS, *metadata, METADATA] if self._is_account else [*FIELDS, "items", *metadata]

    def _update_fields(self) -> None:
        self.set_class(self._is_account, "-account")
        listed: SelectionList[str] = self.query_one("#columns", SelectionList)
        with self.prevent(SelectionList.SelectedChanged):
            listed.clear_options()
            listed.add_options(
                [
                    Selection(Content(visible(name, limit=80)), name, initial_state=name != METADATA)
                    for name in self._fields()
                ]
            )
        self._update_note()

    def _rename_file(self, format_name: str) -> None:
        field = self.query_one("#file", Input)
        path = parse_path(field.value)
        if path.suffix in SUFFIXES.values():
            with self.prevent(Input.Changed):
                field.value = field.value.strip().removesuffix(path.suffix) + SUFFIXES[format_name]

    def _update_note(self) -> None:
        if self._is_account and self._job_refused is not None:
            self._show_note(f"{self._job_refused}. “{SHOWN}” works.")
            return
        try:
            choice = self._read_choice()
        except (InputError, ExportRefused) as refused:
            self._show_note(_describe(refused))
            return
        if not self._is_account:
            whole = " JSON Lines contain complete orders." if choice.format == "jsonl" else ""
            self._show_note(f"{self._shown.words}, as loaded, without an API call.{whole}")
            return
        remarks = choice.plan.remarks if choice.plan is not None else ()
        self._show_note(
            "; ".join(remarks) or "The service creates the file as a job; Ordex downloads and checks it."
        )

    def _show_note(self, words: str) -> None:
        self.query_one("#going-on", Static).update(Content(visible(words, multiline=True, limit=500)))


def _describe(refused: InputError | ExportRefused) -> str:
    hint = refused.hint if isinstance(refused, ExportRefused) else ""
    return f"{refused}. {hint}".strip() if hint else str(refused).strip("\n")
