"""A plan as text: its changes, conflicts, notes, cost, and the request that it will send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.actions.printing.formats import json_text
from tui.orders.changes import Change, ChangeDescription, Conflict, describe, describe_value, diff
from tui.orders.paths import format_path
from tui.voucherify.addresses import order_path
from tui.voucherify.snippets import SnippetRequest, snippet

if TYPE_CHECKING:
    from tui.jobs.changes.plans import Plan
    from tui.orders.api_object import ApiDocument


def title_of(plan: Plan) -> str:
    """The plan in one line."""
    if plan.order_id is None:
        return f"Create an order, source_id {plan.source_id}" + (" (filled in)" if plan.filled else "")
    if plan.operation == "undo":
        return f"Undo change {plan.undoes} of order {name_of(plan)}"
    if plan.upsert:
        return f"This order exists: update {name_of(plan)}"
    return f"Update order {name_of(plan)}"


def name_of(plan: Plan) -> str:
    """The order's source_id, else its id."""
    return plan.source_id or str(plan.order_id)


def changes_of(plan: Plan) -> tuple[ChangeDescription, ...]:
    """Every field that changes, with amounts in decimals."""
    if plan.order_id is None:
        empty: dict[str, Any] = {
            name: type(value)() for name, value in plan.body.items() if isinstance(value, list | dict)
        }
        return describe_all(diff(empty, plan.body))
    return describe_all(plan.changes)


def describe_all(changes: Iterable[Change]) -> tuple[ChangeDescription, ...]:
    """Descriptions of changes."""
    return tuple(describe(change) for change in changes)


def remarks_of(plan: Plan) -> tuple[str, ...]:
    """What to know before sending: changes by others, notes, warnings."""
    theirs = () if plan.order_id is None else plan.from_theirs
    lines = [f"changed by others in the meantime and kept: {describe(change)}" for change in theirs]
    return (*lines, *map(str, plan.notes), *map(str, plan.warnings))


def cost_of(plan: Plan) -> str:
    """The cost in API calls."""
    spent = f" ({plan.calls_spent} already used to check)" if plan.calls_spent else ""
    return f"{calls(plan.calls_to_go)} to send{spent}"


def calls(count: int) -> str:
    """``1 call``, ``2 calls``."""
    return f"{count} call" + ("" if count == 1 else "s")


def describe_undo_conflict(conflict: Conflict) -> str:
    """A conflict of an undo with all three values."""
    after, before, now = (
        describe_value(conflict.path, value) for value in (conflict.base, conflict.mine, conflict.theirs)
    )
    return f"{format_path(conflict.path)}: before the change {before}, after it {after}, now {now}"


def describe_conflict(conflict: Conflict) -> str:
    """A conflict with all three values."""
    values = (
        describe_value(conflict.path, value) for value in (conflict.base, conflict.mine, conflict.theirs)
    )
    base, mine, theirs = values
    return f"{format_path(conflict.path)}: was {base}, yours {mine}, theirs {theirs}"


def plan_sentences(plan: Plan) -> tuple[str, ...]:
    """The whole plan, one sentence per line."""
    return (
        f"{title_of(plan)}:",
        *(f"  {description}" for description in changes_of(plan)),
        *(f"  note: {remark}" for remark in remarks_of(plan)),
        f"  {cost_of(plan)}",
    )


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """Method, path (percent-encoded) and JSON body; no header, so no key."""

    method: str
    path: str
    body: ApiDocument

    @property
    def line(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def text(self) -> str:
        """Request line and body, without credentials."""
        return f"{self.line}\n{json_text(self.body, indent=2)}"

    def as_curl(self, base_url: str | None) -> str:
        """The request as a curl command, with shell variables for the keys."""
        return snippet("curl", SnippetRequest(self.method, self.path, self.body, base_url=base_url))


def planned_request(plan: Plan) -> PlannedRequest:
    """The request of a plan."""
    if plan.order_id is None:
        return PlannedRequest("POST", "/v1/orders", plan.body)
    return PlannedRequest("PUT", order_path(plan.order_id), plan.body)
