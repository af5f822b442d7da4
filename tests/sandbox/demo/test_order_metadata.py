from __future__ import annotations

import re
from collections import Counter

from tui.sandbox.demo import Shop
from tui.sandbox.demo.order_metadata import FORMULA, NOTES


def test_metadata_holds_values_of_every_type(shop: Shop) -> None:
    """Text, whole and broken numbers, booleans, arrays, objects and null are each in many orders."""
    types = Counter(
        type(value).__name__ for order in shop.orders for value in order.get("metadata", {}).values()
    )
    assert types.keys() == {"str", "int", "float", "bool", "list", "dict", "NoneType"}
    assert min(types.values()) >= 50


def test_metadata_holds_dates_and_times(shop: Shop) -> None:
    """``delivery_date`` is a date, ``pick_up_at`` a time."""
    known = [order.get("metadata", {}) for order in shop.orders]
    dates = [one["delivery_date"] for one in known if "delivery_date" in one]
    times = [one["pick_up_at"] for one in known if "pick_up_at" in one]
    assert len(dates) > 100
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in dates)
    assert len(times) > 100
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:00:00\.000Z", time) for time in times)


def test_only_what_was_sent_has_a_tracking_number(shop: Shop) -> None:
    """Delivery is a nested object with the address of the customer; fulfilled orders are tracked."""
    sent = [order for order in shop.orders if "delivery" in order.get("metadata", {})]
    assert any("address" in order["metadata"]["delivery"] for order in sent)
    for order in sent:
        assert (order["metadata"]["delivery"]["tracking"] is not None) == (order["status"] == "FULFILLED")


def test_every_note_is_in_the_usual_shop(shop: Shop) -> None:
    """All honest awkward texts are there: emoji, a formula, several lines, markup that is none."""
    notes = {order["metadata"]["note"] for order in shop.orders if "note" in order.get("metadata", {})}
    assert notes == {*NOTES, FORMULA}
    assert any("\n" in note for note in notes)


def test_shops_number_their_orders_by_channel(shop: Shop) -> None:
    """Source ids look like ``WEB-2026-000042`` and ascend within a channel and year."""
    last: dict[str, str] = {}
    for order in shop.orders:
        source_id = order["source_id"]
        if source_id is not None:
            assert re.fullmatch(r"(WEB|APP|POS|MKT)-20\d\d-\d{6}", source_id)
            assert source_id > last.get(source_id[:8], "")
            last[source_id[:8]] = source_id
    assert {key[:3] for key in last} == {"WEB", "APP", "POS", "MKT"}
