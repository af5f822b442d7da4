"""Checks a form: the intended document, the request to send, faults and warnings."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from tui.orders.api_object import ApiDocument
from tui.orders.changes import ABSENT, json_equal, patch_for, update_amounts
from tui.orders.changes.item_amounts import items_amount
from tui.orders.changes.item_matching import match_items
from tui.orders.paths import format_path
from tui.orders.request import FieldFault, InvalidFields, OrderRequest, OrderUpdateRequest, read_request

from .calculated_amounts import line_amount
from .form_state import FormState
from .person_mode import missing_identity

PEOPLE = ("customer", "referrer")


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """The result of checking a form.

    ``intended`` is the complete document, ``body`` the request (for an update only the changed fields;
    unchecked while there are faults). Faults prevent sending, warnings do not. The texts of both may
    contain data of the order.
    """

    intended: ApiDocument
    body: ApiDocument
    faults: tuple[FieldFault, ...]
    warnings: tuple[str, ...]


def intended_document(state: FormState) -> ApiDocument:
    """The intended document: amounts that matched the items before are recalculated from them."""
    if state.document is state.origin:
        return copy.deepcopy(state.document)
    made = update_amounts(state.origin, state.document)
    return _recalculated(state.origin, made) if state.kind == "update" else made


def _recalculated(base: ApiDocument, made: ApiDocument) -> ApiDocument:
    """Calculate amounts that were emptied: the API cannot remove the amount of an order."""
    old, new = base.get("items"), made.get("items")
    if isinstance(old, list) and isinstance(new, list):
        for before, after in match_items(old, new):
            if before is not None and after is not None:
                _recalculate_item(old[before], new[after])
    total = items_amount(new) if isinstance(new, list) else None
    if "amount" in base and "amount" not in made and total is not None:
        made["amount"] = total
    return made


def _recalculate_item(before: Any, after: Any) -> None:
    if isinstance(before, dict) and isinstance(after, dict) and "amount" in before and "amount" not in after:
        amount = line_amount(after)
        if amount is not None:
            after["amount"] = amount


def check_form(state: FormState) -> CheckedForm:
    """Check a form with the models that check every request."""
    meant = intended_document(state)
    faults = [FieldFault(format_path(path), typed.fault) for path, typed in state.typed.items()]
    if state.rejected is not None:
        faults.append(FieldFault("", f"the edited text is not an order: {state.rejected.reason}"))
    faults.extend(
        FieldFault(f"{who}.{_naming_field(state, who)}", missing)
        for who in PEOPLE
        if (missing := missing_identity(state, who))
    )
    known = {fault.path for fault in faults}
    body, found, warnings = _update(state.origin, meant) if state.kind == "update" else _create(meant)
    faults.extend(fault for fault in found if fault.path not in known)
    return CheckedForm(meant, body, tuple(faults), warnings)


def _naming_field(state: FormState, who: str) -> str:
    mode = state.modes.get(who)
    return {"by id": "id", "by source_id": "source_id"}.get(mode or "", "name")


def _create(meant: ApiDocument) -> tuple[ApiDocument, tuple[FieldFault, ...], tuple[str, ...]]:
    try:
        reading = read_request(meant, OrderRequest)
    except InvalidFields as invalid:
        return meant, invalid.faults, ()
    return reading.request.to_body(), (), tuple(map(str, reading.warnings))


def _update(
    base: ApiDocument, meant: ApiDocument
) -> tuple[ApiDocument, tuple[FieldFault, ...], tuple[str, ...]]:
    try:
        patch = patch_for(base, meant)
        warnings = read_request(patch.body, OrderUpdateRequest).warnings if patch.body else ()
    except InvalidFields as invalid:
        changed = {
            name: value for name, value in meant.items() if not json_equal(value, base.get(name, ABSENT))
        }
        return changed, invalid.faults, ()
    notes = [str(note) for note in patch.notes]
    ignored = [str(warning) for warning in warnings if not any(warning.path in note for note in notes)]
    return patch.body, (), (*notes, *ignored)
