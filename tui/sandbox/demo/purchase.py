"""What is bought and what it costs, before any discount."""

from __future__ import annotations

from typing import NamedTuple

from .basket import Item, amount_of, basket, unlisted, wholesale
from .catalogue import Catalogue
from .channels import Channel
from .draw import Draw
from .rota import Showpiece


class Purchase(NamedTuple):
    """``items`` is null for an amount-only order, ``amount`` (minor units) where none is known."""

    items: list[Item] | None
    amount: int | None


def purchase(draw: Draw, catalogue: Catalogue, channel: Channel, shows: Showpiece | None) -> Purchase:
    """The next order's items and amount; ``shows`` is what it has to be an example of."""
    if shows == "draft":
        return Purchase(None, None)
    if shows == "amount_only" or (channel == "pos" and draw.chance(8)):
        return Purchase(None, draw.between(4, 120) * 50)
    if shows == "unlisted":
        return Purchase(unlisted(draw), draw.between(10, 90) * 100)
    if shows == "wholesale":
        items = wholesale(draw, catalogue)
    else:
        items = basket(draw, catalogue, by_source_id=channel in ("marketplace", "pos"))
    amount = amount_of(items)
    return Purchase(items, _agreed(draw, amount) if shows == "mismatch" else amount)


def _agreed(draw: Draw, amount: int) -> int:
    """An amount that somebody typed in, never the sum of the items: a fee on top, or a friendly price."""
    return amount + 490 if draw.chance(50) else max(amount - draw.between(1, 90), amount * 3 // 4)
