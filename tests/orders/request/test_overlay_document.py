"""Partial documents over whole orders."""

from __future__ import annotations

from tui.orders.changes import overlay_document, writable


def test_given_fields_replace_and_metadata_keys_add() -> None:
    """Fields and metadata keys that are not given stay; neither side is written to."""
    base = {"id": "ord_1", "items": [1], "metadata": {"a": {"x": 1}}}
    made = overlay_document(base, {"items": [], "metadata": {"b": 2}, "status": "PAID"})
    assert made == {"id": "ord_1", "items": [], "metadata": {"a": {"x": 1}, "b": 2}, "status": "PAID"}
    made["metadata"]["a"]["x"] = 9
    assert base["metadata"] == {"a": {"x": 1}}


def test_the_writable_part_has_nothing_that_the_service_makes() -> None:
    """What a diff before sending shows: only what a request can change."""
    order = {"id": "ord_1", "total_amount": 1, "amount": 1, "items": [{"object": "order_item", "amount": 1}]}
    assert writable(order) == {"amount": 1, "items": [{"amount": 1}]}
    assert writable({"items": None}) == {"items": None}
