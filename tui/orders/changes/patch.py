"""The smallest body of ``PUT /v1/orders/{orderId}`` that turns one document into another.

Only changed top-level fields go. Metadata goes as the full object that is meant and items as the full
array (``docs/voucherify-api.md#items-metadata-and-null``), which is right whether the service merges or
replaces them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Literal

from tui.orders.api_object import ApiDocument
from tui.orders.json_values import ABSENT, json_equal
from tui.orders.order_fields import nullable_names
from tui.orders.paths import format_path
from tui.orders.request import FieldFault, InvalidFields, OrderUpdateRequest, read_request, request_items
from tui.orders.request.models import ItemRequest

from .diff import diff
from .item_amounts import items_amount

Remark = tuple[Literal["cannot be removed", "links another"], str, str]


@dataclass(slots=True)
class PersonPatch:
    """The fields of the body, and remarks as (kind, path, message)."""

    fields: ApiDocument = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def person_patch(name: str, old: Any, new: Any) -> PersonPatch:
    """What to send so that the ``customer`` or ``referrer`` ``old`` becomes ``new``; either may be absent."""
    if new is ABSENT or new is None:
        return _taken_away(name)
    if not isinstance(new, dict):
        return PersonPatch({name: new})
    before = old if isinstance(old, dict) else {}
    given = {key: copy.deepcopy(value) for key, value in new.items() if key != "object"}
    changed = {key: value for key, value in given.items() if not json_equal(before.get(key, ABSENT), value)}
    if "id" in changed:
        return PersonPatch({name: changed})
    if "id" in before and ("id" not in given or "source_id" in changed):
        given.pop("id", None)
        remark: Remark = (
            "links another",
            name,
            f"the order gets another {name}; {before['id']} stays unchanged",
        )
        return PersonPatch({name: given}, [remark])
    named = {key: before[key] for key in ("id", "source_id") if key in before}
    gone = [key for key in before if key not in new and key != "object"]
    remarks: list[Remark] = [
        ("cannot be removed", f"{name}.{key}", "the API can change it but not remove it") for key in gone
    ]
    return PersonPatch({name: {**named, **changed}} if changed else {}, remarks)


def _taken_away(name: str) -> PersonPatch:
    if name == "referrer":
        return PersonPatch({"referrer_id": None})
    text = "an order's customer can be replaced but not removed"
    return PersonPatch({}, [("cannot be removed", name, text)])


PatchNoteKind = Literal[
    "metadata key stays",
    "set to null",
    "emptied",
    "cannot be removed",
    "links another",
    "not documented",
    "unknown",
    "sent along",
    "made elsewhere",
]

EMPTIED: dict[str, type[dict[str, Any] | list[Any]]] = {"metadata": dict, "items": list}

_SERVICE_MADE = OrderUpdateRequest.service_made | {"id"}

REASONS = {
    "id": "the service gives an order its id once",
    "customer_id": "it follows the customer; change customer.id",
    "updated_at": "the service sets it at every update",
    "redemptions": "they are made by redeeming and rolling back",
}


@dataclass(frozen=True, slots=True)
class PatchNote:
    """A note about a patch, shown before it is sent."""

    kind: PatchNoteKind
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class Patch:
    """The body to PUT, empty if nothing changed, and notes about what it cannot express."""

    body: ApiDocument
    notes: tuple[PatchNote, ...]


def patch_for(base: ApiDocument, intended: ApiDocument, *, null_removed_keys: bool = False) -> Patch:
    """The body that changes an order from ``base`` to ``intended``.

    Service-made fields that ``intended`` leaves out are not missed. With ``null_removed_keys`` a metadata
    key that ``intended`` leaves out becomes null, the nearest to its absence that the API is known to take.

    Raises:
        InvalidFields: a field that cannot be written was changed, or a value that the API would refuse.
    """
    if faults := _read_only(base, intended):
        raise InvalidFields(faults)
    body: ApiDocument = {}
    notes: list[PatchNote] = []
    for name in [*intended, *(name for name in base if name not in intended)]:
        old, new = base.get(name, ABSENT), intended.get(name, ABSENT)
        if name in _SERVICE_MADE or json_equal(old, new):
            continue
        if name == "metadata" and null_removed_keys:
            new = _with_nulls(old, new, notes)
            if json_equal(old, new):
                continue
        _add(name, old, new, body, notes)
    _keep_amount(intended, body, notes)
    read_request(body, OrderUpdateRequest)
    return Patch(body, tuple(notes))


def _read_only(base: ApiDocument, intended: ApiDocument) -> list[FieldFault]:
    faults = []
    for change in diff(base, intended):
        root, leaf = change.path[0], change.path[-1]
        of_order = root in _SERVICE_MADE
        of_item = root == "items" and len(change.path) == 3 and leaf in ItemRequest.service_made
        if change.kind != "removed" and (of_order or of_item):
            reason = (
                REASONS.get(str(root), "the service calculates it") if of_order else "the service sets it"
            )
            faults.append(FieldFault(format_path(change.path), f"cannot be changed: {reason}"))
    return faults


def _add(name: str, old: Any, new: Any, body: ApiDocument, notes: list[PatchNote]) -> None:
    if name in ("customer", "referrer"):
        person = person_patch(name, old, new)
        body.update(person.fields)
        notes.extend(PatchNote(kind, path, message) for kind, path, message in person.remarks)
    elif new is ABSENT and name in EMPTIED:
        _empty(name, old, body, notes)
    elif name == "metadata" and isinstance(new, dict):
        body[name] = copy.deepcopy(new)
        notes.extend(_staying(old, new))
    elif name == "items" and isinstance(new, list):
        sent = request_items(new)
        if not (isinstance(old, list) and json_equal(request_items(old), sent)):
            body[name] = sent
    elif new is ABSENT and name not in nullable_names():
        notes.append(
            PatchNote("cannot be removed", name, "the API can change it but not remove it; it stays")
        )
    else:
        body[name] = None if new is ABSENT else copy.deepcopy(new)
        notes.extend(_doubts(name))


def _empty(name: str, old: Any, body: ApiDocument, notes: list[PatchNote]) -> None:
    """Metadata or items taken out as a whole: an empty value is the closest that the API takes."""
    if old:
        body[name] = EMPTIED[name]()
    notes.append(PatchNote("emptied", name, "the API can empty it but not remove it"))
    if name == "metadata":
        notes.extend(_staying(old, {}))


def _with_nulls(old: Any, new: Any, notes: list[PatchNote]) -> Any:
    """The metadata with null under each key that is to be gone."""
    if not isinstance(old, dict) or not (new is ABSENT or isinstance(new, dict)):
        return new
    kept = {} if new is ABSENT else new
    gone = [key for key in old if key not in kept]
    text = "the API is not known to remove a metadata key; it is set to null"
    notes.extend(PatchNote("set to null", format_path(("metadata", key)), text) for key in gone)
    return {**kept, **dict.fromkeys(gone)}


def _keep_amount(intended: ApiDocument, body: ApiDocument, notes: list[PatchNote]) -> None:
    """Given items without an amount, the service may add them up; an amount of its own is sent along."""
    amount, items = intended.get("amount"), body.get("items")
    if amount is None or "amount" in body or not isinstance(items, list):
        return
    total = items_amount(items)
    if total is not None and total != amount:
        body["amount"] = amount
        notes.append(
            PatchNote(
                "sent along", "amount", "the items add up to another amount; it is sent so that it stays"
            )
        )


def _staying(old: Any, new: ApiDocument) -> list[PatchNote]:
    gone = [key for key in old if key not in new] if isinstance(old, dict) else []
    text = "the API is not known to remove a metadata key; it may stay as it was"
    return [PatchNote("metadata key stays", format_path(("metadata", key)), text) for key in gone]


def _doubts(name: str) -> list[PatchNote]:
    if name == "created_at":
        return [PatchNote("not documented", name, "the API accepts it, but may keep the first value")]
    if name not in OrderUpdateRequest.model_fields:
        return [PatchNote("unknown", format_path((name,)), "is unknown to the API, which ignores it")]
    return []
