"""What an order gets off and why: a redemption, a discount given by hand, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from .discounts import Level
from .draw import Draw, Weighted
from .redemptions import Kind
from .rota import Showpiece

_REDEEMED = 21
_BY_HAND = 8
_ROLLED_BACK = 5

_KINDS: Weighted[Kind] = Weighted((("voucher", 60), ("promotion_tier", 25), ("redemption", 15)))
_LEVELS: dict[Kind, Weighted[Level]] = {
    "voucher": Weighted((("order", 70), ("items", 30))),
    "promotion_tier": Weighted((("order", 50), ("items", 50))),
    "redemption": Weighted((("both", 1),)),
}
_LEVELS_BY_HAND: Weighted[Level] = Weighted((("items", 50), ("order", 40), ("both", 10)))


class Promotion(NamedTuple):
    """``redeemed`` is what was redeemed, if anything was; ``rolled_back`` means taken back later."""

    level: Level
    redeemed: Kind | None = None
    rolled_back: bool = False


def promotion(draw: Draw, shows: Showpiece | None) -> Promotion | None:
    """What the next order gets off; ``shows`` is what it has to be an example of."""
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
