"""Metadata: the list of keys in the form, and the dialog for metadata inside items and persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.forms.model.form_fields import display_text
from tui.app.forms.model.metadata_edits import entry_type, metadata_entries, removal_note, remove_entry
from tui.app.masking import masks_at
from tui.app.widgets.line import Line, Piece
from tui.app.widgets.line_list import LineList
from tui.orders.paths import Path, format_path
from tui.terminal.cells import fit
from tui.terminal.visible import visible

from .form_dialog import FormDialog
from .form_editor import FormEditor
from .form_widgets import FormText, Key, KeysLine, LinkLine
from .metadata_entry_dialog import MetadataEntryDialog

TALLEST = 12
_TYPE = 8

KEYS = (
    Key("a", "add", "add"),
    Key("enter", "edit, rename, change type", "open"),
    Key("d", "remove", "remove"),
)


class MetadataList(LineList):
    """The keys of one metadata object."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--fault"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,plus", "add", "Add"),
        Binding("d,delete", "remove", "Remove"),
    ]

    def __init__(self, editing: FormEditor, root: Path) -> None:
        super().__init__()
        self._editing = editing
        self._root = root
        self._names: list[str] = []

    def show(self) -> None:
        """Show the keys of the state."""
        self._names = list(metadata_entries(self._editing.state, self._root))
        self.styles.height = min(TALLEST, max(1, len(self._names)))
        count = max(1, len(self._names))
        self.set_count(count, cursor=min(self.cursor, count - 1), scroll=False)

    def put_cursor_on(self, key: str) -> None:
        """Move the cursor to a key."""
        if key in self._names:
            self.cursor = self._names.index(key)

    def lay_out(self, width: int) -> None:
        """Lay the rows out for the width."""
        del width
        self.show()

    def line_at(self, index: int) -> Line:
        """One key: name, type, value and fault."""
        if index >= len(self._names):
            return Line((Piece("no metadata: press a to add a key", "muted"),))
        key, state = self._names[index], self._editing.state
        path = (*self._root, key)
        typed = state.typed.get(path)
        fault = self._editing.fault_below(format_path(path))
        masks = masks_at(self)
        value = display_text(masks.at(path, typed.text if typed else state.value(path)))
        name = fit(visible(key, limit=100), max(12, min(28, self.line_width // 3)))
        pieces = [Piece(name + " "), Piece(fit(visible(entry_type(state, path), limit=40), _TYPE), "muted")]
        pieces.append(Piece(value, "fault" if fault else ""))
        if fault:
            pieces.append(Piece(f"  ! {visible(fault.message, limit=80)}", "fault"))
        return Line(tuple(pieces))

    def can_stop(self, index: int) -> bool:
        """The cursor also rests on the empty list."""
        return 0 <= index < max(1, len(self._names))

    def action_open(self) -> None:
        """Edit the key."""
        if not self._names:
            self.action_add()
            return
        self.app.push_screen(MetadataEntryDialog(self._editing, self._root, self._names[self.cursor]))

    def action_add(self) -> None:
        """Add a key."""
        self.app.push_screen(MetadataEntryDialog(self._editing, self._root, None), self._added)

    def action_remove(self) -> None:
        """Remove the key; undo restores it."""
        if self._names:
            state = remove_entry(self._editing.state, self._root, self._names[self.cursor])
            self._editing.change(state)

    def _added(self, key: str | None) -> None:
        if key is not None:
            self.show()
            self.put_cursor_on(key)


class MetadataSection(Widget):
    """The metadata with a title, a note about removed keys, and key hints."""

    def __init__(self, editing: FormEditor, root: Path, *, title: str = "Metadata") -> None:
        super().__init__()
        self._editing = editing
        self._root = root
        self._title = title

    def compose(self) -> ComposeResult:
        """Title, list, note, keys."""
        yield FormText(self._title, classes="heading")
        lines = MetadataList(self._editing, self._root)
        yield lines
        yield FormText(classes="note")
        yield KeysLine(KEYS, where=lines)

    def on_mount(self) -> None:
        """Show the keys."""
        self.load()

    def load(self) -> None:
        """Show the keys of the state."""
        self.query_one(MetadataList).show()
        count = len(metadata_entries(self._editing.state, self._root))
        self.query_one(".heading", FormText).say(f"{self._title} ({count:,})" if count else self._title)
        note = removal_note(self._editing.state, self._root)
        self.set_class(bool(note), "-noted")
        self.query_one(".note", FormText).say(note)

    def settle(self) -> None:
        """Update the faults."""
        self.load()


class MetadataDialog(FormDialog[None]):
    """The metadata of an item, product, SKU or customer."""

    def __init__(self, editing: FormEditor, root: Path) -> None:
        super().__init__(editing)
        self._root = root

    def dialog_title(self) -> str:
        """The path of the metadata."""
        return visible(format_path(self._root), limit=60)

    def rows(self) -> Iterator[Widget]:
        """The list of keys."""
        yield MetadataSection(self.editing, self._root)


def metadata_link(editing: FormEditor, root: Path, words: str) -> LinkLine:
    """A link to the metadata of a part, with the number of keys and the first fault."""

    def follow() -> None:
        link.app.push_screen(MetadataDialog(editing, root))

    def status() -> tuple[str, bool]:
        count = len(metadata_entries(editing.state, root))
        held = "none" if not count else "1 key" if count == 1 else f"{count:,} keys"
        fault = editing.fault_below(format_path(root))
        text = f": {held}" + (f"  ! {fault}" if fault else "")
        return text, fault is not None

    link = LinkLine(words, follow, status=status)
    return link
