"""Whole documents in a form: as text to edit, and back."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.order_documents import PAIRS, Document
from tui.app.forms.form_drafts import from_draft, to_draft
from tui.app.forms.form_interface import edit_form, new_form
from tui.app.forms.model.document_input import apply_text, document_text, fill_form, format_document
from tui.app.forms.model.form_check import check_form
from tui.orders.changes import patch_for
from tui.terminal.visible import hidden_in_lines

ORDER: dict[str, Any] = {
    "id": "ord_1",
    "status": "PAID",
    "total_amount": 100,
    "items": [{"object": "order_item", "product_id": "p", "quantity": None}],
    "object": "order",
}


@given(st.dictionaries(st.text(), st.text()))
def test_hidden_characters_are_escaped_exactly(document: dict[str, str]) -> None:
    """An editor is given nothing that acts or hides, and the text means the same."""
    text = format_document(document)
    assert not hidden_in_lines(text)
    assert json.loads(text) == document


@given(PAIRS)
def test_an_edited_text_is_the_document_it_says(drawn: tuple[Document, Document]) -> None:
    """Editing everything to another order's text patches to that order."""
    base, other = drawn
    state = apply_text(edit_form(base), document_text(edit_form(other)))
    again = patch_for(base, check_form(state).intended).body
    direct = patch_for(base, check_form(edit_form(base).with_document(other)).intended).body
    assert again == direct


def test_a_field_that_was_not_edited_stays_the_very_same() -> None:
    """What the text does not show of an item is not lost when another field is edited."""
    state = edit_form(ORDER)
    edited = apply_text(state, document_text(state).replace("PAID", "CANCELED"))
    assert edited.document == {**ORDER, "status": "CANCELED"}
    assert edited.document["items"] is ORDER["items"]


def test_a_text_that_is_no_order_is_kept_and_mended() -> None:
    """The form stands as it was, the text waits, survives a draft, and is the next one to edit."""
    state = apply_text(new_form().set_value(("status",), "PAID"), "{oops")
    again = from_draft(to_draft(state))
    assert document_text(again) == "{oops"
    assert [fault.path for fault in check_form(again).faults] == [""]
    assert apply_text(again, "{oops") is again
    mended = apply_text(again, '{"status": "CREATED"}')
    assert (mended.document, mended.rejected) == ({"status": "CREATED"}, None)


def test_an_answered_order_fills_a_form_as_a_template() -> None:
    """No identity, nothing that the service makes."""
    filled = fill_form(new_form(), {**ORDER, "source_id": "x", "metadata": {"a": 1}}, whole=True)
    assert filled.document == {"items": [{"product_id": "p"}], "metadata": {"a": 1}}


def test_laying_over_keeps_other_metadata() -> None:
    """Metadata keys that are not given stay."""
    state = new_form().set_value(("metadata", "a"), 1)
    assert fill_form(state, {"metadata": {"b": 2}}, whole=False).document == {"metadata": {"a": 1, "b": 2}}
