"""The smallest body that says what is meant, and what it cannot say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from tests.support.order_documents import PAIRS, Document
from tui.orders.changes import json_equal, patch_for
from tui.orders.request import InvalidFields

BASE: Document = {
    "id": "ord_1",
    "source_id": "web-1",
    "updated_at": None,
    "status": "CREATED",
    "amount": 300,
    "total_amount": 300,
    "items": [
        {"product_id": "p", "quantity": 1, "amount": 100, "subtotal_amount": 100, "object": "order_item"},
        {"product_id": "q", "amount": 200, "subtotal_amount": 200, "object": "order_item"},
    ],
    "metadata": {"a": 1, "b": {"c": 2}},
    "customer": {"id": "cust_1", "object": "customer"},
    "customer_id": "cust_1",
    "referrer": {"id": "cust_9", "object": "customer"},
    "referrer_id": "cust_9",
    "object": "order",
}
LEAN_ITEMS = [{"product_id": "p", "quantity": 1, "amount": 100}, {"product_id": "q", "amount": 200}]


@pytest.mark.parametrize(
    ("given_fields", "body"),
    [
        ({}, {}),
        ({"status": "PAID"}, {"status": "PAID"}),
        ({"source_id": None}, {"source_id": None}),
        ({"referrer_id": None}, {"referrer_id": None}),
        ({"metadata": {"a": 2, "b": {"c": 2}}}, {"metadata": {"a": 2, "b": {"c": 2}}}),
        ({"metadata": {"a": None, "b": {"c": 2}}}, {"metadata": {"a": None, "b": {"c": 2}}}),
        ({"customer": {"id": "cust_2", "object": "customer"}}, {"customer": {"id": "cust_2"}}),
        (
            {"customer": {"id": "cust_1", "object": "customer", "email": "a@b.c"}},
            {"customer": {"id": "cust_1", "email": "a@b.c"}},
        ),
        (
            {"items": list(reversed(BASE["items"]))},
            {
                "items": [
                    {"product_id": "q", "amount": 200},
                    {"product_id": "p", "quantity": 1, "amount": 100},
                ]
            },
        ),
        (
            {
                "items": [
                    {"product_id": "p", "quantity": 1, "amount": 100},
                    {"product_id": "q", "amount": 200},
                ]
            },
            {},
        ),
    ],
)
def test_only_what_changed_goes(given_fields: Document, body: Document) -> None:
    """One field, or the full metadata, or the full items without what the service makes."""
    patch = patch_for(BASE, {**BASE, **given_fields})
    assert (patch.body, patch.notes) == (body, ())


@pytest.mark.parametrize(
    ("intended", "body", "kind", "path"),
    [
        ({**BASE, "metadata": {"a": 1}}, {"metadata": {"a": 1}}, "metadata key stays", "metadata.b"),
        ({name: v for name, v in BASE.items() if name != "amount"}, {}, "cannot be removed", "amount"),
        ({**BASE, "customer": None}, {}, "cannot be removed", "customer"),
        (
            {**BASE, "customer": {"id": "cust_1", "source_id": "c-2"}},
            {"customer": {"source_id": "c-2"}},
            "links another",
            "customer",
        ),
        (
            {**BASE, "customer": {"name": "New", "email": "n@e.w"}},
            {"customer": {"name": "New", "email": "n@e.w"}},
            "links another",
            "customer",
        ),
        (
            {**BASE, "created_at": "2026-01-31T14:05:00Z"},
            {"created_at": "2026-01-31T14:05:00Z"},
            "not documented",
            "created_at",
        ),
        ({**BASE, "colour": "red"}, {"colour": "red"}, "unknown", "colour"),
        (
            {**BASE, "items": [{"product_id": "p", "amount": 100}]},
            {"items": [{"product_id": "p", "amount": 100}], "amount": 300},
            "sent along",
            "amount",
        ),
    ],
)
def test_what_cannot_be_said_is_noted(intended: Document, body: Document, kind: str, path: str) -> None:
    """The note names the field and the kind of trouble; the rest of the body goes."""
    patch = patch_for(BASE, intended)
    assert patch.body == body
    assert [(note.kind, note.path) for note in patch.notes] == [(kind, path)]
    assert str(patch.notes[0]).startswith(path)


def test_a_metadata_or_item_array_taken_out_is_emptied() -> None:
    """There is no other way to say it."""
    intended = {name: value for name, value in BASE.items() if name not in ("metadata", "items", "referrer")}
    patch = patch_for(BASE, intended)
    assert patch.body == {"metadata": {}, "items": [], "referrer_id": None}
    assert [note.path for note in patch.notes] == ["items", "metadata", "metadata.a", "metadata.b"]
    assert patch_for({"metadata": {}, "items": []}, {}).body == {}


@pytest.mark.parametrize(
    ("given_fields", "path", "said"),
    [
        ({"id": "ord_2"}, "id", "once"),
        ({"total_amount": 1}, "total_amount", "calculates it"),
        ({"customer_id": "cust_2"}, "customer_id", "change customer.id"),
        ({"updated_at": "x"}, "updated_at", "at every update"),
        ({"redemptions": {}}, "redemptions", "redeeming"),
        (
            {"items": [{**BASE["items"][0], "subtotal_amount": 9}, BASE["items"][1]]},
            "items[0].subtotal_amount",
            "sets it",
        ),
        ({"amount": -5}, "amount", "must not be negative"),
        ({"metadata": None}, "metadata", "must not be null"),
        ({"customer": "cust_1"}, "customer", "must be an object"),
        ({"items": None}, "items", "must not be null"),
    ],
)
def test_what_cannot_be_written_is_refused(given_fields: Document, path: str, said: str) -> None:
    """Read-only fields and bad values, each with its reason."""
    with pytest.raises(InvalidFields) as invalid:
        patch_for(BASE, {**BASE, **given_fields})
    (fault,) = invalid.value.faults
    assert fault.path == path
    assert said in fault.message


def test_what_the_service_makes_may_be_left_out() -> None:
    """A document without totals and times, as a person writes one, changes nothing by that."""
    lean = {
        name: value
        for name, value in BASE.items()
        if name not in ("updated_at", "total_amount", "object", "id")
    }
    assert patch_for(BASE, lean).body == {}


@settings(max_examples=1_000, deadline=None)
@given(PAIRS)
def test_the_body_names_changed_fields_only(drawn: tuple[Document, Document]) -> None:
    """No field goes that is the same on both sides, but an amount that would else be added up anew."""
    base, intended = drawn
    patch = patch_for(base, intended)
    along = {note.path for note in patch.notes if note.kind == "sent along"}
    for name in patch.body.keys() - along:
        assert not json_equal(base.get(name, "absent"), intended.get(name, "absent"))
    unsaid: set[Any] = {note.path.split(".")[0] for note in patch.notes}
    for name in {*base, *intended} - {*patch.body} - unsaid:
        assert json_equal(base.get(name, "absent"), intended.get(name, "absent"))
