"""What stands in the sections of the pane, and beside their names."""

from __future__ import annotations

from collections.abc import Mapping

from tui.app.widgets.json_path import Path
from tui.app.widgets.json_tree import JsonTree
from tui.orders.order import Order
from tui.terminal.visible import visible

from .items import items_rows
from .people import people_rows
from .redemptions import redemptions_rows
from .section_list import SectionList
from .summary import summary_rows

SUMMARY, ITEMS, CUSTOMER, REDEMPTIONS, METADATA, JSON = range(6)
SECTIONS = {SUMMARY: summary_rows, ITEMS: items_rows, CUSTOMER: people_rows, REDEMPTIONS: redemptions_rows}


def empty(section: SectionList | JsonTree) -> None:
    """Show no order."""
    if isinstance(section, SectionList):
        section.show(lambda _: [])
    else:
        section.show({})


def counts(order: Order | None) -> Mapping[int, int]:
    """How many things a section holds, where that is worth saying."""
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


def name_of(order: Order, path: Path) -> str:
    """What an item is called where it is folded in the document."""
    at = path[1] if len(path) == 2 and path[0] == "items" else None
    if not isinstance(at, int) or at >= len(order.items):
        return ""
    item = order.items[at]
    times = f"{item.quantity:,} × " if item.quantity is not None and item.label else ""
    return times + visible(item.label, limit=200)
