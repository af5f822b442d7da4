"""The dialog for one metadata key: name, type and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from textual import on
from textual.widget import Widget

from tui.app.forms.model.form_fields import display_text, has_hidden
from tui.app.forms.model.metadata_edits import (
    HINTS,
    TYPES,
    MetadataType,
    add_entry,
    change_type,
    enter_value,
    entry_type,
    key_fault,
    metadata_text,
    rename_entry,
)
from tui.app.forms.model.suggestions import FieldSuggestion
from tui.app.masking import masks_at
from tui.app.widgets.choice_line import ChoiceLine
from tui.orders.paths import Path, format_path
from tui.orders.privacy.masks import nested
from tui.terminal.visible import visible

from .field_row import KEPT
from .form_dialog import FormDialog
from .form_editor import FormEditor
from .input_row import InputRow, LabelledRow


class KeyRow(InputRow):
    """The name of the key."""

    def take(self, text: str) -> None:
        """Pass the text to the dialog."""
        if isinstance(self.screen, MetadataEntryDialog):
            self.screen.name_it(text)

    def known(self) -> Iterable[FieldSuggestion]:
        """Metadata keys of loaded orders."""
        return self.screen.editing.seen.metadata_keys if isinstance(self.screen, MetadataEntryDialog) else ()


class ValueRow(InputRow):
    """The value as text."""

    def take(self, text: str) -> None:
        """Pass the text to the dialog."""
        if isinstance(self.screen, MetadataEntryDialog):
            self.screen.take_value(text)

    def covered(self, text: str) -> str:
        """The value with personal data masked."""
        return str(masks_at(self).at(self._at, text))

    def learn(self) -> None:
        """Register the value with the masks."""
        if isinstance(self.screen, MetadataEntryDialog):
            masks_at(self).learn(nested(self._at, self.entry.value))

    @property
    def _at(self) -> Path:
        return self.screen.path if isinstance(self.screen, MetadataEntryDialog) else ()

    def known(self) -> Iterable[FieldSuggestion]:
        """Values of the key in loaded orders."""
        return self.screen.values_seen() if isinstance(self.screen, MetadataEntryDialog) else ()


class MetadataChoiceRow(LabelledRow):
    """A choice of a few options."""

    def __init__(self, label: str, words: Iterable[str], name: str) -> None:
        super().__init__(label)
        self._words = tuple(words)
        self._choice_id = name

    def control(self) -> Widget:
        """The options."""
        return ChoiceLine(self._words, required=True, id=self._choice_id)


class MetadataEntryDialog(FormDialog[str | None]):
    """Edits one key in place; a new key is added as soon as it has a name. Closes with the key."""

    def __init__(self, editing: FormEditor, root: Path, key: str | None) -> None:
        super().__init__(editing)
        self._root = root
        self._key = key
        self._type: MetadataType = "text" if key is None else entry_type(editing.state, (*root, key))
        self._waiting = ""
        """A value typed before the key has a name."""

    @property
    def path(self) -> Path:
        """The path of the key."""
        return self._path

    @property
    def _path(self) -> Path:
        return (*self._root, self._key or "")

    def dialog_title(self) -> str:
        """The key, or that it is new."""
        return "New metadata key" if self._key is None else f"Metadata · {visible(self._key, limit=40)}"

    def rows(self) -> Iterator[Widget]:
        """The name, the type, the value."""
        yield KeyRow("Key")
        yield MetadataChoiceRow("Type", TYPES, "type")
        yield ValueRow("Value")
        yield MetadataChoiceRow("Value", ("yes", "no"), "flag")

    def on_mount(self) -> None:
        """Show the key and focus the field to edit."""
        row = self.query_one(KeyRow)
        if self._key is not None and has_hidden(self._key):
            row.entry.placeholder = visible(self._key, limit=100)
            row.say(KEPT)
        else:
            row.show(self._key or "")
        self.query_one("#type", ChoiceLine).value = self._type
        self.query_one("#flag", ChoiceLine).value = "yes"
        self._show_value()
        if self._key is None:
            row.entry.focus()
        elif self._type in ("flag", "empty"):
            self.query_one("#flag" if self._type == "flag" else "#type").focus()
        else:
            self.query_one(ValueRow).entry.focus()

    def settle(self) -> None:
        """Update the view, or close if an undo removed the key."""
        reload = self.updates.is_reload
        super().settle()
        if reload and self._key is not None and self._value_is_gone():
            self.dismiss(None)
        elif reload:
            self._type = entry_type(self.editing.state, self._path) if self._key is not None else self._type
            with self.prevent(ChoiceLine.Chosen):
                self.query_one("#type", ChoiceLine).value = self._type
            self._show_value()
        else:
            self._say_fault()

    def values_seen(self) -> Iterable[FieldSuggestion]:
        """Values of the key in loaded orders."""
        if self._type not in ("text", "date"):
            return ()
        return self.editing.seen.metadata_values.get(self._key or "", ())

    def name_it(self, name: str) -> None:
        """Rename the key, or add it with its first name."""
        fault = key_fault(self.editing.state, self._root, name, instead_of=self._key)
        self.query_one(KeyRow).say(fault, faulty=bool(fault))
        if fault or name == self._key:
            return
        if self._key is None:
            state = add_entry(self.editing.state, self._root, name, None if self._type == "empty" else "")
            self._key = name
            self.editing.change(state, tag=("key", self._root), reload=False)
            if self._type != "text" or self._waiting:
                self._take_typed(self._waiting)
        else:
            state = rename_entry(self.editing.state, self._root, self._key, name)
            self._key = name
            self.editing.change(state, tag=("key", self._root), reload=False)

    def take_value(self, text: str) -> None:
        """Set the typed value."""
        if self._key is None:
            self._waiting = text
        else:
            self._take_typed(text)

    def _take_typed(self, text: str) -> None:
        state = enter_value(self.editing.state, self._path, self._type, text)
        self.editing.touched(format_path(self._path))
        self.editing.change(state, tag=self._path, reload=False)

    @on(ChoiceLine.Chosen, "#type")
    def _type_chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self._type = cast("MetadataType", event.value)
        if self._key is not None:
            self.editing.change(change_type(self.editing.state, self._path, self._type), reload=False)
        self._show_value()

    @on(ChoiceLine.Chosen, "#flag")
    def _flag_chosen(self, event: ChoiceLine.Chosen) -> None:
        event.stop()
        self.take_value(event.value)

    def _value_is_gone(self) -> bool:
        held = self.editing.state.value(self._root)
        return not isinstance(held, dict) or self._key not in held

    def _show_value(self) -> None:
        """Show the control for the type, with the value."""
        row, flag = self.query_one(ValueRow), self.query_one("#flag", ChoiceLine)
        typed = self.editing.state.typed.get(self._path)
        value = self.editing.state.value(self._path) if self._key is not None else self._waiting
        text = typed.text if typed else metadata_text(value)
        if flag.parent is not None and flag.parent.parent is not None:
            cast("Widget", flag.parent.parent).display = self._type == "flag"
        row.display = self._type not in ("flag", "empty")
        if self._type == "flag":
            with self.prevent(ChoiceLine.Chosen):
                flag.value = text if text in ("yes", "no") else "no"
        shown = masks_at(self).at(self._path, value)
        row.entry.placeholder = display_text(shown) if text is None else HINTS[self._type]
        row.show(text or "")
        self._say_fault()

    def _say_fault(self) -> None:
        fault = self.editing.fault_below(format_path(self._path)) if self._key is not None else None
        row = self.query_one(ValueRow)
        kept = self._key is not None and metadata_text(self.editing.state.value(self._path)) is None
        row.say(fault.message if fault else KEPT if kept and not row.entry.value else "", faulty=bool(fault))

    def action_done(self) -> None:
        """Close with the key."""
        self.dismiss(self._key)
