"""Who a customer is: name, e-mail, phone and address, all made up."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .culture import Culture
from .cultures_latin import LATIN
from .cultures_other import OTHER
from .draw import Draw, Weighted

Address = dict[str, str | None]

_CULTURES = Weighted((culture, culture.weight) for culture in LATIN + OTHER)
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


def identity(draw: Draw, number: int) -> Identity:
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


def _address(draw: Draw, culture: Culture) -> Address:
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


def _digits(draw: Draw, pattern: str) -> str:
    return re.sub("#", lambda _: draw.pick(string.digits), pattern)
