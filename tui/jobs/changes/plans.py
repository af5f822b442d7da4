"""What is going to be sent, before it is: for a person to look at and for the command line to print."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from tui.jobs.changes.journal_entry import Operation
from tui.orders.api_object import ApiDocument
from tui.orders.changes import (
    Change,
    Conflict,
    Merge,
    Note,
    Side,
    decide,
    diff,
    expect,
    merge,
    overlay,
    patch_for,
    writable,
)
from tui.orders.changes.patch import EMPTIED
from tui.orders.paths import Path
from tui.orders.request import FieldWarning, OrderRequest, OrderUpdateRequest, Reading


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """An update of an order, made on the order as it was read a moment ago (``base``).

    ``changes`` lead from there to ``intended``; ``from_theirs`` is what others changed since the form was
    opened, and is kept; while ``conflicts`` stand, ``body`` is empty. ``upsert`` marks a create that hit an
    order that exists. ``extra_notes`` are shown beside those on the body. ``journal_position`` is the newest
    entry of the journal before the order was read. ``made_at`` is on the monotonic clock, in seconds.
    ``calls_spent`` and ``calls_to_go`` count requests to the service. ``changed_by`` is the process of this
    machine that caused the conflicts, if it was one.
    """

    token: str
    order_id: str
    base: ApiDocument
    intended: ApiDocument
    body: ApiDocument
    changes: tuple[Change, ...]
    from_theirs: tuple[Change, ...]
    merged: Merge
    notes: tuple[Note, ...]
    made_at: float
    calls_spent: int = 1
    operation: Operation = "update"
    undoes: int | None = None
    upsert: bool = False
    extra_notes: tuple[Note, ...] = ()
    journal_position: int | None = None
    warnings: tuple[FieldWarning, ...] = ()
    changed_by: str = ""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person must choose first."""
        return self.merged.conflicts

    @property
    def calls_to_go(self) -> int:
        """The calls that carrying it out costs."""
        return 1 if self.body else 0

    @property
    def source_id(self) -> str | None:
        """The order's source_id, if it has one."""
        found = self.base.get("source_id")
        return found if isinstance(found, str) else None

    @property
    def expected(self) -> ApiDocument:
        """What the order should look like afterwards, as far as this side can know.

        A field that was to be taken away is absent here even if the request cannot say so, so that the
        comparison with the answer finds it.
        """
        made = expect(self.base, self.body)
        for name in OrderUpdateRequest.model_fields:
            if name not in self.intended and name in self.base and name not in EMPTIED:
                made.pop(name, None)
        if "metadata" in made and isinstance(wanted := self.intended.get("metadata", {}), dict):
            made["metadata"] = wanted
        return made

    def with_note(self, note: Note) -> UpdatePlan:
        """The plan with one more thing to know."""
        return replace(self, extra_notes=(note, *self.extra_notes), notes=(note, *self.notes))

    def decided(self, choices: Mapping[Path, Side]) -> UpdatePlan:
        """The plan with conflicts settled, a side for each path.

        Raises:
            InvalidFields: the outcome is not what the API takes.
        """
        return _settled(self, decide(self.merged, choices))


@dataclass(frozen=True, slots=True)
class CreatePlan:
    """A create. ``source_id`` was filled in when ``filled``, so that it can be looked up afterwards."""

    token: str
    source_id: str
    filled: bool
    body: ApiDocument
    notes: tuple[Note, ...]
    warnings: tuple[FieldWarning, ...]
    made_at: float
    calls_spent: int = 0
    calls_to_go: int = 1
    journal_position: int | None = None
    operation: Operation = "create"
    order_id: None = None
    undoes: None = None

    @property
    def base(self) -> ApiDocument:
        """There is no order yet."""
        return {}

    @property
    def expected(self) -> ApiDocument:
        """What the order should look like, as far as this side can know."""
        return expect({}, self.body)


Plan = UpdatePlan | CreatePlan


def update_plan(
    opened: ApiDocument,
    intended: ApiDocument,
    now: ApiDocument,
    *,
    made_at: float,
    operation: Operation = "update",
    undoes: int | None = None,
    extra_notes: tuple[Note, ...] = (),
    journal_position: int | None = None,
) -> UpdatePlan:
    """Plan the update of the order that was ``opened``, is meant to be ``intended`` and is ``now``.

    Only what can be written is merged: totals and times that the service moved are nobody's edit.

    Raises:
        InvalidFields: a field that cannot be written was changed, or a value that the API would refuse.
    """
    blank = UpdatePlan(
        token=uuid4().hex,
        order_id=str(now["id"]),
        base=now,
        intended=now,
        body={},
        changes=(),
        from_theirs=(),
        merged=Merge(now, now, ()),
        notes=(),
        made_at=made_at,
        operation=operation,
        undoes=undoes,
        extra_notes=extra_notes,
        journal_position=journal_position,
    )
    return _settled(blank, merge(writable(opened), writable(intended), writable(now)))


def _settled(plan: UpdatePlan, merged: Merge) -> UpdatePlan:
    service_made = {name: plan.base[name] for name in plan.base.keys() - writable(plan.base).keys()}
    intended = {**service_made, **merged.document}
    nulls = plan.operation == "undo"
    patch = None if merged.conflicts else patch_for(plan.base, intended, null_removed_keys=nulls)
    return replace(
        plan,
        intended=intended,
        merged=merged,
        body=patch.body if patch else {},
        notes=(*plan.extra_notes, *(patch.notes if patch else ())),
        changes=tuple(diff(writable(plan.base), merged.document)),
        from_theirs=merged.from_theirs,
    )


PREFIX = "ordex-"


def create_plan(reading: Reading[OrderRequest], *, calls_spent: int) -> CreatePlan:
    """The plan of a create; a missing ``source_id`` is filled in with a new, unique one."""
    body = reading.request.to_body()
    source_id, notes = reading.request.source_id, []
    filled = source_id is None
    if source_id is None:
        source_id = body["source_id"] = f"{PREFIX}{uuid4()}"
    if reading.request.id is not None:
        said = "no order has this id, and the service gives ids itself; it will probably refuse"
        notes.append(Note("not documented", "id", said))
    return CreatePlan(
        token=uuid4().hex,
        source_id=source_id,
        filled=filled,
        body=body,
        notes=tuple(notes),
        warnings=reading.warnings,
        made_at=time.monotonic(),
        calls_spent=calls_spent,
    )


def upsert_plan(reading: Reading[OrderRequest], existing: ApiDocument, *, calls_spent: int) -> UpdatePlan:
    """The plan of a create whose id or source_id an order has already: that order's update."""
    given = {
        name: value
        for name, value in reading.request.to_body().items()
        if name in OrderRequest.model_fields and name != "id"
    }
    plan = update_plan(existing, overlay(existing, given), existing, made_at=time.monotonic())
    return replace(plan, upsert=True, warnings=reading.warnings, calls_spent=calls_spent)
