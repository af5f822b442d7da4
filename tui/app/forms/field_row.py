"""A field of the shared state as a row of the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from textual import on
from textual.widget import Widget

from tui.app.masking import masks_at
from tui.orders.amounts import format_amount
from tui.orders.changes import ABSENT
from tui.orders.paths import Path, format_path
from tui.orders.privacy.masks import nested

from .choice_line import ChoiceLine
from .editing import Editing
from .entry_row import EntryRow, LabelledRow
from .model.amounts import Calculation, calculation
from .model.fields import FormField
from .model.places import value_at
from .model.seen import SeenValue
from .model.texts import kept_text, text_of

KEPT = "unchanged; type to replace it, ctrl+e to edit it as JSON"


class Settles(Protocol):
    """A widget that shows a part of the state."""

    def load(self) -> None:
        """Show what the state holds now, in place of what the user sees."""

    def settle(self) -> None:
        """Show what follows from a change elsewhere, and what is wrong."""


def field_row(editing: Editing, field: FormField, root: Path = (), *, documents: bool = False) -> Widget:
    """The row of a field; ``root`` is where the object is that the field belongs to."""
    if field.kind in ("choice", "flag"):
        return ChoiceRow(editing, field, root)
    return FieldRow(editing, field, root, documents=documents)


class ChoiceRow(LabelledRow):
    """A field whose value is one of a few words."""

    def __init__(self, editing: Editing, field: FormField, root: Path) -> None:
        super().__init__(field.label)
        self.field = field
        self.path = (*root, *field.path)
        self._editing = editing

    def control(self) -> Widget:
        """The words."""
        return ChoiceLine(self.field.choices)

    def on_mount(self) -> None:
        """Show the value."""
        self.load()

    def load(self) -> None:
        """Show what the state holds."""
        text = text_of(self.field, self._editing.state.value(self.path))
        with self.prevent(ChoiceLine.Chosen):
            self.query_one(ChoiceLine).value = text or ""
        self.settle()

    def settle(self) -> None:
        """Show what is wrong."""
        fault = self._editing.fault_at(format_path(self.path))
        value = self._editing.state.value(self.path)
        if fault is not None:
            self.say(fault.message, faulty=True)
        else:
            self.say("" if text_of(self.field, value) is not None else f"{kept_text(value)}: kept as it is")

    @on(ChoiceLine.Chosen)
    def _chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        take(self._editing, self.field, self.path, event.value)


class FieldRow(EntryRow):
    """A field that is typed. What is typed goes into the state at once."""

    def __init__(
        self, editing: Editing, field: FormField, root: Path = (), *, documents: bool = False
    ) -> None:
        super().__init__(field.label, documents=documents)
        self.field = field
        self.path = (*root, *field.path)
        self._editing = editing

    def on_mount(self) -> None:
        """Show the value."""
        self.load()

    def take(self, text: str) -> None:
        """Put what is typed into the state."""
        take(self._editing, self.field, self.path, text)

    def covered(self, text: str) -> str:
        """How a text looks in this field of an order."""
        return str(masks_at(self).at(self.path, text))

    def learn(self) -> None:
        """What stands in the field is known from now on."""
        masks_at(self).learn(nested(self.path, self._editing.state.value(self.path)))

    def known(self) -> Iterable[SeenValue]:
        """Values of the field's kind in loaded orders."""
        return self._editing.seen.values.get(self.field.seen, ()) if self.field.seen else ()

    def load(self) -> None:
        """Show what the state holds."""
        typed = self._editing.state.typed.get(self.path)
        self.show(typed.text if typed else self._text() or "")
        self.settle()

    def settle(self) -> None:
        """Show what follows from other fields, and what is wrong."""
        self.entry.placeholder = self._placeholder()
        fault = self._editing.fault_at(format_path(self.path))
        self.say(fault.message if fault else self._note(), faulty=fault is not None)

    def _text(self) -> str | None:
        """The value's text; the empty text where it is what is worked out; ``None`` where it is only kept."""
        worked_out, value = self._calculation(), self._value()
        if worked_out and value == worked_out.amount and not isinstance(value, bool):
            return ""
        return text_of(self.field, value, decimals=self._editing.decimals)

    def _value(self) -> object:
        document = self._editing.checked.intended if self._calculation() else self._editing.state.document
        return value_at(document, self.path)

    def _calculation(self) -> Calculation | None:
        if self.field.path[-1] != "amount":
            return None
        return calculation(self._editing.checked.intended, self.path, decimals=self._editing.decimals)

    def _placeholder(self) -> str:
        if self._text() is None:
            return kept_text(masks_at(self).at(self.path, self._value()))
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
            return f"typed; empty the field for {amount}, the {worked_out.words}"
        return ""


def take(editing: Editing, field: FormField, path: Path, text: str) -> None:
    """Put a text into the state at a field; typing in one field is one step of undo."""
    editing.touched(format_path(path))
    editing.change(
        editing.state.type_text(field, path, text, decimals=editing.decimals), tag=path, reload=False
    )
