"""How a changed customer or referrer is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tui.orders.changes import ABSENT
from tui.orders.changes.patch import person_patch

BY_SOURCE = {"source_id": "c", "name": "Z"}
OLD = {"id": "cust_1", "object": "customer"}


@pytest.mark.parametrize(
    ("old", "new", "fields", "remark"),
    [
        (OLD, {"id": "cust_2"}, {"customer": {"id": "cust_2"}}, None),
        (OLD, {"id": "cust_2", "name": "Z"}, {"customer": {"id": "cust_2", "name": "Z"}}, None),
        (OLD, {**OLD, "name": "Z"}, {"customer": {"id": "cust_1", "name": "Z"}}, None),
        (OLD, {**OLD, "source_id": "c"}, {"customer": {"source_id": "c"}}, "links another"),
        (OLD, {"name": "New"}, {"customer": {"name": "New"}}, "links another"),
        (ABSENT, {"source_id": "c"}, {"customer": {"source_id": "c"}}, None),
        (
            {"source_id": "c"},
            {"source_id": "c", "name": "Z"},
            {"customer": {"source_id": "c", "name": "Z"}},
            None,
        ),
        ({**OLD, "name": "Z"}, OLD, {}, "cannot be removed"),
        (OLD, {"id": "cust_1"}, {}, None),
        (OLD, ABSENT, {}, "cannot be removed"),
        (OLD, 5, {"customer": 5}, None),
    ],
)
def test_a_person_is_named_as_the_api_finds_one(old: Any, new: Any, fields: Any, remark: str | None) -> None:
    """By id; by source_id only without an id; only changed data go along."""
    patch = person_patch("customer", old, new)
    assert patch.fields == fields
    assert [kind for kind, _, _ in patch.remarks] == ([remark] if remark else [])


def test_a_referrer_can_be_taken_away() -> None:
    """Its id may be null, unlike a customer."""
    assert person_patch("referrer", OLD, None).fields == {"referrer_id": None}
