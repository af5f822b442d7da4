"""The till: rings up one order after the other, as the API answers them (``voucherify-api.md`` 1.3)."""

from __future__ import annotations

from typing import Any

from tui.sandbox.identifiers import IdentifierMint

from .basket import Item
from .catalogue import Catalogue, iso
from .channels import CHANNELS, Channel, SourceIds
from .customers import Customers
from .discounts import take_off
from .draw import Draw
from .lifecycle import Life, life
from .metadata import metadata
from .notes import note
from .promotion import Promotion, promotion
from .purchase import Purchase, purchase
from .redemptions import Entry, Redemptions
from .rota import Showpiece, showpiece
from .seasons import DAY_MS

Document = dict[str, Any]
Redeemed = dict[str, Entry]

_ANONYMOUS = {"pos": 55, "web": 5, "app": 0, "marketplace": 12}


class Till:
    """Makes orders in the order of time.

    Args:
        draw: where chance comes from.
        mint: makes the identifiers.
        catalogue: what is on sale.
        until_ms: now, in Unix milliseconds: nothing that is shown happened later.
    """

    def __init__(self, draw: Draw, mint: IdentifierMint, catalogue: Catalogue, until_ms: int) -> None:
        self.customers = Customers(draw, mint)
        self._draw = draw
        self._mint = mint
        self._catalogue = catalogue
        self._until_ms = until_ms
        self._redemptions = Redemptions(draw, mint)
        self._source_ids = SourceIds(draw)

    def ring_up(self, at_ms: int, place: int) -> Document:
        """The order made at ``at_ms`` (Unix milliseconds), ``place`` orders before the newest."""
        draw, (shows, times) = self._draw, showpiece(place)
        channel = "web" if shows else CHANNELS.pick(draw)
        customer = None if draw.chance(_ANONYMOUS[channel]) else self.customers.order(at_ms)
        bought = purchase(draw, self._catalogue, channel, shows)
        offer = promotion(draw, shows)
        lived, redeemed, rolled_back = self._live(at_ms, channel, offer, shows)
        noted = {"note": note(times)} if shows == "note" else {}
        written = None
        if noted or draw.chance(93):
            written = metadata(draw, channel, lived.status, at_ms, customer) | noted
        created_at = iso(at_ms)
        return {
            "id": self._mint.timed("ord_", at_ms),
            "source_id": self._source_ids.give(channel, created_at),
            "created_at": created_at,
            "updated_at": iso(lived.updated_ms) if lived.updated_ms else None,
            "status": lived.status,
            **self._amounts(bought, None if rolled_back else offer),
            **_metadata_of(written, bool(redeemed)),
            **self._people(customer),
            "object": "order",
            **({"redemptions": redeemed} if redeemed else {}),
        }

    def _live(
        self, at_ms: int, channel: Channel, offer: Promotion | None, shows: Showpiece | None
    ) -> tuple[Life, Redeemed, bool]:
        """Where the order stands today, what it redeemed, and whether that was rolled back."""
        draw, until_ms = self._draw, self._until_ms
        if shows == "draft":
            return Life("CREATED", None), {}, False
        if not offer or not offer.redeemed:
            return life(draw, channel, at_ms, until_ms, None), {}, False
        own, entry = self._redemptions.redeem(offer.redeemed, at_ms + draw.between(60, 170))
        back_ms = at_ms + draw.between(DAY_MS // 2, 3 * DAY_MS)
        done_ms = back_ms + draw.between(240, 900)
        if offer.rolled_back and done_ms <= until_ms:
            return Life("CANCELED", done_ms), {own: self._redemptions.roll_back(entry, back_ms)}, True
        lived = life(draw, channel, at_ms, until_ms, at_ms + draw.between(700, 1200))
        return lived, {own: entry}, False

    def _amounts(self, bought: Purchase, offer: Promotion | None) -> Document:
        """Amounts and items. Without an amount there is none of them, without items no array."""
        if bought.amount is None:
            return {}
        items: list[Item] = list(bought.items or [])
        off = take_off(self._draw, offer.level, bought.amount, items) if offer else {}
        total = bought.amount - off.get("total_discount_amount", 0)
        shown: Document = {"amount": bought.amount, **off, "total_amount": total}
        return shown if bought.items is None else shown | {"items": items}

    def _people(self, customer: Document | None) -> Document:
        """Customer and referrer: ids always, the objects only where there is someone."""
        referred = customer is not None and self._draw.chance(4)
        referrer = self.customers.referrer(customer) if customer and referred else None
        people: Document = {}
        if customer:
            people["customer"] = {"id": customer["id"], "object": "customer"}
        if referrer:
            people["referrer"] = {"id": referrer["id"], "object": "customer"}
        people["customer_id"] = customer["id"] if customer else None
        people["referrer_id"] = referrer["id"] if referrer else None
        return people


def _metadata_of(written: Document | None, redeemed: bool) -> Document:
    """The metadata, if any was written; an order made by a redemption has an empty object instead."""
    if written is None:
        return {"metadata": {}} if redeemed else {}
    return {"metadata": written}
