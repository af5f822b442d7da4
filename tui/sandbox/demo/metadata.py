"""Metadata of an order, with values of every type: text, number, boolean, date, time, array, object, null."""

from __future__ import annotations

from typing import Any

from tui.orders.order import Status

from .catalogue import iso
from .channels import Channel
from .draw import Draw
from .seasons import DAY_MS, HOUR_MS

Document = dict[str, Any]

_CARRIERS = ("Pigeon Post", "Harbour Couriers", "Green Wheels")
_CAMPAIGNS = ("newsletter", "spring-roast", "harvest", "word-of-mouth")
_TAGS = ("priority", "repeat", "b2b", "fragile", "press", "staff", "subscription")
_TILLS = ("till-1", "till-2", "market-stall")
_DIGITS = "0123456789"


def metadata(
    draw: Draw, channel: Channel, status: Status, created_ms: int, customer: Document | None
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


def _tags(draw: Draw) -> list[str]:
    first = draw.below(len(_TAGS))
    return [_TAGS[(first + 3 * number) % len(_TAGS)] for number in range(draw.between(0, 3))]


def _delivery(draw: Draw, status: Status, customer: Document | None) -> Document:
    """How it is sent: the tracking number once it is on its way, the address where it is known."""
    delivery: Document = {"carrier": draw.pick(_CARRIERS), "tracking": None}
    if status == "FULFILLED":
        delivery["tracking"] = "PX" + draw.text(_DIGITS, 10)
    if customer:
        address = customer["address"]
        delivery["address"] = {name: address[name] for name in ("line_1", "postal_code", "city", "country")}
    return delivery
