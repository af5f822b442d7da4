"""Redemptions of an order, and their rollbacks (``voucherify-api.md`` 1.3 and 2.1)."""

from __future__ import annotations

import string
from typing import Any, Literal

from tui.sandbox.identifiers import IdentifierMint

from .catalogue import iso
from .draw import Draw

Kind = Literal["voucher", "promotion_tier", "redemption"]
Entry = dict[str, Any]

_BASE62 = string.digits + string.ascii_letters


class Redemptions:
    """Redeems the shop's campaigns; ``redemption`` as a kind is a stack of a promotion tier and vouchers."""

    def __init__(self, draw: Draw, mint: IdentifierMint) -> None:
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
