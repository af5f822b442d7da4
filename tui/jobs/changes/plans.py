"""Plans of creates and updates: what will be sent, for the user to confirm."""

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
    PatchNote,
    Side,
    diff,
    expected_document,
    merge,
    overlay_document,
    patch_for,
    resolve_conflicts,
    writable,
)
from tui.orders.changes.patch import EMPTIED
from tui.orders.paths import Path
from tui.orders.request import FieldWarning, OrderRequest, OrderUpdateRequest, ValidatedRequest


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """An update of the order as it was just read (``base``).

    ``changes`` lead from ``base`` to ``intended``; ``from_theirs`` are changes by others since the form was
    opened, which are kept; ``body`` is empty until all ``conflicts`` are resolved. ``upsert`` marks a create
    of an order that exists. ``extra_notes`` are shown with those on the body. ``journal_position`` is the
    number of the newest journal entry before the order was read. ``made_at`` is in seconds of the monotonic
    clock. ``calls_spent`` and ``calls_to_go`` count requests to the service. ``changed_by`` names the
    process on this machine that caused the conflicts, if any.
    """

    token: str
    order_id: str
    base: ApiDocument
    intended: ApiDocument
    body: ApiDocument
    changes: tuple[Change, ...]
    from_theirs: tuple[Change, ...]
    merged: Merge
    notes: tuple[PatchNote, ...]
    made_at: float
    calls_spent: int = 1
    operation: Operation = "update"
    undoes: int | None = None
    upsert: bool = False
    extra_notes: tuple[PatchNote, ...] = ()
    journal_position: int | None = None
    warnings: tuple[FieldWarning, ...] = ()
    changed_by: str = ""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that the user must resolve first."""
        return self.merged.conflicts

    @property
    def calls_to_go(self) -> int:
        """The number of calls that sending it costs."""
        return 1 if self.body else 0

    @property
    def source_id(self) -> str | None:
        """The order's source_id, if it has one."""
        found = self.base.get("source_id")
        return found if isinstance(found, str) else None

    @property
    def expected(self) -> ApiDocument:
        """The expected order afterwards, as far as the client can know.

        A field to be removed is absent here even if the request cannot express that, so that the comparison
        with the answer finds it.
        """
        made = expected_document(self.base, self.body)
        for name in OrderUpdateRequest.model_fields:
            if name not in self.intended and name in self.base and name not in EMPTIED:
                made.pop(name, None)
        if "metadata" in made and isinstance(wanted := self.intended.get("metadata", {}), dict):
            made["metadata"] = wanted
        return made

    def with_note(self, note: PatchNote) -> UpdatePlan:
        """The plan with one more note."""
        return replace(self, extra_notes=(note, *self.extra_notes), notes=(note, *self.notes))

    def decided(self, choices: Mapping[Path, Side]) -> UpdatePlan:
        """The plan with conflicts resolved by a side for each path.

        Raises:
            InvalidFields: the API would refuse the result.
        """
        return _settled(self, resolve_conflicts(self.merged, choices))


@dataclass(frozen=True, slots=True)
class CreatePlan:
    """A create. If ``filled``, Ordex generated the ``source_id``, so that the order can be looked up."""

    token: str
    source_id: str
    filled: bool
    body: ApiDocument
    notes: tuple[PatchNote, ...]
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
        """Empty: there is no order yet."""
        return {}

    @property
    def expected(self) -> ApiDocument:
        """The expected order, as far as the client can know."""
        return expected_document({}, self.body)


Plan = UpdatePlan | CreatePlan


def update_plan(
    opened: ApiDocument,
    intended: ApiDocument,
    now: ApiDocument,
    *,
    made_at: float,
    operation: Operation = "update",
    undoes: int | None = None,
    extra_notes: tuple[PatchNote, ...] = (),
    journal_position: int | None = None,
) -> UpdatePlan:
    """Plan the update of an order from the state ``opened`` to ``intended``, when it is ``now``.

    Only writable fields are merged: totals and times that the service changed are not edits.

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


def create_plan(reading: ValidatedRequest[OrderRequest], *, calls_spent: int) -> CreatePlan:
    """Plan a create; a missing ``source_id`` is generated."""
    body = reading.request.to_body()
    source_id, notes = reading.request.source_id, []
    filled = source_id is None
    if source_id is None:
        source_id = body["source_id"] = f"{PREFIX}{uuid4()}"
    if reading.request.id is not None:
        text = "no order has this id, and the service gives ids itself; it will probably refuse"
        notes.append(PatchNote("not documented", "id", text))
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


def upsert_plan(
    reading: ValidatedRequest[OrderRequest], existing: ApiDocument, *, calls_spent: int
) -> UpdatePlan:
    """Plan a create with the id or source_id of an existing order, as an update of that order."""
    given = {
        name: value
        for name, value in reading.request.to_body().items()
        if name in OrderRequest.model_fields and name != "id"
    }
    plan = update_plan(existing, overlay_document(existing, given), existing, made_at=time.monotonic())
    return replace(plan, upsert=True, warnings=reading.warnings, calls_spent=calls_spent)
