"""The sections of the detail pane: their names, their contents, and the line of tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.json_tree import JsonTree
from tui.app.widgets.line import Line, Piece
from tui.orders.order import Order
from tui.orders.paths import Path
from tui.terminal.cells import cell_width
from tui.terminal.visible import visible

from .item_rows import items_rows
from .people_rows import people_rows
from .redemption_rows import redemptions_rows
from .section_rows import SectionList
from .summary_rows import summary_rows

TABS = ("Summary", "Items", "Customer", "Redemptions", "Metadata", "JSON")
_SHORT = ("Sum", "Items", "Cust", "Red", "Meta", "JSON")


@dataclass(frozen=True, slots=True)
class TabNames:
    """The labels of the tabs, with the spaces after a number and between two labels."""

    names: tuple[str, ...]
    space: str = " "
    gap: str = "  "

    def widths(self) -> list[int]:
        """The width of each tab in cells, without the gap."""
        return [1 + (cell_width(self.space + name) if name else 0) for name in self.names]

    def total(self) -> int:
        """The width of all tabs in cells."""
        return sum(self.widths()) + cell_width(self.gap) * (len(self.names) - 1)


class TabStrip(Widget):
    """Numbered tabs; a number key chooses a section."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab--active", "tab--idle", "tab--number", "tab--empty"}

    active: reactive[int] = reactive(0)
    counts: reactive[Mapping[int, int]] = reactive({})

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: int) -> None:
            super().__init__()
            self.tab = tab

    def labels(self, width: int) -> TabNames:
        """The longest form that fits: with counts, plain, short, tight, only the active tab."""
        forms = (
            TabNames(tuple(self._counted(name, at) for at, name in enumerate(TABS))),
            TabNames(TABS),
            TabNames(_SHORT),
            TabNames(_SHORT, space="", gap=" "),
            TabNames(tuple(name if at == self.active else "" for at, name in enumerate(TABS))),
        )
        return next((form for form in forms if form.total() <= width), TabNames(("",) * len(TABS)))

    def render_line(self, y: int) -> Strip:
        """Draw the tabs."""
        base, width = self.rich_style, self.size.width
        number, idle, empty, active = (
            base + self.get_component_rich_style(f"tab--{part}", partial=True)
            for part in ("number", "idle", "empty", "active")
        )
        form = self.labels(width)
        segments: list[Segment] = []
        for at, name in enumerate(form.names):
            style = active if at == self.active else empty if self.counts.get(at) == 0 else idle
            segments.append(Segment(str(at + 1), active if at == self.active else number))
            segments.append(Segment(form.space + name if name else "", style))
            segments.append(Segment(form.gap, base))
        return Strip(segments).crop(0, width).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked tab."""
        form, end = self.labels(self.size.width), 0
        for at, width in enumerate(form.widths()):
            end += width + cell_width(form.gap)
            if event.x < end:
                self.post_message(self.Chosen(at))
                return

    def _counted(self, name: str, at: int) -> str:
        count = self.counts.get(at, 0)
        return f"{name} ({count:,})" if count else name


def metadata_note(order: Order) -> list[Line]:
    """Why there is no metadata, if there is none."""
    if not order.has("metadata"):
        return [_note("No metadata was sent.")]
    held = order.raw["metadata"]
    if held is None:
        return [_note("The metadata is null.")]
    if not isinstance(held, dict):
        return [Line((Piece("! The metadata is not an object; see 6 JSON.", "warning"),))]
    return [] if held else [_note("The metadata is empty: {}")]


def absent_note(order: Order) -> list[Line]:
    """The known fields that the document does not have."""
    absent = [name for name in Order.model_fields if not order.has(name)]
    return [Line(), _note("not sent: " + ", ".join(absent))] if absent else []


def _note(text: str) -> Line:
    return Line((Piece(text, "muted"),))


SUMMARY, ITEMS, CUSTOMER, REDEMPTIONS, METADATA, JSON = range(6)
SECTIONS = {SUMMARY: summary_rows, ITEMS: items_rows, CUSTOMER: people_rows, REDEMPTIONS: redemptions_rows}


def clear_section(section: SectionList | JsonTree) -> None:
    """Clear the section."""
    if isinstance(section, SectionList):
        section.show(lambda _: [])
    else:
        section.show({})


def section_counts(order: Order | None) -> Mapping[int, int]:
    """The number of entries by section."""
    if order is None:
        return {}
    return {
        ITEMS: len(order.items),
        CUSTOMER: sum(
            1 for who in (order.customer_id or order.customer, order.referrer_id or order.referrer) if who
        ),
        REDEMPTIONS: len(order.redemptions or ()),
        METADATA: len(order.metadata or ()),
    }


def item_name(order: Order, path: Path) -> str:
    """The name of an item, shown where it is folded in the document."""
    at = path[1] if len(path) == 2 and path[0] == "items" else None
    if not isinstance(at, int) or at >= len(order.items):
        return ""
    item = order.items[at]
    times = f"{item.quantity:,} × " if item.quantity is not None and item.label else ""
    return times + visible(item.label, limit=200)


def fill_section(
    tab: int, section: SectionList | JsonTree, order: Order | None, *, decimals: int, keep: bool
) -> None:
    """Show a part of an order.

    Args:
        tab: which part.
        section: the widget of that part.
        order: the order, or ``None`` to clear the section.
        decimals: decimals of its amounts.
        keep: whether the cursor and what is folded stay.
    """
    if order is None:
        clear_section(section)
    elif isinstance(section, SectionList):
        section.show(partial(SECTIONS[tab], order, decimals=decimals), keep=keep)
    elif tab == METADATA:
        section.show(order.raw.get("metadata"), prefix=("metadata",), notes=metadata_note(order), keep=keep)
    else:
        section.show(order.raw, notes=absent_note(order), name=partial(item_name, order), keep=keep)
