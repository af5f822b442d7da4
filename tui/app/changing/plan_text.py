"""A plan as text for a dialog. Everything of an order in it is made visible here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from tui.actions.changes.plan_text import changes_of, cost_of, planned_request, remarks_of
from tui.orders.changes import ChangeDescription
from tui.terminal.cells import cell_width
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.jobs.changes.plans import Plan

WIDEST_FIELD = 28
VALUE = 600
"""Characters of a value that are shown."""

BODY = 20_000
"""Characters of a request's body that are shown."""


def plan_text(plan: Plan) -> Content:
    """The difference field by field, what to know, the request as it will go, and its cost."""
    parts = [heading("Changes"), descriptions(changes_of(plan))]
    if remarks := remarks_of(plan):
        parts += [
            Content(""),
            heading("Note"),
            *(Content(f"  {visible(line, limit=VALUE)}") for line in remarks),
        ]
    request = planned_request(plan)
    body = visible(request.text, multiline=True, limit=BODY)
    parts += [Content(""), heading(f"Request, {cost_of(plan)}"), Content(body)]
    return Content("\n").join(parts)


def heading(words: str) -> Content:
    """The title of a part."""
    return Content(visible(words, limit=200)).stylize("bold underline")


def descriptions(found: Iterable[ChangeDescription]) -> Content:
    """Changes, a line each: field, old value, new value."""
    rows = [
        (visible(row.field, limit=200), visible(row.old, limit=VALUE), visible(row.new, limit=VALUE))
        for row in found
    ]
    width = min(WIDEST_FIELD, max((cell_width(field) for field, _, _ in rows), default=0))
    return Content("\n").join(
        Content.assemble(
            "  ", (field, "bold"), " " * max(1, width + 2 - cell_width(field)), (old, "dim"), " → ", new
        )
        for field, old, new in rows
    )
