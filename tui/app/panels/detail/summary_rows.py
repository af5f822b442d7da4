"""The summary section: the main fields, the receipt, and unexpected values or hidden characters."""

from __future__ import annotations

from itertools import islice

from tui.orders.json_values import ABSENT
from tui.orders.order import Order
from tui.orders.paths import Path, format_path, value_at
from tui.orders.snapshot_facts import SnapshotFact
from tui.orders.times import parse_time
from tui.terminal.visible import HiddenPlace, hidden_places, holds_hidden, visible

from .receipt_rows import receipt
from .section_rows import (
    BLANK,
    SectionRow,
    as_received,
    fact,
    heading,
    remark,
    remarks,
    status_role,
    status_sign,
)

NAMED = 12
"""Most places listed in the summary; the JSON section shows all."""


def hiding_fact(document: object) -> SnapshotFact | None:
    """``hidden characters: 3 in metadata.note`` or the number of places; ``None`` if there are none."""
    if not holds_hidden(document):
        return None
    places = list(hidden_places(document))
    count = sum(place.count for place in places)
    where = describe_place(places[0]) if len(places) == 1 else f"{len(places):,} places"
    return SnapshotFact(f"hidden characters: {count:,} in {where}", f"{count:,} hidden", 0)


def describe_place(place: HiddenPlace) -> str:
    """The path of a place; for a key the path of its object."""
    if not place.in_key:
        return visible(format_path(place.path), limit=80)
    holder = visible(format_path(place.path[:-1]), limit=80)
    return f"a key of {holder}" if holder else "a key"


def hiding_rows(order: Order, width: int) -> list[SectionRow]:
    """The rows about hidden characters; none if there are none."""
    if not holds_hidden(order.raw):
        return []
    rows = [heading("Hidden characters")]
    rows += remarks("Written out as signs; y, then v, copies the value as escaped JSON.", width)
    places = hidden_places(order.raw)
    for place in islice(places, NAMED):
        text = f"{place.count:,} in {describe_place(place)}"
        rows += remarks(text, width, "mismatch", lead="! ", path=place.path)
    if more := sum(1 for _ in places):
        rows.append(remark(f"and {more:,} more places, see 6 JSON"))
    return rows


def summary_rows(order: Order, width: int, *, decimals: int) -> list[SectionRow]:
    """The rows of the summary."""
    rows = [
        fact(order, "Status", ("status",), shown=status_text(order), role=status_role(order.status)),
        fact(order, "ID", ("id",)),
        fact(order, "Source ID", ("source_id",)),
        fact(order, "Created", ("created_at",), shown=moment(order.created_at)),
        fact(order, "Updated", ("updated_at",), shown=moment(order.updated_at), null="never (null)"),
        _person(order, "Customer", "customer"),
        _person(order, "Referrer", "referrer"),
        BLANK,
        heading("Receipt"),
        *receipt(order, width, decimals=decimals),
    ]
    if order.problems:
        rows += [BLANK, heading("Unexpected values", "shown unchanged")]
        for problem in order.problems:
            rows += remarks(problem, width, "mismatch", lead="! ", path=problem_path(problem))
    if hiding := hiding_rows(order, width):
        rows += [BLANK, *hiding]
    return rows


def moment(text: str | None) -> str:
    """A time with seconds, in UTC; the raw text if it is not a time."""
    read = parse_time(text)
    return read.strftime("%Y-%m-%d %H:%M:%S UTC") if read else visible(text or "", limit=200)


def status_text(order: Order) -> str:
    """The status with its sign."""
    return f"{status_sign(order.status)} {visible(order.status or 'no status', limit=60)}"


def problem_path(problem: str) -> Path:
    """The top-level field of a problem."""
    place = problem.partition(": ")[0]
    return (place.partition(".")[0].partition("[")[0],)


def _person(order: Order, label: str, field: str) -> SectionRow:
    path: Path = (f"{field}_id",)
    chosen = getattr(order, f"{field}_id")
    if chosen is None and value_at(order.raw, path) is ABSENT and order.has(field):
        path = (field, "id")
        embedded = value_at(order.raw, path)
        chosen = embedded if isinstance(embedded, str) else None
    shown = as_received(chosen) if chosen else None
    return fact(
        order,
        label,
        path,
        shown=shown,
        role="link" if chosen else "",
        null="none (null)",
        customer=chosen or None,
    )
