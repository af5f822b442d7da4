"""The shop's customers: some come once, many come back, a few come all the time."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from tui.sandbox.identifiers import IdentifierGenerator

from .locales import LATIN, OTHER, Locale
from .products import iso
from .schedule import DAY_MS
from .seeded_random import SeededRandom, WeightedChoice

Address = dict[str, str | None]

_CULTURES = WeightedChoice((culture, culture.weight) for culture in LATIN + OTHER)
_DOMAINS = ("example.com", "example.com", "example.org", "example.net")
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "ü": "ue", "ö": "oe", "ä": "ae"}
)


class Identity(NamedTuple):
    """A person or a company. ``handle`` is the part of the e-mail address before the ``@``."""

    name: str
    handle: str
    phone: str | None
    address: Address
    language: str


NOTABLE: dict[int, tuple[str, str]] = {
    2: ("Siobhán O'Brien", "siobhan.obrien"),
    7: ('Marlowe, Finch & "Sons" Coffee Roasters, Ltd.', "orders.marlowe-finch"),
    13: ("Jean-Baptiste d'Oultremont-Łabędzki", "jb.doultremont"),
    19: ("Café „Zum goldenen Löffel“ GmbH & Co. KG", "einkauf.loeffel"),
    26: ("Björk", "bjork"),
    33: ("María de los Ángeles Fernández de Córdoba y Álvarez de las Asturias", "m.fernandez.cordoba"),
    41: ("The <Tiny> Kitchen; 50% off-grid", "hello.tinykitchen"),
    52: ("Null, Karen", "karen.null"),
}
"""Names that trip programs up, by the number of the customer who bears them; each an honest name."""


def identity(draw: SeededRandom, number: int) -> Identity:
    """Make up customer ``number`` (from 0)."""
    culture = _CULTURES.pick(draw)
    given, family = draw.pick(_names(culture.given)), draw.pick(_names(culture.family))
    name = culture.full.format(given=given[0], family=family[0])
    handle = f"{given[1]}.{family[1]}"
    if number in NOTABLE:
        name, handle = NOTABLE[number]
    phone = _digits(draw, culture.phone) if culture.phone and draw.chance(70) else None
    return Identity(name, handle, phone, _address(draw, culture), culture.language)


def email(handle: str, number: int, taken: bool) -> str:
    """An address on a domain kept for examples; with the customer's number where the plain one is taken."""
    return f"{handle}{number if taken else ''}@{_DOMAINS[number % len(_DOMAINS)]}"


def _address(draw: SeededRandom, culture: Locale) -> Address:
    city, state, postal = draw.pick(culture.cities)
    return {
        "line_1": culture.street.format(street=draw.pick(culture.streets), number=draw.between(1, 188)),
        "line_2": f"{draw.between(1, 40)}/{draw.between(1, 9)}" if draw.chance(15) else None,
        "postal_code": _digits(draw, postal),
        "city": city,
        "state": state,
        "country": culture.country,
    }


@lru_cache(maxsize=128)
def _names(table: str) -> tuple[tuple[str, str], ...]:
    """The names of a table, each with its Latin spelling."""
    pairs = (entry.replace("_", " ").partition("=") for entry in table.split())
    return tuple((name, latin or _latin(name)) for name, _, latin in pairs)


def _latin(name: str) -> str:
    """A name as people spell it in an e-mail address."""
    plain = unicodedata.normalize("NFC", name).lower().translate(_PLAIN_LETTERS)
    letters = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in letters if letter in string.ascii_lowercase)


def _digits(draw: SeededRandom, pattern: str) -> str:
    return re.sub("#", lambda _: draw.pick(string.digits), pattern)


Document = dict[str, Any]


class Customers:
    """Everyone who ordered so far.

    A returning customer is drawn, half of the time, from the orders of the past instead of from the list
    of people: who ordered often orders more often still, which gives the heavy tail of a real shop.
    """

    def __init__(self, draw: SeededRandom, mint: IdentifierGenerator) -> None:
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


def _metadata(draw: SeededRandom, language: str, at_ms: int) -> Document:
    known: Document = {"language": language, "newsletter": draw.chance(40)}
    if draw.chance(25):
        born = iso(at_ms - draw.between(19 * 365, 80 * 365) * DAY_MS)
        known["birthday"] = born[:10]
    if draw.chance(30):
        known["tastes"] = [draw.pick(("filter", "espresso")), draw.pick(("light", "medium", "dark"))]
    return known
