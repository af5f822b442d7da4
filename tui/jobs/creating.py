"""Plans of creates, and of creates that turn out to be updates (``docs/voucherify-api.md#identity``)."""

from __future__ import annotations

import time
from dataclasses import replace
from uuid import uuid4

from tui.orders.api_object import ApiDocument
from tui.orders.changes import Note, overlay
from tui.orders.request import OrderRequest, Reading

from .plans import CreatePlan, UpdatePlan, update_plan

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
