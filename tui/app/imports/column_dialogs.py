"""Dialogs about one column of a file: the field it fills, and what its cells mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.actions.jobs.column_completion import matching_fields
from tui.app.imports.mapping_draft import MappingDraft
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.app.widgets.safe_input import SafeInput
from tui.jobs.importing.mapping.column_mapping import MappedColumn, describe_unknown_field, plain_cell
from tui.jobs.importing.mapping.import_fields import kind_of, kinds_for
from tui.jobs.importing.proposal.mapping_suggestion import suggested_status
from tui.orders.order import STATUSES
from tui.terminal.visible import visible

NO_FIELD = ""
"""Means that the column is left out."""


class FieldDialog(Modal["str | None"]):
    """Returns a field, ``NO_FIELD``, or ``None`` if cancelled."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#field"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, draft: MappingDraft, at: int) -> None:
        super().__init__()
        self._draft = draft
        self._column = draft.columns[at]
        self._sample = next(iter(draft.samples(at)), "")
        self._names: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the column, the field, the matching fields, the fault and the keys."""
        with Vertical(classes="mutation whole") as box:
            box.border_title = Content(f"Which field does “{visible(self._column.header, limit=50)}” fill?")
            yield StandingLine()
            if self._sample:
                sample = masks_at(self).excerpt(self._column.path or "", self._sample)
                yield Static(Content(f"for example {visible(sample, limit=60)}"), classes="about")
            yield SafeInput(placeholder="a field, metadata.KEY, or nothing", id="field", compact=True)
            listed = OptionList(id="fields", compact=True)
            listed.can_focus = False
            yield listed
            yield Static(Content(""), id="fault")
            keys = "enter choose · ↑ ↓ move · tab complete · esc back"
            yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Show all fields, with the cursor on the current one."""
        self._show_matches("")
        now = self._column.path or NO_FIELD
        if now in self._names:
            self.query_one("#fields", OptionList).highlighted = self._names.index(now)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the matching fields."""
        event.stop()
        self._show_fault("")
        self._show_matches(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the typed field if it exists, else with the selected one."""
        event.stop()
        typed = event.value.strip()
        if kind_of(typed) is not None:
            self.dismiss(typed)
        elif (chosen := self._selected) is not None:
            self.dismiss(chosen)
        else:
            self._show_fault(f"unknown field {describe_unknown_field(typed)}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the clicked field."""
        event.stop()
        self.dismiss(self._names[event.option_index])

    def action_move(self, step: int) -> None:
        """Select the next or previous field."""
        listed = self.query_one("#fields", OptionList)
        if step > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    def action_complete(self) -> None:
        """Complete the input with the selected field."""
        if self._selected:
            field = self.query_one("#field", Input)
            field.value = self._selected
            field.cursor_position = len(field.value)

    @property
    def _selected(self) -> str | None:
        at = self.query_one("#fields", OptionList).highlighted
        return self._names[at] if at is not None and at < len(self._names) else None

    def _show_matches(self, typed: str) -> None:
        found = matching_fields(typed, self._column.header)
        if not typed.strip():
            likely = self._draft.candidates(self._draft.columns.index(self._column))
            found = tuple(dict.fromkeys((NO_FIELD, *likely, *found)))
        self._names = found
        listed = self.query_one("#fields", OptionList)
        listed.clear_options()
        listed.add_options([Option(self._prompt(name)) for name in self._names])
        if self._names:
            listed.highlighted = 0

    def _prompt(self, name: str) -> Content:
        if name == NO_FIELD:
            return Content("leave this column out")
        remark = visible(", ".join(kinds_for(name)), limit=80)
        filling = self._draft.filled_by(name)
        if filling is not None and filling is not self._column:
            remark += f", filled by “{visible(filling.header, limit=40)}”"
        return Content.assemble(visible(name, limit=80), (f"  {remark}", "dim"))

    def _show_fault(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))


MOST_CELLS = 100
"""Different cells to list at most."""

CellValues = tuple[tuple[str, str], ...]


