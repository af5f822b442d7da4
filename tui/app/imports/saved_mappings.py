"""Saved mappings of foreign CSVs: dialogs to save one, and to view, choose and delete them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.app.dialogs.chooser import ChoiceList
from tui.app.dialogs.confirm_dialog import ConfirmDialog
from tui.app.dialogs.replace_confirmation import ReplaceConfirmation
from tui.app.feedback.notifications import notify
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.app.widgets.safe_input import SafeInput
from tui.app.workers import start_worker
from tui.jobs.importing.import_errors import ImportRefused
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.jobs.importing.mapping.column_mapping import ColumnMapping
    from tui.jobs.importing.mapping.mapping_store import MappingStore


NO_MAPPINGS = "No saved mappings. Press s on the mapping screen to save one."


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A saved mapping, or the problem of reading it."""

    name: str
    mapping: ColumnMapping | None
    problem: str = ""


def load_all(store: MappingStore) -> tuple[SavedMapping, ...]:
    """Load all saved mappings. Blocks."""
    found = []
    for name in store.names():
        try:
            found.append(SavedMapping(name, store.load(name)))
        except ImportRefused as refused:
            found.append(SavedMapping(name, None, str(refused)))
    return tuple(found)


class SavedMappingsDialog(Modal["ColumnMapping | None"]):
    """Returns the chosen mapping, or ``None``.

    Args:
        account: the account that the mappings belong to.
        titles: the columns of the file to map; without them the dialog only shows mappings.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "delete", "Delete"),
        Binding("escape,q", "dismiss", "Close"),
    ]

    class Read(Message):
        """The mappings were read from disk."""

        def __init__(self, saved: tuple[SavedMapping, ...]) -> None:
            super().__init__()
            self.saved = saved

    def __init__(self, account: Session, titles: Sequence[str] | None = None) -> None:
        super().__init__()
        self._account = account
        self._store = account.mappings
        self._titles = titles
        self._saved: tuple[SavedMapping, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the names, the columns of the mapping under the cursor and the keys."""
        choose = "" if self._titles is None else "enter use it · "
        with Vertical(classes="mutation whole") as box:
            box.border_title = Content("Saved mappings")
            yield StandingLine()
            yield ChoiceList(compact=True)
            with VerticalScroll(id="mapped"):
                yield Static(Content(""))
            yield Static(Content(f"{choose}d delete · esc close"), classes="keys")

    def on_mount(self) -> None:
        """Read the mappings."""
        start_worker(self, self._read, group="reading", exclusive=True)

    def on_saved_mappings_dialog_read(self, message: Read) -> None:
        """Show the mappings."""
        self._saved = message.saved
        listed = self.query_one(ChoiceList)
        listed.clear_options()
        listed.add_options([Option(self._prompt(saved)) for saved in self._saved])
        listed.display = bool(self._saved)
        self._show(NO_MAPPINGS)
        if self._saved:
            listed.highlighted = 0
            listed.focus()
        else:
            self.query_one("#mapped").focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the columns of the mapping."""
        event.stop()
        saved = self._saved[event.option_index]
        if saved.mapping is None:
            self._show(saved.problem)
            return
        width = max((len(column.header) for column in saved.mapping.columns), default=0)
        lines = [
            f"{column.header:{min(width, 40)}}  {column.path or 'left out'}"
            + (f"  ({column.kind})" if column.path else "")
            + "".join(f", {cell} is {text or 'no value'}" for cell, text in column.values)
            for column in saved.mapping.columns
        ]
        self._show(
            "\n".join([saved.mapping.dialect.describe(), *(visible(line, limit=200) for line in lines)])
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the mapping, if the dialog is for choosing."""
        event.stop()
        saved = self._saved[event.option_index]
        if self._titles is not None and saved.mapping is not None:
            self.dismiss(saved.mapping)

    def action_delete(self) -> None:
        """Delete the mapping under the cursor after a confirmation."""
        at = self.query_one(ChoiceList).highlighted
        if at is not None and self._saved:
            start_worker(self, partial(self._delete, self._saved[at].name), group="deleting", exclusive=True)

    async def _delete(self, name: str) -> None:
        confirm = ConfirmDialog("Delete a mapping", [], f"Delete the mapping “{name}”?", self._account)
        if not await self.app.push_screen_wait(confirm):
            return
        try:
            await asyncio.to_thread(self._store.delete, name)
        except ImportRefused as refused:
            notify(self, f"{refused}. {refused.hint}", severity="error")
        await self._read()

    async def _read(self) -> None:
        self.post_message(self.Read(await asyncio.to_thread(load_all, self._store)))

    def _prompt(self, saved: SavedMapping) -> Content:
        name = visible(saved.name, limit=64)
        return Content.assemble(name, (f"  {self._remark(saved)}", "dim"))

    def _remark(self, saved: SavedMapping) -> str:
        if saved.mapping is None:
            return "cannot be read"
        if self._titles is None:
            return f"{len(saved.mapping.needs()):,} columns"
        if saved.mapping.fits(self._titles):
            return "fits"
        there = sum(header in self._titles for header in saved.mapping.needs())
        return f"{there:,} of its {len(saved.mapping.needs()):,} columns are in the file"

    def _show(self, text: str) -> None:
        self.query_one("#mapped Static", Static).update(Content(visible(text, multiline=True, limit=4000)))


class SaveMappingDialog(Modal["ColumnMapping | None"]):
    """Saves a mapping under a name; returns the named mapping, or ``None``.

    Args:
        store: the store to save it in.
        mapping: the mapping to save; its previous version is replaced without asking.
        suggested: the suggested name.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back")]

    def __init__(self, store: MappingStore, mapping: ColumnMapping, suggested: str) -> None:
        super().__init__()
        self._store = store
        self._mapping = mapping
        self._suggested = suggested
        self._replacing = ReplaceConfirmation(self)

    def compose(self) -> ComposeResult:
        """Lay out the field, the fault and the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content("Save the mapping as")
            yield SafeInput(self._suggested, compact=True, id="name")
            yield Static(Content(""), id="fault")
            yield Static(Content("enter save · esc back"), classes="keys")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the mapping; ask first if the name is taken."""
        event.stop()
        name = event.value.strip()
        names = await asyncio.to_thread(self._store.names)
        if name in names and name != self._mapping.name and not self._replacing.is_agreed(name):
            self._show_fault(f"mapping “{name}” exists; press enter again to replace it")
            return
        saved = replace(self._mapping, name=name)
        try:
            await asyncio.to_thread(self._store.save, saved)
        except ImportRefused as refused:
            self._show_fault(f"{refused}. {refused.hint}")
        else:
            self.dismiss(saved)

    def _show_fault(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
