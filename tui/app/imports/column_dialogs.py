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
from tui.app.widgets.typed_line import TypedLine
from tui.jobs.importing.mapping.column_mapping import MappedColumn, describe_unknown_field, plain_cell
from tui.jobs.importing.mapping.import_fields import kind_of, kinds_for
from tui.jobs.importing.proposal.mapping_suggestion import suggested_status
from tui.orders.order import STATUSES
from tui.terminal.visible import visible

NO_FIELD = ""
"""What stands for no field."""


class FieldDialog(Modal["str | None"]):
    """Ends with a field, with ``NO_FIELD``, or with ``None`` when nothing was chosen."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#field"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Back"),
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
        """The column, the field, what fits, what is wrong, the keys."""
        with Vertical(classes="mutation whole") as box:
            box.border_title = Content(f"Which field does “{visible(self._column.header, limit=50)}” fill?")
            yield StandingLine()
            if self._sample:
                sample = masks_at(self).excerpt(self._column.path or "", self._sample)
                yield Static(Content(f"for example {visible(sample, limit=60)}"), classes="about")
            yield TypedLine(placeholder="a field, metadata.KEY, or nothing", id="field", compact=True)
            listed = OptionList(id="fields", compact=True)
            listed.can_focus = False
            yield listed
            yield Static(Content(""), id="fault")
            keys = "enter take it · ↑ ↓ choose · tab completes · esc back"
            yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Show every field, at the one it fills now."""
        self._offer("")
        now = self._column.path or NO_FIELD
        if now in self._names:
            self.query_one("#fields", OptionList).highlighted = self._names.index(now)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._say("")
        self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what is typed if it is a field, else the one that is chosen."""
        event.stop()
        typed = event.value.strip()
        if kind_of(typed) is not None:
            self.dismiss(typed)
        elif (chosen := self._chosen) is not None:
            self.dismiss(chosen)
        else:
            self._say(f"there is no field {describe_unknown_field(typed)}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes it."""
        event.stop()
        self.dismiss(self._names[event.option_index])

    def action_move(self, step: int) -> None:
        """Choose the next or the one before."""
        listed = self.query_one("#fields", OptionList)
        if step > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    def action_complete(self) -> None:
        """Put the chosen one into the field, to go on typing."""
        if self._chosen:
            field = self.query_one("#field", Input)
            field.value = self._chosen
            field.cursor_position = len(field.value)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    @property
    def _chosen(self) -> str | None:
        at = self.query_one("#fields", OptionList).highlighted
        return self._names[at] if at is not None and at < len(self._names) else None

    def _offer(self, typed: str) -> None:
        found = matching_fields(typed, self._column.header)
        if not typed.strip():
            offered = self._draft.candidates(self._draft.columns.index(self._column))
            found = tuple(dict.fromkeys((NO_FIELD, *offered, *found)))
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

    def _say(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))


MOST_CELLS = 100
"""Different cells that are listed."""

CellValues = tuple[tuple[str, str], ...]


class CellValuesDialog(Modal["CellValues | None"]):
    """Ends with the pairs of cells and what is read in their place, or ``None``.

    Args:
        column: the column, which fills a field.
        cells: its first cells; what was said of others stays as it is.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss", "../styles/mapping.tcss"]
    AUTO_FOCUS = "#text"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Take"),
        Binding("escape", "give_up", "Back"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, column: MappedColumn, cells: Iterable[str]) -> None:
        super().__init__()
        self._column = column
        self._read_as = dict(column.values)
        known = {plain_cell(cell) for cell in self._read_as}
        for cell in cells:
            if plain_cell(cell) not in known and len(known) < MOST_CELLS:
                known.add(plain_cell(cell))
                self._read_as[cell.strip()] = cell.strip()
        self._cells = tuple(self._read_as)

    def compose(self) -> ComposeResult:
        """The cells, what is read in place of the chosen one, the keys."""
        suggester = SuggestFromList(STATUSES, case_sensitive=False) if self._is_status else None
        with Vertical(classes="mutation whole") as box:
            path = visible(self._column.path, limit=40)
            box.border_title = Content(f"What “{visible(self._column.header, limit=40)}” says, as {path}")
            yield StandingLine()
            listed = OptionList(id="cells", compact=True)
            listed.can_focus = False
            yield listed
            yield TypedLine(
                placeholder="empty: no value",
                id="text",
                compact=True,
                suggester=suggester,
                select_on_focus=False,
            )
            yield Static(Content(""), id="fault")
            keys = "enter the next · ↑ ↓ choose a cell · → completes · ctrl+s take them · esc back"
            yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Show the cells, at the first."""
        self._draw(0)
        self._show_text()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed is read in place of the cell."""
        event.stop()
        if (cell := self._cell) is not None and event.value.strip() != self._read_as[cell]:
            self._read_as[cell] = event.value.strip()
            self._draw(self._at)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next cell, and from the last one on."""
        event.stop()
        if self._at + 1 < len(self._cells):
            self.action_move(1)
        else:
            self.action_take()

    def action_move(self, step: int) -> None:
        """Choose the next cell or the one before."""
        if 0 <= self._at + step < len(self._cells):
            self.query_one("#cells", OptionList).highlighted = self._at + step
            self._show_text()

    def action_take(self) -> None:
        """Take all of them, unless one is no status."""
        said = tuple((cell, text) for cell, text in self._read_as.items() if text != cell)
        if self._is_status:
            said = tuple((cell, text.upper()) for cell, text in said)
        wrong = next((text for _, text in said if text and text not in STATUSES), None)
        if self._is_status and wrong is not None:
            words = f"“{wrong}” is not a status; choose from {', '.join(STATUSES)}"
            self.query_one("#fault", Static).update(Content(visible(words, limit=300)))
        else:
            self.dismiss(said)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)

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
                field.value = self._read_as[cell]
                field.cursor_position = len(field.value)

    def _draw(self, at: int) -> None:
        listed = self.query_one("#cells", OptionList)
        listed.clear_options()
        listed.add_options([Option(self._prompt(cell)) for cell in self._cells])
        if self._cells:
            listed.highlighted = at

    def _prompt(self, cell: str) -> Content:
        text, remark = self._read_as[cell], ""
        if text != cell:
            remark = f"  is read as {visible(text, limit=60)}" if text else "  is no value"
        elif self._is_status and (status := suggested_status(cell)):
            remark = f"  perhaps {status}"
        return Content.assemble(visible(cell, limit=60), (remark, "dim"))
