"""The name under which a mapping is saved."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.app.dialogs.replacing import Replacing
from tui.app.modal import Modal
from tui.app.widgets.typed_line import TypedLine
from tui.jobs.importing.rows import ImportRefused
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.jobs.importing.mapping import ColumnMapping
    from tui.jobs.importing.mapping_store import MappingStore


class AskName(Modal["ColumnMapping | None"]):
    """Saves the mapping; ends with it under its name, or with ``None``.

    Args:
        store: where it is saved.
        mapping: what is saved; one of its own name is replaced without a question.
        suggested: the name to begin with.
    """

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Back")]

    def __init__(self, store: MappingStore, mapping: ColumnMapping, suggested: str) -> None:
        super().__init__()
        self._store = store
        self._mapping = mapping
        self._suggested = suggested
        self._replacing = Replacing(self)

    def compose(self) -> ComposeResult:
        """The field, what is wrong, the keys."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content("Save the mapping as")
            yield TypedLine(self._suggested, compact=True, id="name")
            yield Static(Content(""), id="fault")
            yield Static(Content("enter save · esc back"), classes="keys")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save it, unless another one has the name."""
        event.stop()
        name = event.value.strip()
        names = await asyncio.to_thread(self._store.names)
        if name in names and name != self._mapping.name and not self._replacing.is_agreed(name):
            self._say(f"there is a mapping “{name}”; enter again replaces it")
            return
        saved = replace(self._mapping, name=name)
        try:
            await asyncio.to_thread(self._store.save, saved)
        except ImportRefused as refused:
            self._say(f"{refused}. {refused.hint}")
        else:
            self.dismiss(saved)

    def action_give_up(self) -> None:
        """Save nothing."""
        self.dismiss(None)

    def _say(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
