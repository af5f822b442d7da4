"""The customer or the referrer: how they are named, and the fields for that."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from tui.orders.paths import format_path
from tui.terminal.visible import visible

from .choice_line import ChoiceLine
from .dialog import FormDialog
from .editing import Editing
from .entry_row import LabelledRow
from .field_row import field_row
from .link_line import LinkLine
from .metadata_dialog import MetadataLink
from .model.fields import PERSON_FIELDS
from .model.people import MODES, choose_mode, mode_of
from .words import Words

SHOWN = {
    "none": (),
    "by id": ("id",),
    "by source_id": ("source_id",),
    "new": ("source_id", "name", "email", "phone"),
}
"""The fields that are in sight in each mode; the dialog has all."""


class ModeRow(LabelledRow):
    """How the person is named."""

    def control(self) -> Widget:
        """The modes."""
        return ChoiceLine(MODES, required=True)


class AllFields(LinkLine):
    """Opens every field of the person."""

    def __init__(self, editing: Editing, who: str) -> None:
        super().__init__("every field: address, birthdate, metadata")
        self._editing = editing
        self._who = who

    def action_follow(self) -> None:
        """Open them."""
        self.app.push_screen(PersonDialog(self._editing, self._who))


class PersonDialog(FormDialog[None]):
    """Every field of a customer or referrer."""

    def __init__(self, editing: Editing, who: str) -> None:
        super().__init__(editing)
        self._who = who

    def title_words(self) -> str:
        """Who it is."""
        return f"{self._who.capitalize()}, {mode_of(self.editing.state, self._who)}"

    def rows(self) -> Iterator[Widget]:
        """All fields; the service finds a person by id, else by source_id, else makes a new one."""
        for field in PERSON_FIELDS:
            yield field_row(self.editing, field, (self._who,))
        yield MetadataLink(self.editing, (self._who, "metadata"), "Metadata")


class PersonSection(Widget):
    """A title, the modes, the fields of the mode."""

    def __init__(self, editing: Editing, who: str) -> None:
        super().__init__(classes=f"person {who}")
        self._editing = editing
        self.who = who

    def compose(self) -> ComposeResult:
        """Title, modes, every field that some mode shows."""
        yield Words(self.who.capitalize(), classes="heading")
        yield ModeRow("Named")
        for field in PERSON_FIELDS:
            if field.path[0] in {name for names in SHOWN.values() for name in names}:
                row = field_row(self._editing, field, (self.who,), documents=True)
                row.add_class(f"of-{field.path[0]}")
                yield row
        yield AllFields(self._editing, self.who)

    def on_mount(self) -> None:
        """Show the mode."""
        self.load()

    def load(self) -> None:
        """Show the mode of the state."""
        mode = mode_of(self._editing.state, self.who)
        with self.prevent(ChoiceLine.Chosen):
            self.query_one(ModeRow).query_one(ChoiceLine).value = mode
        for name in ("id", "source_id", "name", "email", "phone"):
            self.query_one(f".of-{name}").display = name in SHOWN[mode]
        self.query_one(AllFields).display = mode != "none"
        self.settle()

    def settle(self) -> None:
        """Say what taking a person away means, and what is wrong where no field is in sight."""
        state, mode = self._editing.state, mode_of(self._editing.state, self.who)
        said = ""
        if mode == "none" and state.kind == "update" and state.origin.get(self.who):
            said = (
                "an order's customer can be replaced but not removed"
                if self.who == "customer"
                else "the referrer is removed"
            )
        fault = self._editing.fault_below(self.who)
        in_sight = {format_path((self.who, name)) for name in SHOWN[mode]}
        if fault is not None and fault.path not in in_sight:
            self.query_one(ModeRow).say(visible(fault), faulty=True)
        else:
            self.query_one(ModeRow).say(said)

    @on(ChoiceLine.Chosen)
    def _chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self._editing.change(choose_mode(self._editing.state, self.who, event.value))
