from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.demo import Shop
from tui.sandbox.demo.orders import draw_lifecycle
from tui.sandbox.demo.schedule import DAY_MS
from tui.sandbox.demo.seeded_random import SeededRandom

CREATED = 1_770_000_000_000


def test_old_orders_are_done_and_the_newest_are_not(shop: Shop) -> None:
    """Nearly all old orders are fulfilled; among the newest there are created and paid ones."""
    old = Counter(order["status"] for order in shop.orders[:1000])
    new = Counter(order["status"] for order in shop.orders[-30:])
    assert old["FULFILLED"] > 800
    assert old["CREATED"] < 50 <= old["CANCELED"]
    assert new["CREATED"] >= 3
    assert new["CREATED"] + new["PAID"] > new["FULFILLED"]


@given(seed=st.text(), age=st.integers(0, 90 * DAY_MS), redeemed=st.booleans())
def test_a_life_ends_now(seed: str, age: int, redeemed: bool) -> None:
    """No update is later than now, and an order without an update has its first status."""
    redeemed_ms = CREATED + 900 if redeemed else None
    lived = draw_lifecycle(SeededRandom(seed), "web", CREATED, CREATED + age, redeemed_ms)
    if lived.updated_ms is None:
        assert lived.status in ("CREATED", "PAID")
    else:
        assert CREATED < lived.updated_ms <= CREATED + age
    assert not (redeemed and lived.status == "CREATED")


def test_a_purchase_at_the_till_is_done_at_once() -> None:
    """What is sold over the counter is fulfilled when it is made."""
    lives = {draw_lifecycle(SeededRandom(str(seed)), "pos", CREATED, CREATED + 1, None) for seed in range(50)}
    assert lives == {("FULFILLED", None)}
