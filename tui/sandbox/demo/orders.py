"""Orders of the demo shop, as the API answers them (``docs/voucherify-api.md#order-responses``)."""

from __future__ import annotations

from typing import Any, NamedTuple

from tui.orders.order import Status
from tui.sandbox.identifiers import IdentifierGenerator

from .customers import Customers
from .items import Item, items_total, unlisted_item, usual_items, wholesale_items
from .order_metadata import CHANNELS, Channel, SourceIds, metadata, note
from .products import Catalogue, iso
from .promotions import Entry, Promotion, Redemptions, apply_discount, promotion
from .schedule import DAY_MS, HOUR_MS, MINUTE_MS, Showpiece, rare_feature
from .seeded_random import SeededRandom


class Purchase(NamedTuple):
    """``items`` is null for an amount-only order, ``amount`` (minor units) where none is known."""

    items: list[Item] | None
    amount: int | None


def purchase(draw: SeededRandom, catalogue: Catalogue, channel: Channel, shows: Showpiece | None) -> Purchase:
    """The next order's items and amount; ``shows`` is the case that it must show."""
    if shows == "draft":
        return Purchase(None, None)
    if shows == "amount_only" or (channel == "pos" and draw.chance(8)):
        return Purchase(None, draw.between(4, 120) * 50)
    if shows == "unlisted":
        return Purchase(unlisted_item(draw), draw.between(10, 90) * 100)
    if shows == "wholesale":
        items = wholesale_items(draw, catalogue)
    else:
        items = usual_items(draw, catalogue, by_source_id=channel in ("marketplace", "pos"))
    amount = items_total(items)
    return Purchase(items, _agreed(draw, amount) if shows == "mismatch" else amount)


def _agreed(draw: SeededRandom, amount: int) -> int:
    """An amount that somebody typed in, never the sum of the items: a fee on top, or a friendly price."""
    return amount + 490 if draw.chance(50) else max(amount - draw.between(1, 90), amount * 3 // 4)


class Lifecycle(NamedTuple):
    """The state of an order. ``updated_ms`` is null until the first update."""

    status: Status
    updated_ms: int | None


Step = tuple[int, Status]


def draw_lifecycle(
    draw: SeededRandom, channel: Channel, created_ms: int, until_ms: int, redeemed_ms: int | None
) -> Lifecycle:
    """Live the order's life until ``until_ms``; all times are Unix milliseconds.

    Args:
        draw: where chance comes from.
        channel: a purchase in the shop itself is done at once, all others take days.
        created_ms: when the order was made.
        until_ms: now.
        redeemed_ms: when a redemption set the order to PAID, if one did.
    """
    if channel == "pos":
        first: Step = (created_ms, "PAID" if redeemed_ms else "FULFILLED")
        handed_over: Step = ((redeemed_ms or 0) + draw.between(5_000, MINUTE_MS), "FULFILLED")
        steps: list[Step] = [(redeemed_ms, "PAID"), handed_over] if redeemed_ms else []
    else:
        first = (created_ms, "PAID" if redeemed_ms or draw.chance(12) else "CREATED")
        steps = _steps(draw, first, redeemed_ms)
    if draw.chance(1.5):
        at_ms = (steps[-1] if steps else first)[0] + draw.between(5 * DAY_MS, 60 * DAY_MS)
        steps.append((at_ms, (steps[-1] if steps else first)[1]))
    status, updated_ms = first[1], None
    for at_ms, reached in steps:
        if at_ms <= until_ms:
            status, updated_ms = reached, at_ms
    return Lifecycle(status, updated_ms)


def _steps(draw: SeededRandom, first: Step, redeemed_ms: int | None) -> list[Step]:
    """What happens to an order that is not done at once, in the order of time."""
    steps: list[Step] = [(redeemed_ms, "PAID")] if redeemed_ms else []
    at_ms, status = (steps or [first])[-1]
    if status == "CREATED":
        if draw.chance(6):
            forgotten = draw.chance(40)
            return [] if forgotten else [(at_ms + draw.between(3 * DAY_MS, 9 * DAY_MS), "CANCELED")]
        minutes = draw.between(2, 90) if draw.chance(50) else draw.between(60, 3 * 24 * 60)
        at_ms += minutes * MINUTE_MS + draw.below(MINUTE_MS)
        steps.append((at_ms, "PAID"))
    if draw.chance(4):
        steps.append((at_ms + draw.between(HOUR_MS, 5 * DAY_MS), "CANCELED"))
    elif draw.chance(94):
        steps.append((at_ms + draw.between(9 * HOUR_MS, 6 * DAY_MS), "FULFILLED"))
    return steps


Document = dict[str, Any]
Redeemed = dict[str, Entry]

_ANONYMOUS = {"pos": 55, "web": 5, "app": 0, "marketplace": 12}


class OrderGenerator:
    """Makes orders in the order of time.

    Args:
        draw: where chance comes from.
        mint: makes the identifiers.
        catalogue: what is on sale.
        until_ms: now, in Unix milliseconds: nothing that is shown happened later.
    """

    def __init__(
        self, draw: SeededRandom, mint: IdentifierGenerator, catalogue: Catalogue, until_ms: int
    ) -> None:
        self.customers = Customers(draw, mint)
        self._draw = draw
        self._mint = mint
        self._catalogue = catalogue
        self._until_ms = until_ms
        self._redemptions = Redemptions(draw, mint)
        self._source_ids = SourceIds(draw)

    def generate_order(self, at_ms: int, place: int) -> Document:
        """The order made at ``at_ms`` (Unix milliseconds), ``place`` orders before the newest."""
        draw, (shows, times) = self._draw, rare_feature(place)
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
    ) -> tuple[Lifecycle, Redeemed, bool]:
        """The order's state today, what it redeemed, and whether that was rolled back."""
        draw, until_ms = self._draw, self._until_ms
        if shows == "draft":
            return Lifecycle("CREATED", None), {}, False
        if not offer or not offer.redeemed:
            return draw_lifecycle(draw, channel, at_ms, until_ms, None), {}, False
        own, entry = self._redemptions.redeem(offer.redeemed, at_ms + draw.between(60, 170))
        back_ms = at_ms + draw.between(DAY_MS // 2, 3 * DAY_MS)
        done_ms = back_ms + draw.between(240, 900)
        if offer.rolled_back and done_ms <= until_ms:
            return Lifecycle("CANCELED", done_ms), {own: self._redemptions.roll_back(entry, back_ms)}, True
        lived = draw_lifecycle(draw, channel, at_ms, until_ms, at_ms + draw.between(700, 1200))
        return lived, {own: entry}, False

    def _amounts(self, bought: Purchase, offer: Promotion | None) -> Document:
        """Amounts and items. Without an amount there is none of them, without items no array."""
        if bought.amount is None:
            return {}
        items: list[Item] = list(bought.items or [])
        off = apply_discount(self._draw, offer.level, bought.amount, items) if offer else {}
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