class CellValuesDialog(Modal["CellValues | None"]):
    """Returns pairs of cells and their values, or ``None`` if cancelled.

    Args:
        column: the column, which is mapped to a field.
        cells: its first cells; values of other cells stay as they are.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss", "../styles/mapping.tcss"]
    AUTO_FOCUS = "#text"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Apply"),
        Binding("escape", "dismiss", "Back"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, column: MappedColumn, cells: Iterable[str]) -> None:
        super().__init__()
        self._column = column
        self._values = dict(column.values)
        known = {plain_cell(cell) for cell in self._values}
        for cell in cells:
            if plain_cell(cell) not in known and len(known) < MOST_CELLS:
                known.add(plain_cell(cell))
                self._values[cell.strip()] = cell.strip()
        self._cells = tuple(self._values)

    def compose(self) -> ComposeResult:
        """Lay out the cells, the value of the selected one and the keys."""
        suggester = SuggestFromList(STATUSES, case_sensitive=False) if self._is_status else None
        with Vertical(classes="mutation whole") as box:
            path = visible(self._column.path, limit=40)
            box.border_title = Content(f"Values of “{visible(self._column.header, limit=40)}” as {path}")
            yield StandingLine()
            listed = OptionList(id="cells", compact=True)
            listed.can_focus = False
            yield listed
            yield SafeInput(
                placeholder="empty: no value",
                id="text",
                compact=True,
                suggester=suggester,
                select_on_focus=False,
            )
            yield Static(Content(""), id="fault")
            keys = "enter next · ↑ ↓ select a cell · → complete · ctrl+s apply · esc back"
            yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Show the cells, with the cursor on the first."""
        self._draw(0)
        self._show_text()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Use the input as the value of the cell."""
        event.stop()
        if (cell := self._cell) is not None and event.value.strip() != self._values[cell]:
            self._values[cell] = event.value.strip()
            self._draw(self._at)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next cell; after the last one, apply."""
        event.stop()
        if self._at + 1 < len(self._cells):
            self.action_move(1)
        else:
            self.action_take()

    def action_move(self, step: int) -> None:
        """Select the next or previous cell."""
        if 0 <= self._at + step < len(self._cells):
            self.query_one("#cells", OptionList).highlighted = self._at + step
            self._show_text()

    def action_take(self) -> None:
        """Close with the values, unless one is not a valid status."""
        values = tuple((cell, text) for cell, text in self._values.items() if text != cell)
        if self._is_status:
            values = tuple((cell, text.upper()) for cell, text in values)
        wrong = next((text for _, text in values if text and text not in STATUSES), None)
        if self._is_status and wrong is not None:
            words = f"“{wrong}” is not a status; choose from {', '.join(STATUSES)}"
            self.query_one("#fault", Static).update(Content(visible(words, limit=300)))
        else:
            self.dismiss(values)

    @property
    def _is_status(self) -> bool:
        return self._column.path == "status"

    @property
    def _at(self) -> int:
        return self.query_one("#cells", OptionList).highlighted or 0

    @property
    def _cell(self) -> str | None:
        return self._cells[self._at] if self._cells else None

    def _show_text(self) -> None:
        cell, field = self._cell, self.query_one("#text", Input)
        if cell is not None:
            with self.prevent(Input.Changed):
                field.value = self._values[cell]
                field.cursor_position = len(field.value)

    def _draw(self, at: int) -> None:
        listed = self.query_one("#cells", OptionList)
        listed.clear_options()
        listed.add_options([Option(self._prompt(cell)) for cell in self._cells])
        if self._cells:
            listed.highlighted = at

    def _prompt(self, cell: str) -> Content:
        text, remark = self._values[cell], ""
        if text != cell:
            remark = f"  = {visible(text, limit=60)}" if text else "  = no value"
        elif self._is_status and (status := suggested_status(cell)):
            remark = f"  perhaps {status}"
        return Content.assemble(visible(cell, limit=60), (remark, "dim"))
