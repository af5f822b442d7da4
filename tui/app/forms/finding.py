"""Finding the row of a field, and putting the focus into it."""

from __future__ import annotations

from textual.widget import Widget

from tui.orders.paths import format_path

from .field_row import ChoiceRow, FieldRow


def row_at(where: Widget, path: str) -> FieldRow | ChoiceRow | None:
    """The row of a field by its path as text; ``None`` when no row shows it."""
    rows: list[FieldRow | ChoiceRow] = [*where.query(FieldRow), *where.query(ChoiceRow)]
    return next((row for row in rows if row.display and format_path(row.path) == path), None)


def focus_row(row: FieldRow | ChoiceRow | None) -> None:
    """Put the focus into a row, if there is one."""
    if row is None:
        return
    focusable = next((child for child in row.query(Widget) if child.can_focus), None)
    if focusable is not None:
        focusable.focus()
