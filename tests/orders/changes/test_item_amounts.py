"""Amounts that followed from prices and quantities go on following."""

from __future__ import annotations

import pytest

from tests.support.order_documents import Document
from tui.orders.changes import assign, update_amounts

FOLLOWING: Document = {
    "amount": 350,
    "items": [
        {"product_id": "p", "quantity": 1, "price": 100, "amount": 100},
        {"product_id": "q", "quantity": 1, "price": 250},
    ],
}
TYPED: Document = {"amount": 300, "items": [{"product_id": "p", "quantity": 1, "price": 100, "amount": 90}]}


@pytest.mark.parametrize(
    ("base", "edit", "amounts"),
    [
        (FOLLOWING, "items[0].quantity=3", (550, 300)),
        (FOLLOWING, "items[0].price=7", (257, 7)),
        (FOLLOWING, "items[1]-=", (100, 100)),
        (FOLLOWING, "items[0].amount=99", (349, 99)),
        (FOLLOWING, 'items[2]={"amount": 5}', (355, 100)),
        (FOLLOWING, 'items[2]={"product_id": "z"}', (350, 100)),
        (FOLLOWING, "items[0]=5", (350, None)),
        (FOLLOWING, "amount=1", (1, 100)),
        (FOLLOWING, "metadata.x=1", (350, 100)),
        (TYPED, "items[0].quantity=3", (300, 90)),
    ],
)
def test_amounts_follow_where_they_did(base: Document, edit: str, amounts: tuple[int, int | None]) -> None:
    """An amount that was its parts' sum stays so; one that was typed, before or now, is kept."""
    edited = {**assign(base, 'metadata={"a": 1}'), **assign(base, edit)} if edit != "items[0]=5" else {
        **base, "items": [5, base["items"][1]]
    }  # fmt: skip
    followed = update_amounts(base, edited)
    first = followed["items"][0]
    assert (followed["amount"], first.get("amount") if isinstance(first, dict) else None) == amounts


def test_an_edited_quantity_and_amount_are_both_kept() -> None:
    """Who types both means both."""
    edited = assign(assign(FOLLOWING, "items[0].quantity=3"), "items[0].amount=280")
    assert update_amounts(FOLLOWING, edited) == {**edited, "amount": 530}


def test_an_order_without_items_is_left_alone() -> None:
    """There is nothing to follow."""
    assert update_amounts({"amount": 5}, {"amount": 6}) == {"amount": 6}


def test_a_line_that_had_no_amount_keeps_the_one_it_was_given() -> None:
    """An amount typed into a line without amount and price stays, also beside a price typed with it."""
    base = {"items": [{"product_id": "p", "quantity": 2}]}
    edited = {"items": [{"product_id": "p", "quantity": 2, "price": 100, "amount": 900}]}
    assert update_amounts(base, edited) == edited


def test_a_line_that_was_its_sum_stays_its_sum() -> None:
    """Another quantity brings another amount, of the line and of the order."""
    base = {"amount": 200, "items": [{"product_id": "p", "quantity": 2, "price": 100, "amount": 200}]}
    edited = {"amount": 200, "items": [{"product_id": "p", "quantity": 3, "price": 100, "amount": 200}]}
    assert update_amounts(base, edited)["amount"] == 300
