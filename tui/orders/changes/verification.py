"""The document to expect after a request, and whether an answer matches it.

The service fills in and calculates much by itself (ids, totals, subtotals, embedded products, times): such
differences are separated from real ones, where a field is not as intended.
"""

from __future__ import annotations

import copy
from typing import Any, Literal

from tui.orders.api_object import ApiDocument
from tui.orders.json_values import ABSENT, json_equal
from tui.orders.request.models import ItemRequest, OrderRequest, OrderUpdateRequest
from tui.orders.times import parse_time

from .diff import Change, diff

PERSONS = ("customer", "referrer")

Verdict = Literal["done", "not done", "conflict"]


def expected_document(base: ApiDocument, body: ApiDocument) -> ApiDocument:
    """The document that ``base`` should become by ``body``; an empty base for a create.

    What only the service can know is left absent: a person named without an id, an amount that follows
    from sent items.
    """
    made = copy.deepcopy(base)
    if "items" in body and "amount" not in body:
        made.pop("amount", None)
    for name, value in body.items():
        if name in PERSONS and isinstance(value, dict):
            _link(made, name, value.get("id"))
        elif name == "referrer_id":
            _link(made, "referrer", value)
        else:
            made[name] = copy.deepcopy(value)
    return made


def compare_answer(intended: ApiDocument, answer: ApiDocument) -> list[Change]:
    """The values of the response that differ from the intended ones. Items are compared place by place."""
    return [
        change
        for change in _differences(intended, answer)
        if not _is_server_made(change) and not _is_same_moment(change)
    ]


def split_differences(
    base: ApiDocument, body: ApiDocument, wanted: ApiDocument, answer: ApiDocument
) -> tuple[list[Change], list[Change]]:
    """The real differences in what the request was to change, and those in the other fields.

    The first are the service's doing: a field it ignored, recomputed or keeps. The second are changes that
    somebody else made meanwhile.
    """
    names, ours = OrderUpdateRequest.model_fields, changed_fields(base, body, wanted)
    found = compare_answer(wanted, answer)
    shortfall = [change for change in found if change.path[0] in ours]
    known = {change.path[0] for change in shortfall}
    shortfall += [
        Change((name,), "added", ABSENT, answer[name])
        for name in names
        if name not in known and name in base and _stays(name, body, wanted, answer)
    ]
    shortfall += [
        Change((name,), "removed", body[name], ABSENT)
        for name in PERSONS
        if _names_no_id(body.get(name)) and body[name] and answer.get(f"{name}_id") is None
    ]
    return shortfall, [change for change in found if change.path[0] not in ours]


def changed_fields(base: ApiDocument, body: ApiDocument, wanted: ApiDocument) -> set[str]:
    """The fields of the order that a request was to change; ``wanted`` is the order as it was to be.

    The amount is one of them where items were sent, since the service adds them up.
    """
    summed = {"amount"} if "items" in body else set()
    return (
        _roots(body)
        | summed
        | {
            name
            for name in OrderUpdateRequest.model_fields
            if not json_equal(base.get(name, ABSENT), wanted.get(name, ABSENT))
        }
    )


def _stays(name: str, body: ApiDocument, wanted: ApiDocument, answer: ApiDocument) -> bool:
    """Whether a field that should be removed is still there."""
    if name in wanted or _nothing(answer.get(name, ABSENT)) or body.get(name):
        return False
    return not (name == "amount" and "items" in body) and not (name == "referrer" and "referrer_id" in body)


def server_made_changes(intended: ApiDocument, answer: ApiDocument) -> list[Change]:
    """The other differences: what the service worked out or filled in by itself (new totals, times, ids)."""
    return [
        change
        for change in _differences(intended, answer)
        if _is_server_made(change) and change.path[-1] != "object"
    ]


def verify_update(base: ApiDocument, body: ApiDocument, now: ApiDocument) -> Verdict:
    """Whether an update was applied, judged by the order as it is ``now``.

    ``base`` is the order as it was read before ``body`` was sent. ``conflict`` means that somebody changed
    the order in between, or that the update leaves no trace to check.
    """
    if _untouched(base, body, now):
        return "not done"
    if is_applied(base, body, now) and not is_applied(base, body, base):
        return "done"
    return "conflict"


def is_applied(base: ApiDocument, body: ApiDocument, now: ApiDocument) -> bool:
    """Whether every sent field is as it was meant, other fields aside."""
    roots = _roots(body)
    kept = base.get("metadata")
    for change in compare_answer(expected_document(base, body), now):
        if change.path[0] not in roots:
            continue
        key_stayed = change.path[0] == "metadata" and change.old is ABSENT and len(change.path) > 1
        if not (key_stayed and isinstance(kept, dict) and change.path[1] in kept):
            return False
    return all(_linked_anew(base, now, name) for name in PERSONS if _names_no_id(body.get(name)))


def _untouched(base: ApiDocument, body: ApiDocument, now: ApiDocument) -> bool:
    if "updated_at" not in base or "updated_at" not in now:
        return json_equal(base, now)
    if not json_equal(base["updated_at"], now["updated_at"]):
        return False
    return all(json_equal(base.get(root, ABSENT), now.get(root, ABSENT)) for root in _roots(body))


def _roots(body: ApiDocument) -> set[str]:
    roots = set(body)
    if "customer" in roots:
        roots.add("customer_id")
    if roots & {"referrer", "referrer_id"}:
        roots |= {"referrer", "referrer_id"}
    return roots


def _names_no_id(person: Any) -> bool:
    return isinstance(person, dict) and "id" not in person


def _linked_anew(base: ApiDocument, now: ApiDocument, name: str) -> bool:
    linked = now.get(f"{name}_id")
    return linked is not None and not json_equal(linked, base.get(f"{name}_id"))


def _link(document: ApiDocument, name: str, identifier: Any) -> None:
    document.pop(name, None)
    document.pop(f"{name}_id", None)
    if identifier is not None:
        document[name] = {"id": identifier, "object": "customer"}
        document[f"{name}_id"] = identifier


def _differences(intended: ApiDocument, answer: ApiDocument) -> list[Change]:
    return diff(_by_place(intended), _by_place(answer))


def _by_place(document: ApiDocument) -> ApiDocument:
    items = document.get("items")
    if not isinstance(items, list):
        return document
    return {**document, "items": dict(enumerate(items))}


def _is_server_made(change: Change) -> bool:
    path, root = change.path, change.path[0]
    if root in OrderRequest.service_made or path[-1] == "object":
        return True
    if _nothing(change.old) and _nothing(change.new):
        return root != "metadata" or len(path) == 1
    if "metadata" in path:
        return False
    if root in PERSONS and len(path) > 1 and path[1] != "id":
        return True
    if root == "items":
        return _is_made_in_items(change)
    return change.kind == "added"


def _is_same_moment(change: Change) -> bool:
    """Whether a time is only written in another way."""
    if change.path != ("created_at",) or not isinstance(change.old, str) or not isinstance(change.new, str):
        return False
    moment = parse_time(change.old)
    return moment is not None and moment == parse_time(change.new)


def _is_made_in_items(change: Change) -> bool:
    if len(change.path) < 3:
        return False
    name = change.path[2]
    if name in ("product", "sku"):
        # Products are echoed in part; only a name, price or metadata that is another one was not taken.
        return change.kind != "changed" or len(change.path) < 4 or change.path[3] in ("id", "source_id")
    return change.kind == "added" or name in ItemRequest.service_made


def _nothing(value: Any) -> bool:
    return value is ABSENT or value is None or value == {}
