"""Where in a document personal values stand: one walk's decisions, by the names on the way."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from .keys import CODES, GOODS, IDENTIFIERS, OF_PEOPLE, ORDER_IDENTIFIERS, PEOPLE, kind_of

Inside = Literal["any", "metadata", "person", "goods", "kept", "all"]
"""What holds a field. ``kept`` is what a person's own metadata holds, ``all`` is personal to its leaves."""

Kind = Literal["value", "name", "code", "kept", ""]
"""What stands in a field: a personal value, a person's name, a country or state that may be a code, something
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


class Place(NamedTuple):
    """What a field's own value is, and what it is to the fields in it."""

    kind: Kind
    inside: Inside


NOWHERE = Place("", "any")


class Places:
    """Decides field by field. ``ids`` counts what identifies persons and orders as personal.

    Args:
        ids: whether ids and source_ids of customers and referrers, and source_ids of orders, are personal.
        metadata: keys of metadata that are personal, in any object.
    """

    def __init__(self, *, ids: bool = False, metadata: Collection[str] = ()) -> None:
        self.ids = ids
        self.metadata = frozenset(metadata)

    def place(self, inside: Inside, key: str) -> Place:
        """What the field of this name is; a dotted one, as in the header of a CSV, is each part in turn."""
        here = self._plain(inside, key)
        if here.kind or "." not in key or key in self.metadata:
            return here
        first, rest = key.split(".", 1)
        outer = self._plain(inside, first)
        return self.place(outer.inside, rest)

    def _plain(self, inside: Inside, key: str) -> Place:
        if inside == "all" or (key in self.metadata and inside in ("metadata", "kept", "goods")):
            return Place("code" if key in CODES else "value", "all")
        if key == METADATA:
            return Place("", _METADATA_OF[inside])
        if kind := kind_of(key):
            return Place("name" if kind == "name" else "value", "all")
        if inside == "person":
            return self._of_person(key)
        if inside == "kept":
            return Place("name" if key == "name" else "kept", "kept")
        return Place("", "goods") if inside == "goods" else self._elsewhere(inside, key)

    def _of_person(self, key: str) -> Place:
        if key in OF_PEOPLE:
            return Place("name" if key == "name" else "value", "all")
        return Place("value" if self.ids and key in IDENTIFIERS else "", "person")

    def _elsewhere(self, inside: Inside, key: str) -> Place:
        """In an order, in an answer around it, in its metadata."""
        if key in PEOPLE:
            bare: Kind = "name" if inside == METADATA else "value" if self.ids else ""
            return Place(bare, "person")
        if key in GOODS:
            return Place("", "goods")
        if inside == METADATA:
            return Place("name", "all") if key == "name" else Place("", METADATA)
        if self.ids and (key in ORDER_IDENTIFIERS or key == "source_id"):
            return Place("value", "any")
        return NOWHERE
