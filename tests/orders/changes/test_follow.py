"""Amounts that followed from prices and quantities go on following them."""

from __future__ import annotations

from tui.orders.changes import follow_amounts


def test_a_line_that_had_no_amount_keeps_the_one_it_was_given() -> None:
    """An amount typed into a line without amount and price stays, also beside a price typed with it."""
    base = {"items": [{"product_id": "p", "quantity": 2}]}
    edited = {"items": [{"product_id": "p", "quantity": 2, "price": 100, "amount": 900}]}
    assert follow_amounts(base, edited) == edited


def test_a_line_that_was_its_sum_stays_its_sum() -> None:
    """Another quantity brings another amount, of the line and of the order."""
    base = {"amount": 200, "items": [{"product_id": "p", "quantity": 2, "price": 100, "amount": 200}]}
    edited = {"amount": 200, "items": [{"product_id": "p", "quantity": 3, "price": 100, "amount": 200}]}
    assert follow_amounts(base, edited)["amount"] == 300
