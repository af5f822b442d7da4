"""Metadata: a list of keys with types and values, and its own keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.masking import masks_at
from tui.app.widgets.line import Line, Piece
from tui.app.widgets.line_list import LineList
from tui.orders.paths import Path, format_path
from tui.terminal.cells import fit
from tui.terminal.visible import visible

from .editing import Editing
from .keys_line import Key, KeysLine
from .metadata_entry import MetadataEntry
from .model.metadata import entries, entry_type, removal_note, remove_entry
from .model.texts import kept_text
from .words import Words

TALLEST = 12
_TYPE = 8

KEYS = (
    Key("a", "add", "add"),
    Key("enter", "edit, rename, change type", "open"),
    Key("d", "remove", "remove"),
)


class MetadataList(LineList):
    """The keys of one object's metadata."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--fault"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,plus", "add", "Add"),
        Binding("d,delete", "remove", "Remove"),
    ]

    def __init__(self, editing: Editing, root: Path) -> None:
        super().__init__()
        self._editing = editing
        self._root = root
        self._names: list[str] = []

    def show(self) -> None:
        """Show the keys of the state."""
        self._names = list(entries(self._editing.state, self._root))
        self.styles.height = min(TALLEST, max(1, len(self._names)))
        count = max(1, len(self._names))
        self.set_count(count, cursor=min(self.cursor, count - 1), scroll=False)

    def put_cursor_on(self, key: str) -> None:
        """Go to a key."""
        if key in self._names:
            self.cursor = self._names.index(key)

    def lay_out(self, width: int) -> None:
        """Lines are aligned to the width."""
        del width
        self.show()

    def line_at(self, index: int) -> Line:
        """One key: its name, type and value, and what is wrong with it."""
        if index >= len(self._names):
            return Line((Piece("no metadata: press a to add a key", "muted"),))
        key, state = self._names[index], self._editing.state
        path = (*self._root, key)
        typed = state.typed.get(path)
        fault = self._editing.fault_below(format_path(path))
        masks = masks_at(self)
        value = kept_text(masks.at(path, typed.text if typed else state.value(path)))
        name = fit(visible(key, limit=100), max(12, min(28, self.line_width // 3)))
        pieces = [Piece(name + " "), Piece(fit(visible(entry_type(state, path), limit=40), _TYPE), "muted")]
        pieces.append(Piece(value, "fault" if fault else ""))
        if fault:
            pieces.append(Piece(f"  ! {visible(fault.message, limit=80)}", "fault"))
        return Line(tuple(pieces))

    def can_stop(self, index: int) -> bool:
        """The cursor also rests where there is nothing yet."""
        return 0 <= index < max(1, len(self._names))

    def action_open(self) -> None:
        """Edit the key."""
        if not self._names:
            self.action_add()
            return
        self.app.push_screen(MetadataEntry(self._editing, self._root, self._names[self.cursor]))

    def action_add(self) -> None:
        """Add a key."""
        self.app.push_screen(MetadataEntry(self._editing, self._root, None), self._added)

    def action_remove(self) -> None:
        """Take the key out; undo brings it back."""
        if self._names:
            state = remove_entry(self._editing.state, self._root, self._names[self.cursor])
            self._editing.change(state)

    def _added(self, key: str | None) -> None:
        if key is not None:
            self.show()
            self.put_cursor_on(key)


class MetadataSection(Widget):
    """A title, the keys, what removing means, and what can be done."""

    def __init__(self, editing: Editing, root: Path, *, title: str = "Metadata") -> None:
        super().__init__()
        self._editing = editing
        self._root = root
        self._title = title

    def compose(self) -> ComposeResult:
        """Title, list, note, keys."""
        yield Words(self._title, classes="heading")
        lines = MetadataList(self._editing, self._root)
        yield lines
        yield Words(classes="note")
        yield KeysLine(KEYS, where=lines)

    def on_mount(self) -> None:
        """Show the keys."""
        self.load()

    def load(self) -> None:
        """Show the keys of the state."""
        self.query_one(MetadataList).show()
        count = len(entries(self._editing.state, self._root))
        self.query_one(".heading", Words).say(f"{self._title} ({count:,})" if count else self._title)
        note = removal_note(self._editing.state, self._root)
        self.set_class(bool(note), "-noted")
        self.query_one(".note", Words).say(note)

    def settle(self) -> None:
        """Faults may be others."""
        self.load()
