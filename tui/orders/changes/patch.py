"""The smallest body of ``PUT /v1/orders/{orderId}`` that turns one document into another.

Only changed top-level fields go. Metadata goes as the full object that is meant and items as the full
array (``docs/voucherify-api.md#items-metadata-and-null``), which is right whether the service merges or
replaces them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Literal

from tui.orders.api_object import ApiDocument
from tui.orders.paths import format_path
from tui.orders.request import FieldFault, InvalidFields, OrderUpdateRequest, read_request, request_items
from tui.orders.request.models import ItemRequest

from .absent import ABSENT, same
from .diff import diff
from .follow import items_amount
from .person import person_patch

NoteKind = Literal[
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

NULLABLE = frozenset({"source_id", "referrer_id"})

EMPTIED: dict[str, type[dict[str, Any] | list[Any]]] = {"metadata": dict, "items": list}

_SERVICE_MADE = OrderUpdateRequest.service_made | {"id"}

REASONS = {
    "id": "the service gives an order its id once",
    "customer_id": "it follows the customer; change customer.id",
    "updated_at": "the service sets it at every update",
    "redemptions": "they are made by redeeming and rolling back",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a patch that a person should know before it is sent."""

    kind: NoteKind
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class Patch:
    """The body to PUT, empty when nothing is to be sent, and what it cannot say."""

    body: ApiDocument
    notes: tuple[Note, ...]


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
    notes: list[Note] = []
    for name in [*intended, *(name for name in base if name not in intended)]:
        old, new = base.get(name, ABSENT), intended.get(name, ABSENT)
        if name in _SERVICE_MADE or same(old, new):
            continue
        if name == "metadata" and null_removed_keys:
            new = _with_nulls(old, new, notes)
            if same(old, new):
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
                REASONS.get(str(root), "the service works it out") if of_order else "the service makes it"
            )
            faults.append(FieldFault(format_path(change.path), f"cannot be changed: {reason}"))
    return faults


def _add(name: str, old: Any, new: Any, body: ApiDocument, notes: list[Note]) -> None:
    if name in ("customer", "referrer"):
        person = person_patch(name, old, new)
        body.update(person.fields)
        notes.extend(Note(kind, path, message) for kind, path, message in person.remarks)
    elif new is ABSENT and name in EMPTIED:
        _empty(name, old, body, notes)
    elif name == "metadata" and isinstance(new, dict):
        body[name] = copy.deepcopy(new)
        notes.extend(_staying(old, new))
    elif name == "items" and isinstance(new, list):
        sent = request_items(new)
        if not (isinstance(old, list) and same(request_items(old), sent)):
            body[name] = sent
    elif new is ABSENT and name not in NULLABLE:
        notes.append(Note("cannot be removed", name, "the API can change it but not take it away; it stays"))
    else:
        body[name] = None if new is ABSENT else copy.deepcopy(new)
        notes.extend(_doubts(name))


def _empty(name: str, old: Any, body: ApiDocument, notes: list[Note]) -> None:
    """Metadata or items taken out as a whole: an empty value is the nearest that can be said."""
    if old:
        body[name] = EMPTIED[name]()
    notes.append(Note("emptied", name, "the API can empty it but not take it away"))
    if name == "metadata":
        notes.extend(_staying(old, {}))


def _with_nulls(old: Any, new: Any, notes: list[Note]) -> Any:
    """The metadata with null under each key that is to be gone."""
    if not isinstance(old, dict) or not (new is ABSENT or isinstance(new, dict)):
        return new
    kept = {} if new is ABSENT else new
    gone = [key for key in old if key not in kept]
    said = "the API is not known to remove a metadata key; it is set to null"
    notes.extend(Note("set to null", format_path(("metadata", key)), said) for key in gone)
    return {**kept, **dict.fromkeys(gone)}


def _keep_amount(intended: ApiDocument, body: ApiDocument, notes: list[Note]) -> None:
    """Given items without an amount, the service may add them up; an amount of its own is sent along."""
    amount, items = intended.get("amount"), body.get("items")
    if amount is None or "amount" in body or not isinstance(items, list):
        return
    total = items_amount(items)
    if total is not None and total != amount:
        body["amount"] = amount
        notes.append(
            Note("sent along", "amount", "the items add up to another amount; it is sent to be kept")
        )


def _staying(old: Any, new: ApiDocument) -> list[Note]:
    gone = [key for key in old if key not in new] if isinstance(old, dict) else []
    said = "the API is not known to remove a metadata key; it may stay as it was"
    return [Note("metadata key stays", format_path(("metadata", key)), said) for key in gone]


def _doubts(name: str) -> list[Note]:
    if name == "created_at":
        return [Note("not documented", name, "the API takes it, but may keep the first time")]
    if name not in OrderUpdateRequest.model_fields:
        return [Note("unknown", format_path((name,)), "is no field of the API, which ignores it")]
    return []
