"""Which fields of a document are personal, by their names and the objects around them."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Literal, NamedTuple

from tui.orders.order_fields import identifier_names, person_names

NameKind = Literal["value", "name", "tree", ""]
"""``value``: the value is personal. ``name``: so are its words. ``tree``: everything below it is."""

PEOPLE = person_names()
"""Objects that are persons."""

CODES = frozenset({"country", "country_code", "state", "state_code"})
"""Parts of an address that may be codes of two letters."""

OF_PEOPLE = frozenset({"name", "email", "phone", "description", "birthday", "birthdate", "address"})
"""Personal fields of a person, besides those that are personal anywhere."""

GOODS = frozenset({"product", "sku", "items", "campaign", "voucher"})
"""Objects whose ``name`` is that of a thing."""

IDENTIFIERS = frozenset({"id", "source_id"})
"""Fields of a person that name them to machines only: personal where that was chosen."""

ORDER_IDENTIFIERS = identifier_names()
"""The same on an order."""

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
_WHO = "first|last|full|family|given|middle|maiden|sur|customer|contact|recipient|receiver|buyer|client"
_ROLE = f"{_WHO}|billing|shipping|delivery|holder|owner|person"
_NAME = re.compile(
    rf"(?:.*_)?(?:{_ROLE})_?names?|(?:.*_)?(?:recipient|receiver|buyer|contact_person)|surname"
)
_VALUE = re.compile(
    r"(?:.*_)?(?:e_?mails?|mail)(?:_?address(?:es)?)?"
    r"|(?:.*_)?(?:phones?|mobile|telephone|tel|cell|cellphone|fax|msisdn|whatsapp)(?:_?(?:number|no|nr))?"
    r"|(?:.*_)?(?:birth_?day|birth_?date|date_of_birth|dob)"
    r"|(?:.*_)?(?:street|city|town|house_?number|post_?code|postal_?code|zip|zip_?code)(?:_(?:line_)?\d)?"
)
_TREE = re.compile(r"(?:.*_)?address(?:es)?(?:_(?:line_)?\d)?")


@lru_cache(maxsize=4096)
def kind_of(key: str) -> NameKind:
    """What a field with this name holds, in any object: ``billingEmail``, ``phone_number``."""
    words = "_".join(word.lower() for word in _WORDS.findall(key[:100]))
    if _VALUE.fullmatch(words):
        return "value"
    if _TREE.fullmatch(words):
        return "tree"
    return "name" if _NAME.fullmatch(words) else ""


Inside = Literal["any", "metadata", "person", "goods", "kept", "all"]
"""The kind of object that has a field. ``kept`` is a person's metadata, ``all`` is entirely personal."""

PersonalKind = Literal["value", "name", "code", "kept", ""]
"""The kind of a value: a personal value, a person's name, a country or state that may be a code, something
kept about them, or none of these."""

METADATA: Literal["metadata"] = "metadata"


_METADATA_OF: dict[Inside, Inside] = {
    "any": METADATA,
    METADATA: METADATA,
    "person": "kept",
    "kept": "kept",
    "goods": "goods",
    "all": "all",
}


class FieldPrivacy(NamedTuple):
    """The kind of a field's value, and of the fields in it."""

    kind: PersonalKind
    inside: Inside


NOT_PERSONAL = FieldPrivacy("", "any")


class PersonalFields:
    """Decides field by field. ``ids`` counts what identifies persons and orders as personal.

    Args:
        ids: whether ids and source_ids of customers and referrers, and source_ids of orders, are personal.
        metadata: keys of metadata that are personal, in any object.
    """

    def __init__(self, *, ids: bool = False, metadata: Collection[str] = ()) -> None:
        self.ids = ids
        self.metadata = frozenset(metadata)

    def place(self, inside: Inside, key: str) -> FieldPrivacy:
        """What the field with this name is; a dotted one, as in the header of a CSV, is each part in turn."""
        here = self._plain(inside, key)
        if here.kind or "." not in key or key in self.metadata:
            return here
        first, rest = key.split(".", 1)
        outer = self._plain(inside, first)
        return self.place(outer.inside, rest)

    def _plain(self, inside: Inside, key: str) -> FieldPrivacy:
        if inside == "all" or (key in self.metadata and inside in ("metadata", "kept", "goods")):
            return FieldPrivacy("code" if key in CODES else "value", "all")
        if key == METADATA:
            return FieldPrivacy("", _METADATA_OF[inside])
        if kind := kind_of(key):
            return FieldPrivacy("name" if kind == "name" else "value", "all")
        if inside == "person":
            return self._of_person(key)
        if inside == "kept":
            return FieldPrivacy("name" if key == "name" else "kept", "kept")
        return FieldPrivacy("", "goods") if inside == "goods" else self._elsewhere(inside, key)

    def _of_person(self, key: str) -> FieldPrivacy:
        if key in OF_PEOPLE:
            return FieldPrivacy("name" if key == "name" else "value", "all")
        return FieldPrivacy("value" if self.ids and key in IDENTIFIERS else "", "person")

    def _elsewhere(self, inside: Inside, key: str) -> FieldPrivacy:
        """In an order, in an answer around it, in its metadata."""
        if key in PEOPLE:
            bare: PersonalKind = "name" if inside == METADATA else "value" if self.ids else ""
            return FieldPrivacy(bare, "person")
        if key in GOODS:
            return FieldPrivacy("", "goods")
        if inside == METADATA:
            return FieldPrivacy("name", "all") if key == "name" else FieldPrivacy("", METADATA)
        if self.ids and key in ORDER_IDENTIFIERS:
            return FieldPrivacy("value", "any")
        return NOT_PERSONAL
