"""Goes to the field that has the first fault of a form."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tui.app.feedback.notifications import notify
from tui.app.forms.model.person_mode import mode_of
from tui.orders.paths import PathError, parse_path

from .field_row import focus_row, row_at
from .form_editor import FormEditor
from .form_items import ItemDialog, ItemsList
from .form_metadata import MetadataList
from .person_section import PersonDialog


class FaultFinder:
    """Finds the widgets of faults, and opens the dialogs that they are in.

    Args:
        screen: the screen of the form.
        editing: the form.
    """

    def __init__(self, screen: Screen[Any], editing: FormEditor) -> None:
        self._screen = screen
        self._editing = editing

    def go_to_first(self) -> None:
        """Focus the field of the first fault, in a dialog where it is in one."""
        if not self._editing.faults:
            return
        fault = self._editing.faults[0]
        notify(self._screen, str(fault), title="Fix this first", severity="warning")
        try:
            path = parse_path(fault.path)
        except PathError:
            return
        if path[0] == "items" and len(path) > 1 and isinstance(path[1], int):
            self._go_to_item(path[1], fault.path)
        elif path[0] == "metadata":
            lines = self._screen.query_one(MetadataList)
            lines.focus()
            lines.put_cursor_on(str(path[1]) if len(path) > 1 else "")
        else:
            self._go_to_field(fault.path, str(path[0]))

    def _go_to_item(self, place: int, path: str) -> None:
        lines = self._screen.query_one(ItemsList)
        lines.focus()
        lines.cursor = place
        self.open_item(place, path)

    def _go_to_field(self, path: str, root: str) -> None:
        if (row := row_at(self._screen, path)) is not None:
            focus_row(row)
        elif root in ("customer", "referrer") and mode_of(self._editing.state, root) != "none":
            dialog = PersonDialog(self._editing, root)
            self._screen.app.push_screen(dialog)
            dialog.call_after_refresh(lambda: focus_row(row_at(dialog, path)))

    def open_item(self, place: int, path: str = "") -> None:
        """Open an item, at a field of it."""
        dialog = ItemDialog(self._editing, place)
        self._screen.app.push_screen(dialog)
        dialog.call_after_refresh(lambda: focus_row(row_at(dialog, path)))
