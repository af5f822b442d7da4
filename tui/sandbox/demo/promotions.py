"""Discounts and redemptions of an order, and their rollbacks.

See ``docs/voucherify-api.md#order-responses``, ``#statuses``, ``#amounts``.
"""

from __future__ import annotations

import string
from typing import Any, Literal, NamedTuple

from tui.sandbox.identifiers import IdentifierGenerator

from .products import iso
from .schedule import Showpiece
from .seeded_random import SeededRandom, WeightedChoice

Item = dict[str, Any]
Level = Literal["items", "order", "both"]

_PERCENTS = WeightedChoice(((10, 5), (15, 3), (20, 2), (25, 1)))
_FIXED = (300, 500, 1000)


def apply_discount(draw: SeededRandom, level: Level, amount: int, items: list[Item]) -> dict[str, int]:
    """Discount the order; the amounts to show, in the order in which the API shows them.

    Items that are discounted get ``discount_amount`` and a smaller ``subtotal_amount``. An order without
    priced items can only be discounted as a whole.

    Args:
        draw: where chance comes from.
        level: what is discounted.
        amount: the order's amount, in minor units.
        items: the order's items, changed in place.
    """
    off_items = _off_items(draw, items) if level != "order" else 0
    off_order = _off_order(draw, amount - off_items) if level != "items" or not off_items else 0
    shown = {"discount_amount": off_order, "items_discount_amount": off_items}
    return {name: off for name, off in shown.items() if off} | {
        "total_discount_amount": off_order + off_items
    }


def _off_items(draw: SeededRandom, items: list[Item]) -> int:
    percent, every_item = _PERCENTS.pick(draw), draw.chance(60)
    chosen = items if every_item or not items else [draw.pick(items)]
    total = 0
    for at, item in enumerate(items):
        if any(item is one for one in chosen) and item.get("amount"):
            off = item["amount"] * percent // 100
            items[at] = _discounted(item, off)
            total += off
    return total


def _off_order(draw: SeededRandom, amount: int) -> int:
    if draw.chance(60):
        return max(1, amount * _PERCENTS.pick(draw) // 100)
    return min(amount, draw.pick(_FIXED))


def _discounted(item: Item, off: int) -> Item:
    """The item with its discount where the API shows it: after the amount."""
    shown: Item = {}
    for name, value in item.items():
        shown[name] = value
        if name == "amount":
            shown["discount_amount"] = off
    shown["subtotal_amount"] = item["amount"] - off
    return shown


Kind = Literal["voucher", "promotion_tier", "redemption"]
Entry = dict[str, Any]

_BASE62 = string.digits + string.ascii_letters


class Redemptions:
    """Redeems the shop's campaigns; ``redemption`` as a kind is a stack of a promotion tier and vouchers."""

    def __init__(self, draw: SeededRandom, mint: IdentifierGenerator) -> None:
        self._draw = draw
        self._mint = mint
        self._campaigns = [mint.random("camp_") for _ in range(7)]
        self._tiers = [(f"promo_{draw.text(_BASE62, 24)}", mint.random("camp_")) for _ in range(5)]
        self._taken: set[int] = set()

    def redeem(self, kind: Kind, at_ms: int) -> tuple[str, Entry]:
        """Redeem at about ``at_ms`` (Unix milliseconds): the redemption's id and its entry in the order."""
        at_ms = self._free(at_ms)
        own = self._mint.timed("r_", at_ms)
        entry: Entry = {"date": iso(at_ms), "related_object_type": kind}
        if kind == "redemption":
            entry["related_object_id"] = own
            parts = self._draw.between(2, 3)
            entry["stacked"] = [self._mint.timed("r_", at_ms) for _ in range(parts)]
        elif kind == "promotion_tier":
            tier, campaign = self._draw.pick(self._tiers)
            entry |= {"related_object_id": tier, "related_object_parent_id": campaign}
        else:
            entry["related_object_id"] = f"v_{self._draw.text(_BASE62, 32)}"
            if self._draw.chance(80):
                entry["related_object_parent_id"] = self._draw.pick(self._campaigns)
        return own, entry

    def roll_back(self, entry: Entry, at_ms: int) -> Entry:
        """The entry of a redemption that was rolled back at about ``at_ms``, with every part of its stack."""
        at_ms = self._free(at_ms)
        rolled_back: Entry = {
            "date": entry["date"],
            "rollback_id": self._mint.timed("rr_", at_ms),
            "rollback_date": iso(at_ms),
        } | entry
        if "stacked" in entry:
            rolled_back["rollback_stacked"] = [self._mint.timed("rr_", at_ms) for _ in entry["stacked"]]
        return rolled_back

    def _free(self, at_ms: int) -> int:
        """The first millisecond from ``at_ms`` in which nothing was redeemed yet.

        Times of redemptions do not only run forwards, and the mint tells apart neighbours only.
        """
        while at_ms in self._taken:
            at_ms += 1
        self._taken.add(at_ms)
        return at_ms


_REDEEMED = 21
_BY_HAND = 8
_ROLLED_BACK = 5

_KINDS: WeightedChoice[Kind] = WeightedChoice((("voucher", 60), ("promotion_tier", 25), ("redemption", 15)))
_LEVELS: dict[Kind, WeightedChoice[Level]] = {
    "voucher": WeightedChoice((("order", 70), ("items", 30))),
    "promotion_tier": WeightedChoice((("order", 50), ("items", 50))),
    "redemption": WeightedChoice((("both", 1),)),
}
_LEVELS_BY_HAND: WeightedChoice[Level] = WeightedChoice((("items", 50), ("order", 40), ("both", 10)))


class Promotion(NamedTuple):
    """``redeemed`` is what was redeemed, if anything was; ``rolled_back`` means taken back later."""

    level: Level
    redeemed: Kind | None = None
    rolled_back: bool = False


def promotion(draw: SeededRandom, shows: Showpiece | None) -> Promotion | None:
    """What the next order gets off; ``shows`` is the case that it must show."""
    if shows in ("draft", "mismatch", "unlisted"):
        return None
    if shows == "stacked":
        return Promotion("both", "redemption", rolled_back=False)
    if shows == "rollback" or draw.chance(_REDEEMED):
        kind = _KINDS.pick(draw)
        back = shows == "rollback" or draw.chance(_ROLLED_BACK)
        return Promotion(_LEVELS[kind].pick(draw), kind, back)
    if draw.chance(_BY_HAND):
        return Promotion(_LEVELS_BY_HAND.pick(draw))
    return None
