from __future__ import annotations

import random

from tui.sandbox.demo.promotions import Redemptions
from tui.sandbox.demo.seeded_random import SeededRandom
from tui.sandbox.identifiers import IdentifierGenerator

AT = 1_770_000_000_000


def redemptions() -> Redemptions:
    """A shop's redemptions before the first."""
    return Redemptions(SeededRandom("redemptions"), IdentifierGenerator(random.Random(1)))


def test_a_rollback_keeps_the_entry_and_adds_to_it() -> None:
    """Every part of a stack is rolled back; what was redeemed stays to be read."""
    made = redemptions()
    own, entry = made.redeem("redemption", AT)
    back = made.roll_back(entry, AT + 1000)
    assert {name: back[name] for name in entry} == entry
    assert entry["related_object_id"] == own
    assert back["rollback_id"].startswith("rr_")
    assert len(back["rollback_stacked"]) == len(back["stacked"]) >= 2
    assert back["rollback_date"] > back["date"]


def test_ids_stay_apart_when_times_go_back_and_forth() -> None:
    """The same millisecond, met again after another, still gives a new id."""
    made = redemptions()
    own = [made.redeem("voucher", at)[0] for at in (AT, AT + 5, AT, AT + 5, AT)]
    assert len(set(own)) == 5


def test_a_promotion_tier_names_its_campaign() -> None:
    """A tier comes with its parent campaign, as the API shows it."""
    _, entry = redemptions().redeem("promotion_tier", AT)
    assert entry["related_object_id"].startswith("promo_")
    assert entry["related_object_parent_id"].startswith("camp_")
