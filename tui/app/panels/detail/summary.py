"""The first section: what the order is, its receipt, and what is odd about it."""

from __future__ import annotations

from tui.app.widgets.json_path import Path, lookup
from tui.orders.json_values import ABSENT
from tui.orders.order import Order
from tui.orders.times import parse_time
from tui.terminal.visible import visible

from .hiding import hiding_rows
from .receipt import receipt
from .rows import BLANK, Row, as_came, fact, heading, remarks
from .status import status_role, status_sign


def summary_rows(order: Order, width: int, *, decimals: int) -> list[Row]:
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
        rows += [BLANK, heading("Unexpected values", "shown as they came")]
        for problem in order.problems:
            rows += remarks(problem, width, "mismatch", lead="! ", path=problem_path(problem))
    if hiding := hiding_rows(order, width):
        rows += [BLANK, *hiding]
    return rows


def moment(text: str | None) -> str:
    """A time with its seconds, in UTC; what is no time, as it came."""
    read = parse_time(text)
    return read.strftime("%Y-%m-%d %H:%M:%S UTC") if read else visible(text or "", limit=200)


def status_text(order: Order) -> str:
    """The status with its sign, so that it is told without colour too."""
    return f"{status_sign(order.status)} {visible(order.status or 'no status', limit=60)}"


def problem_path(problem: str) -> Path:
    """The top-level field a problem is about."""
    place = problem.partition(": ")[0]
    return (place.partition(".")[0].partition("[")[0],)


def _person(order: Order, label: str, field: str) -> Row:
    path: Path = (f"{field}_id",)
    chosen = getattr(order, f"{field}_id")
    if chosen is None and lookup(order.raw, path) is ABSENT and order.has(field):
        path = (field, "id")
        embedded = lookup(order.raw, path)
        chosen = embedded if isinstance(embedded, str) else None
    shown = as_came(chosen) if chosen else None
    return fact(
        order,
        label,
        path,
        shown=shown,
        role="link" if chosen else "",
        null="none (null)",
        customer=chosen or None,
    )
