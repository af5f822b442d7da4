"""The shop's customers: some come once, many come back, a few come all the time."""

from __future__ import annotations

from typing import Any

from tui.sandbox.identifiers import IdentifierMint

from .catalogue import iso
from .draw import Draw
from .identity import email, identity
from .seasons import DAY_MS

Document = dict[str, Any]


class Customers:
    """Everyone who ordered so far.

    A returning customer is drawn, half of the time, from the orders of the past instead of from the list
    of people: who ordered often orders more often still, which gives the heavy tail of a real shop.
    """

    def __init__(self, draw: Draw, mint: IdentifierMint) -> None:
        self.documents: list[Document] = []
        self._draw = draw
        self._mint = mint
        self._orders: list[Document] = []
        self._handles: set[str] = set()

    def order(self, at_ms: int) -> Document:
        """The customer who orders at ``at_ms`` (Unix milliseconds): a new one, or one who comes back."""
        draw = self._draw
        if not self._orders or draw.chance(30):
            customer = self._welcome(at_ms)
        else:
            customer = draw.pick(self._orders if draw.chance(50) else self.documents)
            customer["updated_at"] = iso(at_ms)
        self._orders.append(customer)
        return customer

    def referrer(self, customer: Document) -> Document | None:
        """Someone else who ordered before, if there is anyone."""
        found = self._draw.pick(self.documents)
        return found if found is not customer else None

    def _welcome(self, at_ms: int) -> Document:
        draw, number = self._draw, len(self.documents)
        who = identity(draw, number)
        taken = who.handle in self._handles
        self._handles.add(who.handle)
        customer = {
            "id": self._mint.random("cust_"),
            "source_id": f"C-{10_000 + number}" if draw.chance(80) else None,
            "name": who.name,
            "email": email(who.handle, number, taken),
            "phone": who.phone,
            "address": who.address,
            "metadata": _metadata(draw, who.language, at_ms),
            "created_at": iso(at_ms),
            "updated_at": None,
            "object": "customer",
        }
        self.documents.append(customer)
        return customer


def _metadata(draw: Draw, language: str, at_ms: int) -> Document:
    known: Document = {"language": language, "newsletter": draw.chance(40)}
    if draw.chance(25):
        born = iso(at_ms - draw.between(19 * 365, 80 * 365) * DAY_MS)
        known["birthday"] = born[:10]
    if draw.chance(30):
        known["tastes"] = [draw.pick(("filter", "espresso")), draw.pick(("light", "medium", "dark"))]
    return known
