"""A field of the form state as a row, and finding the row of a field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from textual import on
from textual.widget import Widget

from tui.app.forms.model.calculated_amounts import Calculation, calculation
from tui.app.forms.model.form_fields import FormField, display_text, field_text
from tui.app.forms.model.suggestions import FieldSuggestion
from tui.app.masking import masks_at
from tui.app.widgets.choice_line import ChoiceLine
from tui.orders.amounts import format_amount
from tui.orders.changes import ABSENT
from tui.orders.paths import Path, format_path, value_at
from tui.orders.privacy.masks import nested

from .form_editor import FormEditor
from .input_row import InputRow, LabelledRow

KEPT = "unchanged; type to replace it, ctrl+e to edit it as JSON"


class Settles(Protocol):
    """A widget that shows a part of the state."""

    def load(self) -> None:
        """Reload the value from the state."""

    def settle(self) -> None:
        """Update what depends on other fields, and the fault."""


def field_row(editing: FormEditor, field: FormField, root: Path = (), *, documents: bool = False) -> Widget:
    """Create the row of a field; ``root`` is the path of the object that has the field."""
    if field.kind in ("choice", "flag"):
        return ChoiceRow(editing, field, root)
    return FieldRow(editing, field, root, documents=documents)


class ChoiceRow(LabelledRow):
    """A field whose value is one of a few options."""

    def __init__(self, editing: FormEditor, field: FormField, root: Path) -> None:
        super().__init__(field.label)
        self.field = field
        self.path = (*root, *field.path)
        self._editing = editing

    def control(self) -> Widget:
        """The options."""
        return ChoiceLine(self.field.choices)

    def on_mount(self) -> None:
        """Show the value."""
        self.load()

    def load(self) -> None:
        """Reload the value from the state."""
        text = field_text(self.field, self._editing.state.value(self.path))
        with self.prevent(ChoiceLine.Chosen):
            self.query_one(ChoiceLine).value = text or ""
        self.settle()

    def settle(self) -> None:
        """Show the fault, if any."""
        fault = self._editing.fault_at(format_path(self.path))
        value = self._editing.state.value(self.path)
        if fault is not None:
            self.say(fault.message, faulty=True)
        else:
            self.say("" if field_text(self.field, value) is not None else f"{display_text(value)}: unchanged")

    @on(ChoiceLine.Chosen)
    def _chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        take(self._editing, self.field, self.path, event.value)


class FieldRow(InputRow):
    """A field with an input. Each key changes the state."""

    def __init__(
        self, editing: FormEditor, field: FormField, root: Path = (), *, documents: bool = False
    ) -> None:
        super().__init__(field.label, documents=documents)
        self.field = field
        self.path = (*root, *field.path)
        self._editing = editing

    def on_mount(self) -> None:
        """Show the value."""
        self.load()

    def take(self, text: str) -> None:
        """Put the typed text into the state."""
        take(self._editing, self.field, self.path, text)

    def covered(self, text: str) -> str:
        """The text of this field with personal data masked."""
        return str(masks_at(self).at(self.path, text))

    def learn(self) -> None:
        """Register the value with the masks."""
        masks_at(self).learn(nested(self.path, self._editing.state.value(self.path)))

    def known(self) -> Iterable[FieldSuggestion]:
        """Suggestions of the field's kind."""
        return self._editing.seen.values.get(self.field.seen, ()) if self.field.seen else ()

    def load(self) -> None:
        """Reload the value from the state."""
        typed = self._editing.state.typed.get(self.path)
        self.show(typed.text if typed else self._text() or "")
        self.settle()

    def settle(self) -> None:
        """Update the placeholder and the note or fault."""
        self.entry.placeholder = self._placeholder()
        fault = self._editing.fault_at(format_path(self.path))
        self.say(fault.message if fault else self._note(), faulty=fault is not None)

    def _text(self) -> str | None:
        """The text of the value; empty if calculated; ``None`` if a field cannot represent it."""
        worked_out, value = self._calculation(), self._value()
        if worked_out and value == worked_out.amount and not isinstance(value, bool):
            return ""
        return field_text(self.field, value, decimals=self._editing.decimals)

    def _value(self) -> object:
        document = self._editing.checked.intended if self._calculation() else self._editing.state.document
        return value_at(document, self.path)

    def _calculation(self) -> Calculation | None:
        if self.field.path[-1] != "amount":
            return None
        return calculation(self._editing.checked.intended, self.path, decimals=self._editing.decimals)

    def _placeholder(self) -> str:
        if self._text() is None:
            return display_text(masks_at(self).at(self.path, self._value()))
        worked_out = self._calculation()
        if worked_out is None:
            return self.field.hint
        amount = format_amount(worked_out.amount, decimals=self._editing.decimals)
        return f"{amount}  {worked_out.words}".strip()

    def _note(self) -> str:
        if not self.entry.value and self._text() is None:
            return KEPT
        worked_out, value = self._calculation(), self._value()
        if worked_out and worked_out.amount is not None and value not in (ABSENT, None, worked_out.amount):
            amount = format_amount(worked_out.amount, decimals=self._editing.decimals)
            return f"clear the field to use {amount}, the {worked_out.words}"
        return ""


def take(editing: FormEditor, field: FormField, path: Path, text: str) -> None:
    """Set a field from a typed text; typing in one field is one undo step."""
    editing.touched(format_path(path))
    editing.change(
        editing.state.type_text(field, path, text, decimals=editing.decimals), tag=path, reload=False
    )


def row_at(where: Widget, path: str) -> FieldRow | ChoiceRow | None:
    """The visible row of a field by its path as text, if any."""
    rows: list[FieldRow | ChoiceRow] = [*where.query(FieldRow), *where.query(ChoiceRow)]
    return next((row for row in rows if row.display and format_path(row.path) == path), None)


def focus_row(row: FieldRow | ChoiceRow | None) -> None:
    """Focus a row, if there is one."""
    if row is None:
        return
    focusable = next((child for child in row.query(Widget) if child.can_focus), None)
    if focusable is not None:
        focusable.focus()
