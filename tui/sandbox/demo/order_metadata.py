"""Metadata, notes and sales channels of an order, with metadata values of every JSON type."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from tui.orders.order import Status

from .products import iso
from .schedule import DAY_MS, HOUR_MS
from .seeded_random import SeededRandom, WeightedChoice

Channel = Literal["web", "app", "pos", "marketplace"]

CHANNELS: WeightedChoice[Channel] = WeightedChoice(
    (("web", 52), ("app", 22), ("pos", 16), ("marketplace", 10))
)

_PREFIX: dict[Channel, str] = {"web": "WEB", "app": "APP", "pos": "POS", "marketplace": "MKT"}
_WITHOUT_NUMBER: dict[Channel, int] = {"web": 4, "app": 8, "pos": 45, "marketplace": 0}


class SourceIds:
    """The shop's own order numbers: ``WEB-2026-004711``, one sequence for each channel and year."""

    def __init__(self, draw: SeededRandom) -> None:
        self._draw = draw
        self._given: Counter[tuple[Channel, str]] = Counter()

    def give(self, channel: Channel, created_at: str) -> str | None:
        """The next number of the channel, or none if the shop sent none."""
        year = created_at[:4]
        self._given[channel, year] += 1
        if self._draw.chance(_WITHOUT_NUMBER[channel]):
            return None
        return f"{_PREFIX[channel]}-{year}-{self._given[channel, year]:06d}"


Document = dict[str, Any]

_CARRIERS = ("Pigeon Post", "Harbour Couriers", "Green Wheels")
_CAMPAIGNS = ("newsletter", "spring-roast", "harvest", "word-of-mouth")
_TAGS = ("priority", "repeat", "b2b", "fragile", "press", "staff", "subscription")
_TILLS = ("till-1", "till-2", "market-stall")
_DIGITS = "0123456789"


def metadata(
    draw: SeededRandom, channel: Channel, status: Status, created_ms: int, customer: Document | None
) -> Document:
    """What the shop wrote about an order that was made at ``created_ms`` (Unix milliseconds)."""
    known: Document = {"channel": channel}
    if channel == "pos":
        known |= {"till": draw.pick(_TILLS), "receipt": draw.between(1000, 99_999)}
        return known
    if draw.chance(55):
        known["gift"] = draw.chance(18)
    if draw.chance(30):
        known["utm"] = {"source": draw.pick(_CAMPAIGNS), "click": draw.between(1, 9)}
    if draw.chance(35):
        known["weight_kg"] = draw.between(2, 180) / 10
    if draw.chance(40):
        known["delivery_date"] = iso(created_ms + draw.between(2, 9) * DAY_MS)[:10]
    if draw.chance(25):
        known["pick_up_at"] = iso((created_ms // HOUR_MS + draw.between(20, 90)) * HOUR_MS)
    if draw.chance(30):
        known["tags"] = _tags(draw)
    if draw.chance(8):
        known["affiliate"] = None
    if status in ("PAID", "FULFILLED") and draw.chance(70):
        known["delivery"] = _delivery(draw, status, customer)
    return known


def _tags(draw: SeededRandom) -> list[str]:
    first = draw.below(len(_TAGS))
    return [_TAGS[(first + 3 * number) % len(_TAGS)] for number in range(draw.between(0, 3))]


def _delivery(draw: SeededRandom, status: Status, customer: Document | None) -> Document:
    """How it is sent: the tracking number once it is on its way, the address where it is known."""
    delivery: Document = {"carrier": draw.pick(_CARRIERS), "tracking": None}
    if status == "FULFILLED":
        delivery["tracking"] = "PX" + draw.text(_DIGITS, 10)
    if customer:
        address = customer["address"]
        delivery["address"] = {name: address[name] for name in ("line_1", "postal_code", "city", "country")}
    return delivery


NOTES: tuple[str, ...] = (
    "Happy birthday, Mum! 🎂🎉 Please wrap it nicely 💛",
    "=1+1 on the label is fine, it is our internal joke",
    "Leave at the back door.\nRing twice; the dog is friendly.\n\nThank you!",
    'Says "handle with care", and means it, see e-mail',
    "[URGENT] call before delivery",
    "@home after 17:00",
    "-2 bags, see complaint no. 88",
    "Familie Çelik 👨‍👩‍👧‍👦, 3. Stock links",
    "ギフト包装をお願いします。",
    "لا تطرق الباب، الطفل نائم",
    "C:\\orders\\2026\\april; path from the till",
    "Customer says 100% <b>not</b> bold coffee & no sugar",
    "naïve café, crème brûlée, Zażółć gęślą jaźń",
    "Invoice to: O'Brien, Smith & Co., 12½ Mill Lane; attn. “Accounts”",
    "+44 number on file is wrong, use e-mail",
    "{customer} asked for $price to be hidden :coffee:",
)

FORMULA = "=1+1"
"""A note that is nothing but a formula: what an export must not hand to a spreadsheet as one."""


def note(times: int) -> str:
    """The note for the how-manieth time; every so often the bare formula."""
    texts = (*NOTES, FORMULA)
    return texts[times % len(texts)]
