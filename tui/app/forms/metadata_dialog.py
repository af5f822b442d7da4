"""The metadata of a part of the order: of an item, its product or SKU, a customer."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from tui.orders.paths import Path, format_path
from tui.terminal.visible import visible

from .dialog import FormDialog
from .editing import Editing
from .link_line import LinkLine
from .metadata_section import MetadataSection
from .model.metadata import entries


class MetadataDialog(FormDialog[None]):
    """A list of keys in a box."""

    def __init__(self, editing: Editing, root: Path) -> None:
        super().__init__(editing)
        self._root = root

    def title_words(self) -> str:
        """Whose metadata it is."""
        return visible(format_path(self._root), limit=60)

    def rows(self) -> Iterator[Widget]:
        """The keys."""
        yield MetadataSection(self.editing, self._root)


class MetadataLink(LinkLine):
    """Opens the metadata of a part, and says how much there is."""

    def __init__(self, editing: Editing, root: Path, words: str) -> None:
        super().__init__(words)
        self._editing = editing
        self._root = root
        self._name_of_it = words

    def on_mount(self) -> None:
        """Say how much there is."""
        self.settle()

    def load(self) -> None:
        """Say how much there is."""
        self.settle()

    def settle(self) -> None:
        """Say how much there is, and what is wrong in it."""
        count = len(entries(self._editing.state, self._root))
        held = "none" if not count else "1 key" if count == 1 else f"{count:,} keys"
        fault = self._editing.fault_below(format_path(self._root))
        self.set_class(fault is not None, "-faulty")
        self.say(f"▸ {self._name_of_it}: {held}" + (f"  ! {visible(fault, limit=120)}" if fault else ""))

    def action_follow(self) -> None:
        """Open it."""
        self.app.push_screen(MetadataDialog(self._editing, self._root))
