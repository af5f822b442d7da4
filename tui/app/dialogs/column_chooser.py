"""Choosing the columns of the table and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.modal import Modal
from tui.orders.columns import column
from tui.terminal.visible import visible

from .chooser import ChoiceList


class ColumnChooser(Modal[tuple[str, ...] | None]):
    """Shows, hides and moves columns; closes with the shown ones, or ``None`` if nothing changed."""

    CSS_PATH = "../styles/dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,c", "done", "Done"),
        Binding("J,shift+down", "move(1)", "Later"),
        Binding("K,shift+up", "move(-1)", "Earlier"),
    ]

    def __init__(self, shown: Sequence[str], known: Sequence[str]) -> None:
        super().__init__()
        self._before = tuple(shown)
        self._shown = list(shown)
        self._names = [*shown, *(name for name in known if name not in shown)]

    def compose(self) -> ComposeResult:
        """The list in a box, with key hints."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content("Columns")
            box.border_subtitle = Content("esc done")
            yield ChoiceList(*self._options())
            yield Static(Content("space show or hide · J K move"), classes="note")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show or hide the column; the last one stays."""
        event.stop()
        name = self._names[event.option_index]
        if name not in self._shown:
            self._shown.append(name)
        elif len(self._shown) > 1:
            self._shown.remove(name)
        self._shown.sort(key=self._names.index)
        self._draw(event.option_index)

    def action_move(self, step: int) -> None:
        """Move the selected column."""
        at = self.query_one(ChoiceList).highlighted
        if at is None or not 0 <= at + step < len(self._names):
            return
        names = self._names
        names[at], names[at + step] = names[at + step], names[at]
        self._shown.sort(key=names.index)
        self._draw(at + step)

    def action_done(self) -> None:
        """Close with the shown columns, if they changed."""
        shown = tuple(self._shown)
        self.dismiss(None if shown == self._before else shown)

    def _draw(self, at: int) -> None:
        listed = self.query_one(ChoiceList)
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = at

    def _options(self) -> list[Option]:
        return [Option(self._prompt(name)) for name in self._names]

    def _prompt(self, name: str) -> Content:
        sign = "[x]" if name in self._shown else "[ ]"
        title = visible(column(name).title, limit=40)
        remark = "" if title.lower() == name else f"  {visible(name, limit=50)}"
        return Content.assemble(f"{sign} {title}", (remark, "dim"))
