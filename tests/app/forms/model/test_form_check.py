"""From a form to a request: nothing typed, nothing sent; what is typed is checked by the request models."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.order_documents import PAIRS, Document
from tui.app.forms.form_drafts import from_draft, to_draft
from tui.app.forms.form_interface import edit_form, new_form, template_form
from tui.app.forms.model.document_input import apply_text, document_text
from tui.app.forms.model.form_check import check_form
from tui.app.forms.model.form_fields import FormField, field_text, order_form_fields
from tui.app.forms.model.metadata_edits import metadata_text, metadata_value, type_of
from tui.app.forms.model.person_mode import choose_mode
from tui.orders.changes import ABSENT, patch_for
from tui.orders.paths import value_at

ORDER_FIELDS = order_form_fields("text", "status", "amount", "time")
FIELD = {field.path[0]: field for field in ORDER_FIELDS}
TEXT = st.characters(codec="utf-8", exclude_characters="\0")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(TEXT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(TEXT), inner, max_size=3),
    max_leaves=12,
)
ODD = st.dictionaries(
    st.sampled_from(["id", "source_id", "status", "amount", "items", "metadata", "customer", "currency"]),
    JSON,
)


def untouched(base: Document) -> None:
    """Open, touch every field without changing it, and look at the patch."""
    before = copy.deepcopy(base)
    state = edit_form(base)
    for field in ORDER_FIELDS:
        text = field_text(field, value_at(base, field.path))
        if text is not None:
            state = state.type_text(field, field.path, text)
    state = apply_text(state, document_text(state))
    assert patch_for(base, check_form(state).intended).body == {}
    assert check_form(state).faults == ()
    assert base == before


@settings(max_examples=300)
@given(PAIRS)
def test_opening_and_saving_changes_nothing(drawn: tuple[Document, Document]) -> None:
    """An order that was only looked at gives an empty patch, with every field left as it shows."""
    untouched(drawn[1])


@settings(max_examples=300)
@given(ODD)
def test_opening_and_saving_an_odd_order_changes_nothing(base: dict[str, Any]) -> None:
    """Whatever an order holds, floats, dates, nulls and wrong types: nothing is sent for it."""
    untouched(base)


@settings(max_examples=300)
@given(JSON)
def test_metadata_values_come_back_exactly(value: Any) -> None:
    """What a metadata field shows is read back as the very value, of the same type."""
    text = metadata_text(value)
    if text is not None:
        read = metadata_value(type_of(value), text)
        assert read == value
        assert type(read) is type(value)


@settings(max_examples=200)
@given(PAIRS)
def test_an_edited_document_is_the_patch_that_is_meant(drawn: tuple[Document, Document]) -> None:
    """A form and its draft read back say the same."""
    base, other = drawn
    state = edit_form(base).with_document(other)
    again = from_draft(to_draft(state))
    assert check_form(again) == check_form(state)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("amount", "12.5055", "must be an amount like 12.50, with at most 2 decimals"),
        ("amount", "-1", "must not be negative"),
        ("discount_amount", "ten", "must be an amount like 12.50, with at most 2 decimals"),
        ("status", "SENT", "must be one of CREATED, PAID, CANCELED, FULFILLED"),
        ("source_id", "  ", "must not be empty"),
        ("created_at", "yesterday", "must be a time like 2026-01-31T14:05:00.000Z"),
    ],
)
def test_faults_are_told_at_the_field(name: str, text: str, said: str) -> None:
    """A text that cannot be sent is a fault of its own field, in words, for a new order and an update."""
    for state in (new_form(), edit_form({"id": "ord_1"})):
        faults = check_form(state.type_text(FIELD[name], (name,), text)).faults
        assert [(fault.path, fault.message) for fault in faults] == [(name, said)]


def test_an_update_sends_the_changed_field_only() -> None:
    """The body of a one-field change holds that field."""
    base = {"id": "ord_1", "status": "CREATED", "amount": 1000, "metadata": {"a": 1}, "object": "order"}
    state = edit_form(base).type_text(FIELD["status"], ("status",), "PAID")
    assert check_form(state).body == {"status": "PAID"}


def test_amounts_follow_until_they_are_typed() -> None:
    """An amount that was the sum follows a changed line; a typed one stays; emptied, it is the sum again."""
    base = {
        "id": "o",
        "amount": 2000,
        "items": [{"product_id": "p", "price": 1000, "quantity": 2, "amount": 2000}],
    }
    state = edit_form(base).set_value(("items", 0, "quantity"), 3)
    assert check_form(state).body["amount"] == 3000
    typed = state.type_text(FIELD["amount"], ("amount",), "25")
    assert check_form(typed).body["amount"] == 2500
    emptied = typed.type_text(FIELD["amount"], ("amount",), "")
    assert check_form(emptied).body["amount"] == 3000


def test_a_template_follows_too() -> None:
    """A duplicated order has no identity, and its amount follows its lines."""
    answered = {
        "id": "ord_1",
        "source_id": "web-1",
        "object": "order",
        "customer_id": "cust_1",
        "amount": 100,
        "items": [{"price": 100, "quantity": 1, "amount": 100, "object": "order_item"}],
    }
    state = template_form(answered).set_value(("items", 0, "quantity"), 2)
    assert check_form(state).body == {
        "customer": {"id": "cust_1"},
        "amount": 200,
        "items": [{"price": 100, "quantity": 2, "amount": 200}],
    }


def test_a_person_that_is_not_named_is_a_fault() -> None:
    """Choosing a way to name the customer asks for the name."""
    state = choose_mode(new_form(), "customer", "by id")
    assert [fault.path for fault in check_form(state).faults] == ["customer.id"]
    assert [f.path for f in check_form(choose_mode(new_form(), "referrer", "new")).faults] == [
        "referrer.name"
    ]


def test_a_value_of_another_type_can_only_be_kept() -> None:
    """A field does not show what it could not give back."""
    amount, text = FIELD["amount"], FormField(("source_id",), "Source ID")
    assert field_text(amount, 12.5) is None
    assert field_text(amount, "12") is None
    assert field_text(text, 5) is None
    assert field_text(text, "a\u202eb") is None
    assert field_text(text, "a\nb") is None
    assert field_text(amount, 123456) == "1234.56"
    assert field_text(text, ABSENT) == ""
