"""What an order hides from the eye, in words: how many characters, and in which of its texts."""

from __future__ import annotations

from itertools import islice

from tui.app.widgets.json_path import dotted
from tui.orders.order import Order
from tui.orders.snapshot_facts import SnapshotFact
from tui.terminal.visible import HiddenPlace, hidden_places, holds_hidden, visible

from .rows import Row, heading, remark, remarks

NAMED = 12
"""Places that the summary names; the document shows all."""


def hiding_fact(document: object) -> SnapshotFact | None:
    """``hidden characters: 3 in metadata.note``, or in how many places; ``None`` where nothing hides."""
    if not holds_hidden(document):
        return None
    places = list(hidden_places(document))
    count = sum(place.count for place in places)
    where = place_words(places[0]) if len(places) == 1 else f"{len(places):,} places"
    return SnapshotFact(f"hidden characters: {count:,} in {where}", f"{count:,} hidden", 0)


def place_words(place: HiddenPlace) -> str:
    """Where a place is, as people write it; a key is named by what holds it."""
    if not place.in_key:
        return visible(dotted(place.path), limit=80)
    holder = visible(dotted(place.path[:-1]), limit=80)
    return f"a key of {holder}" if holder else "a key"


def hiding_rows(order: Order, width: int) -> list[Row]:
    """The rows of the summary about it; none where nothing hides."""
    if not holds_hidden(order.raw):
        return []
    rows = [heading("Hidden characters")]
    rows += remarks("Written out as signs; y, then v, copies the value as escaped JSON.", width)
    places = hidden_places(order.raw)
    for place in islice(places, NAMED):
        told = f"{place.count:,} in {place_words(place)}"
        rows += remarks(told, width, "mismatch", lead="! ", path=place.path)
    if more := sum(1 for _ in places):
        rows.append(remark(f"and {more:,} more places, see 6 JSON"))
    return rows
