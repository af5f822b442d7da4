"""The heading of the pane: the order's name, status and times."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.line import Piece
from tui.orders.order import Order
from tui.orders.snapshot_facts import SnapshotFact
from tui.orders.times import format_short
from tui.terminal.cells import cell_width, cut
from tui.terminal.visible import visible

from .section_rows import STATUS_ROLES, status_role
from .summary_rows import hiding_fact, status_text

NOTHING = "No order here"


class Heading(Widget):
    """Two lines: the name and the status; the times and unexpected values."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"heading--{role}" for role in STATUS_ROLES),
        "heading--name",
        "heading--muted",
        "heading--mismatch",
    }

    def __init__(self) -> None:
        super().__init__()
        self._order: Order | None = None
        self._hiding: SnapshotFact | None = None

    def show(self, order: Order | None) -> None:
        """Show an order."""
        if order is self._order:
            return
        self._order = order
        self._hiding = None if order is None else hiding_fact(order.raw)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one of the two lines."""
        width = self.size.width
        pieces = self._first(width) if y == 0 else self._second(width) if y == 1 else []
        base = self.rich_style
        segments = [
            Segment(text, base + self.get_component_rich_style(f"heading--{role}", partial=True))
            for text, role in pieces
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _first(self, width: int) -> list[Piece]:
        if self._order is None:
            return [Piece(NOTHING, "muted")]
        status = status_text(self._order)
        name = cut(order_name(self._order), max(8, width - cell_width(status) - 2))
        return [Piece(name, "name"), Piece("  ", "muted"), Piece(status, status_role(self._order.status))]

    def _second(self, width: int) -> list[Piece]:
        order = self._order
        if order is None:
            return []
        created = visible(format_short(order.created_at), limit=60) or "no time"
        times = f"{created} UTC" if width < 60 or not order.updated_at else f"created {created} UTC"
        if order.updated_at and width >= 60:
            times += f" · updated {visible(format_short(order.updated_at), limit=60)} UTC"
        odd = ""
        if self._hiding is not None:
            odd = visible(self._hiding.short if width < 60 else self._hiding.text)
        if order.problems:
            count = len(order.problems)
            odd = f"{count} unexpected value{'' if count == 1 else 's'}"
        room = width - (len(odd) + 4 if odd else 0)
        pieces = [Piece(cut(times, max(4, room)), "muted")]
        return [*pieces, Piece("  ", "muted"), Piece(f"! {odd}", "mismatch")] if odd else pieces


def order_name(order: Order) -> str:
    """The source ID, else the ID, as safe text in one line."""
    return visible(order.source_id or order.id, limit=300) or "(no id)"
