"""Editing a form's state: nothing is written to, nothing empty is left behind, lines keep their texts."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tui.app.forms.form_drafts import InvalidDraft, from_draft, to_draft
from tui.app.forms.form_interface import edit_form, new_form
from tui.app.forms.model.item_edits import add_item, duplicate_item, move_item, remove_item
from tui.app.forms.model.metadata_edits import (
    TYPES,
    change_type,
    enter_value,
    entry_type,
    key_fault,
    removal_note,
    remove_entry,
    rename_entry,
)
from tui.app.forms.model.person_mode import choose_mode, mode_of
from tui.orders.changes import ABSENT

BASE: dict[str, Any] = {
    "id": "ord_1",
    "items": [{"product_id": "a"}, {"product_id": "b"}],
    "metadata": {"k": "v", "n": 1.0},
    "customer": {"id": "cust_1", "object": "customer"},
}


def test_editing_never_writes_to_the_base() -> None:
    """Each edit makes new holders on its own way only."""
    before = copy.deepcopy(BASE)
    state = edit_form(BASE).set_value(("items", 0, "product", "name"), "Cup")
    assert before == BASE
    assert state.document["items"][1] is BASE["items"][1]
    emptied = state.set_value(("items", 0, "product", "name"), ABSENT)
    assert emptied.document == BASE


def test_typed_texts_go_with_their_line() -> None:
    """Moving, copying and removing lines takes texts along that could not be read."""
    state = edit_form(BASE).keep_text(("items", 1, "quantity"), "x", "must be a whole number")
    moved, place = move_item(state, 1, -1)
    assert place == 0
    assert list(moved.typed) == [("items", 0, "quantity")]
    assert list(duplicate_item(moved, 0).typed) == [("items", 0, "quantity")]
    assert list(remove_item(state, 0).typed) == [("items", 0, "quantity")]
    assert not remove_item(state, 1).typed
    assert move_item(state, 1, 1) == (state, 1)


def test_the_last_line_of_a_new_order_leaves_nothing() -> None:
    """An order without lines has no items; one that had some gets none."""
    added, place = add_item(new_form())
    assert remove_item(added, place).document == {}
    assert remove_item(remove_item(edit_form(BASE), 0), 0).document["items"] == []


def test_keys_are_renamed_in_place() -> None:
    """The order of keys stays; a key is not taken twice."""
    state = rename_entry(edit_form(BASE), ("metadata",), "k", "key")
    assert list(state.document["metadata"]) == ["key", "n"]
    assert key_fault(state, ("metadata",), "n") == "exists already"
    assert key_fault(state, ("metadata",), " ") == "must not be empty"
    assert not key_fault(state, ("metadata",), "n", instead_of="n")


def test_removing_a_key_says_what_it_means() -> None:
    """Only for an order that exists."""
    assert "1 key removed here" in removal_note(
        remove_entry(edit_form(BASE), ("metadata",), "k"), ("metadata",)
    )
    assert not removal_note(new_form(), ("metadata",))


@pytest.mark.parametrize("kind", TYPES)
def test_every_change_of_type_can_be_taken_back_exactly(kind: Any) -> None:
    """Back at the first type the very value stands there, whatever was between."""
    path = ("metadata", "n")
    there = change_type(edit_form(BASE), path, kind)
    assert entry_type(there, path) == kind
    back = change_type(there, path, "number")
    assert repr(back.value(path)) == "1.0"
    assert not back.typed


def test_a_value_typed_as_it_was_is_the_value_it_was() -> None:
    """Text ``1.0`` is the number 1.0 again, not 1."""
    path = ("metadata", "n")
    state = enter_value(enter_value(edit_form(BASE), path, "number", "2x"), path, "number", "1.0")
    assert state.document == BASE


def test_a_person_typed_another_way_comes_back() -> None:
    """Changing how the customer is named and back loses nothing."""
    state = edit_form(BASE)
    assert mode_of(state, "customer") == "by id"
    new = choose_mode(state, "customer", "new").set_value(("customer", "name"), "Ann")
    away = choose_mode(new, "customer", "none")
    assert "customer" not in away.document
    assert choose_mode(away, "customer", "new").document["customer"] == {"name": "Ann"}
    assert choose_mode(away, "customer", "by id").document == BASE


def test_a_draft_gives_the_same_form_back() -> None:
    """With texts, modes and what was laid aside."""
    state = choose_mode(edit_form(BASE), "referrer", "by id").keep_text(("amount",), "x", "must be")
    assert from_draft(to_draft(state)) == state
    assert from_draft(to_draft(edit_form(BASE))).is_untouched


@pytest.mark.parametrize("content", [{}, {"version": 2, "kind": "create"}, {"version": 1, "kind": "create"}])
def test_what_is_no_draft_is_refused(content: dict[str, Any]) -> None:
    """A draft of another version is not read half."""
    with pytest.raises(InvalidDraft):
        from_draft(content)


@pytest.mark.parametrize("path", [("amount",), ("discount_amount",), ("items", 0, "price")])
def test_the_readable_beginning_of_a_text_is_no_value(path: tuple[str | int, ...]) -> None:
    """While 1e5 was typed, 1 was read on the way and stayed: the preview showed 100, which nobody meant."""
    base = {**BASE, "amount": 700}
    state = edit_form(base).set_value(path, 100).keep_text(path, "1e5", "must be an amount")
    assert state.value(path) == (700 if path == ("amount",) else ABSENT)
    assert state.typed[path].text == "1e5"
