"""How a changed customer or referrer is sent (``docs/voucherify-api.md#order-requests``, ``#customers``).

The API finds a person by ``id``, else by ``source_id``, else makes a new one; it ignores ``source_id``
when there is an ``id``, and a person's ``source_id`` never changes. So another ``source_id`` means another
person, and the old ``id`` must not go with it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Literal

from tui.orders.api_object import ApiDocument

from .absent import ABSENT, same

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
    changed = {key: value for key, value in given.items() if not same(before.get(key, ABSENT), value)}
    if "id" in changed:
        return PersonPatch({name: changed})
    if "id" in before and ("id" not in given or "source_id" in changed):
        given.pop("id", None)
        remark: Remark = (
            "links another",
            name,
            f"the order gets another {name}; {before['id']} stays as it is",
        )
        return PersonPatch({name: given}, [remark])
    named = {key: before[key] for key in ("id", "source_id") if key in before}
    gone = [key for key in before if key not in new and key != "object"]
    remarks: list[Remark] = [
        ("cannot be removed", f"{name}.{key}", "the API can change it but not take it away") for key in gone
    ]
    return PersonPatch({name: {**named, **changed}} if changed else {}, remarks)


def _taken_away(name: str) -> PersonPatch:
    if name == "referrer":
        return PersonPatch({"referrer_id": None})
    said = "an order's customer can be replaced but not removed"
    return PersonPatch({}, [("cannot be removed", name, said)])
