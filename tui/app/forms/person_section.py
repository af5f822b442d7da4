"""The customer or the referrer: how they are identified, and their fields."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from tui.app.forms.model.form_fields import PERSON_FIELDS
from tui.app.forms.model.person_mode import MODES, choose_mode, mode_of
from tui.app.widgets.choice_line import ChoiceLine
from tui.orders.paths import format_path
from tui.terminal.visible import visible

from .field_row import field_row
from .form_dialog import FormDialog
from .form_editor import FormEditor
from .form_metadata import metadata_link
from .form_widgets import FormText, LinkLine
from .input_row import LabelledRow

SHOWN_FIELDS = {
    "none": (),
    "by id": ("id",),
    "by source_id": ("source_id",),
    "new": ("source_id", "name", "email", "phone"),
}
"""The fields shown in each mode; the dialog shows all."""


class ModeRow(LabelledRow):
    """How the person is identified."""

    def control(self) -> Widget:
        """The modes."""
        return ChoiceLine(MODES, required=True)


class PersonDialog(FormDialog[None]):
    """Every field of a customer or referrer."""

    def __init__(self, editing: FormEditor, who: str) -> None:
        super().__init__(editing)
        self._who = who

    def dialog_title(self) -> str:
        """The person and the mode."""
        return f"{self._who.capitalize()}, {mode_of(self.editing.state, self._who)}"

    def rows(self) -> Iterator[Widget]:
        """All fields. The service finds a person by ID, else by source ID, else creates one."""
        for field in PERSON_FIELDS:
            yield field_row(self.editing, field, (self._who,))
        yield metadata_link(self.editing, (self._who, "metadata"), "Metadata")


class PersonSection(Widget):
    """The customer or referrer: the mode and its fields."""

    def __init__(self, editing: FormEditor, who: str) -> None:
        super().__init__(classes=f"person {who}")
        self._editing = editing
        self.who = who

    def compose(self) -> ComposeResult:
        """The title, the modes, the fields of every mode."""
        yield FormText(self.who.capitalize(), classes="heading")
        yield ModeRow("Named")
        for field in PERSON_FIELDS:
            if field.path[0] in {name for names in SHOWN_FIELDS.values() for name in names}:
                row = field_row(self._editing, field, (self.who,), documents=True)
                row.add_class(f"of-{field.path[0]}")
                yield row
        yield LinkLine("all fields: address, birthdate, metadata", self._open_all)

    def on_mount(self) -> None:
        """Show the mode."""
        self.load()

    def _open_all(self) -> None:
        self.app.push_screen(PersonDialog(self._editing, self.who))

    def load(self) -> None:
        """Show the mode of the state."""
        mode = mode_of(self._editing.state, self.who)
        with self.prevent(ChoiceLine.Chosen):
            self.query_one(ModeRow).query_one(ChoiceLine).value = mode
        for name in ("id", "source_id", "name", "email", "phone"):
            self.query_one(f".of-{name}").display = name in SHOWN_FIELDS[mode]
        self.query_one(LinkLine).display = mode != "none"
        self.settle()

    def settle(self) -> None:
        """Show what removing a person does, and faults of hidden fields."""
        state, mode = self._editing.state, mode_of(self._editing.state, self.who)
        text = ""
        if mode == "none" and state.kind == "update" and state.origin.get(self.who):
            text = (
                "the customer of an order can be replaced but not removed"
                if self.who == "customer"
                else "the referrer is removed"
            )
        fault = self._editing.fault_below(self.who)
        in_sight = {format_path((self.who, name)) for name in SHOWN_FIELDS[mode]}
        if fault is not None and fault.path not in in_sight:
            self.query_one(ModeRow).say(visible(fault), faulty=True)
        else:
            self.query_one(ModeRow).say(text)

    @on(ChoiceLine.Chosen)
    def _chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self._editing.change(choose_mode(self._editing.state, self.who, event.value))
