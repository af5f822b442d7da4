"""An account of made-up people, and looking for them in what a masked session shows and writes.

Their names are made of letters that no word of Ordex has side by side, so that a piece of one is a leak.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tui.orders.amounts import format_amount
from tui.orders.privacy import Masks
from tui.terminal.cells import cell_width
from tui.terminal.visible import set_redactor, written_out

PIECE = 5
"""Characters of a value, if it has more, that must not be seen side by side."""

_SYLLABLES = ("zqua", "wyxo", "qvin", "jaxq", "vuqz", "kwyq", "xoqe", "qirz", "fuqx", "hyzq", "gwaq", "pyqo")
_IDEOGRAMS = "靐龘虪驫麤爨癵籱饢鱻齉灪龗纞"
_FORMS = (
    "{a} {b}",
    "{a} {b}-{c}",
    "Dr. {a} Ó{b}",
    "{w}{w2}",
    "{a} '{c}' {b}",
    '{a} "{c}" {b}\\',
    "{a}\u200b{b} \u202e{c}",
    "ﺍ{a}ﺏ {b}",
    "[bold]{a}[/] {b}",
    "{a}\n{b}",
    "e\u0301{a} {b}\u0308",
    "{w}{a}{w2} {b}",
    "{a} 👩‍🚀 {b}",
    "{a} {b} {c} {a2} {b2} {c2} {a3} {b3} {c3} von {b}",
    "{s}",
)


@dataclass(frozen=True)
class Person:
    """What is known of somebody."""

    name: str
    email: str
    phone: str
    street: str
    city: str

    @property
    def values(self) -> tuple[str, ...]:
        """All of it."""
        return (self.name, self.email, self.phone, self.street, self.city)


def people(count: int = 100, *, seed: int = 6) -> list[Person]:
    """Somebody for every kind of name, again and again; nobody twice."""
    draw = random.Random(seed)
    return [_person(number, draw) for number in range(count)]


def _word(draw: random.Random) -> str:
    return "".join(draw.sample(_SYLLABLES, 2)).capitalize()


def _person(number: int, draw: random.Random) -> Person:
    words = {f"{letter}{at}".rstrip("1"): _word(draw) for letter in "abc" for at in (1, 2, 3)}
    words |= {"w": draw.choice(_IDEOGRAMS), "w2": draw.choice(_IDEOGRAMS) + _IDEOGRAMS[number % 14]}
    words["s"] = f"Q{'bcdfghjklm'[number // len(_FORMS) % 10]}z"
    name = _FORMS[number % len(_FORMS)].format(**words)
    return Person(
        name,
        f"{words['a'].lower()}.{number}@{words['b'].lower()}.test",
        f"+4899{draw.randrange(10**7):07}",
        f"{number} {words['c']} {words['a2']}",
        f"{words['b3']} {words['c3']}",
    )


def order_of(person: Person, number: int) -> dict[str, Any]:
    """An order that holds all of it, in fields of its own and in free texts."""
    said = f"{person.name} rang from {person.phone}; leave it at {person.street}, {person.city}"
    return {
        "id": f"ord_{number:018x}",
        "source_id": f"WEB-{number:04}",
        "created_at": f"2026-02-{number % 28 + 1:02}T10:{number % 60:02}:00.000Z",
        "status": ("CREATED", "PAID", "FULFILLED")[number % 3],
        "amount": 1000 + number,
        "items": [
            {
                "product_id": "prod_1",
                "quantity": 1,
                "price": 1000 + number,
                "product": {"name": "Mug"},
                "metadata": {"recipient": person.name, "label": f"for {person.name}!"},
            }
        ],
        "metadata": {
            "recipient": person.name,
            "email": person.email,
            "contact_phone": person.phone,
            "delivery_address": {"street": person.street, "city": person.city},
            "note": said,
            "log": [{"at": 1, "text": f"mailed <{person.email}>"}],
            "channel": "web",
            person.email: True,
        },
        "object": "order",
    }


def account(count: int = 100) -> tuple[list[dict[str, Any]], list[str]]:
    """Orders, and five known values of each of them."""
    known = people(count)
    return [order_of(person, n) for n, person in enumerate(known)], [v for p in known for v in p.values]


class Watch:
    """Looks for values, and for pieces of the longer ones, in any text."""

    def __init__(self, values: Iterable[str]) -> None:
        self._wholes: set[str] = set()
        self._words: set[str] = set()
        self._pieces: set[str] = set()
        for value in values:
            for spelling in (value, written_out(value), json.dumps(value)[1:-1]):
                self._add(spelling.lower())

    def _add(self, value: str) -> None:
        if len(value) > PIECE:
            pieces = (value[at : at + PIECE] for at in range(len(value) - PIECE + 1))
            self._pieces.update(piece for piece in pieces if _is_telling(piece))
        if value.isascii() and len(value) < 4:
            self._words.add(value)
        else:
            self._wholes.add(value)

    def found(self, text: str) -> list[str]:
        """What of the values is in a text; empty where nothing is."""
        folded = text.lower()
        pieces = {folded[at : at + PIECE] for at in range(len(folded) - PIECE + 1)}
        found = self._pieces & pieces
        found |= {value for value in self._wholes if value in folded}
        found |= self._words & set(re.findall(r"\w+", folded))
        return sorted(found)


def _is_telling(piece: str) -> bool:
    """Whether no text of ours would hold it: with letters of a name, or signs of no language we speak."""
    return any(letter in "qxzwjv" or ord(letter) > 0x2FF for letter in piece) and any(
        sign.isalpha() for sign in piece
    )


def amount_of(number: int) -> str:
    """The amount by which an order of the account is known on a screen."""
    return format_amount(1000 + number)


def session_masks(**given: Any) -> Masks:
    """Masks as a session has them, off unless the profile is always masked; everything shown passes them."""
    made = Masks(key=b"key", shown=written_out, cells=cell_width, shield=set_redactor, **given)
    if made.always:
        made.put_on()
    return made
