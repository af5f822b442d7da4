"""Collects the personal values of a document, and masks them in a copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from .masker import BLANKS
from .personal_fields import FieldPrivacy, Inside, PersonalFields, PersonalKind

DEEPEST = 60
"""The depth to which documents are read; deeper values are masked completely, or not learnt."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_SPOKEN: tuple[Inside, ...] = ("metadata", "kept", "person")
"""Where texts may speak of a person by a part of the name."""

Mask = Callable[[str], str]
Found = PersonalKind | Literal["spoken"]


def personal_values(
    document: Any, places: PersonalFields, inside: Inside = "any"
) -> Iterator[tuple[Found, str]]:
    """Each personal value of one order's document with its kind; numbers as they are written.

    ``spoken`` is a word of a name by which a free text of the same document speaks of the person.
    """
    names: set[str] = set()
    spoken: set[str] = set()
    for kind, value in _values(document, places, FieldPrivacy("", inside), 0):
        if kind == "spoken":
            spoken.update(_WORD.findall(value))
            continue
        if kind == "name":
            names.update(_WORD.findall(value))
        yield kind, value
    for word in {*names, *map(str.upper, names)} & spoken:
        yield "spoken", word


def masked(document: Any, places: PersonalFields, *, mask: Mask, text: Mask, inside: Inside = "any") -> Any:
    """A copy with personal values masked, and known personal values in other texts and in keys.

    Parts without personal data are not copied. A personal number becomes a text, yes and no and null stay.

    Args:
        document: any JSON value; it is not written to.
        places: where personal values stand.
        mask: masks a value.
        text: masks what is known in a text.
        inside: what the document is a part of.
    """
    return _Walk(places, mask, text).value(document, FieldPrivacy("", inside), 0)


def same_place(shown: Any, real: Any, path: Iterable[str | int]) -> tuple[str | int, ...]:
    """Where in a document is what stands at a path of its masked copy, in which keys may be masked too.

    Raises:
        LookupError: the path is none of the copy's.
    """
    found: list[str | int] = []
    for step in path:
        if isinstance(shown, dict) and isinstance(step, str):
            key = list(real)[list(shown).index(step)] if step in shown else None
            if key is None:
                raise LookupError(step)
            shown, real = shown[step], real[key]
            found.append(key)
        elif isinstance(shown, list) and isinstance(step, int):
            shown, real = shown[step], real[step]
            found.append(step)
        else:
            raise LookupError(step)
    return tuple(found)


class _Walk:
    def __init__(self, places: PersonalFields, mask: Mask, text: Mask) -> None:
        self._places = places
        self._mask = mask
        self._text = text

    def value(self, value: Any, place: FieldPrivacy, depth: int) -> Any:
        if isinstance(value, str):
            return self._of_text(value, place)
        if isinstance(value, dict | list):
            if depth >= DEEPEST:
                return self._mask(str(value))
            if isinstance(value, dict):
                return self._of_object(value, place.inside, depth)
            return _same_or(value, [self.value(element, place, depth + 1) for element in value])
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return self._mask(str(value)) if place.kind and is_number else value

    def _of_object(self, value: dict[str, Any], inside: Inside, depth: int) -> dict[str, Any]:
        made = {
            self._text(key): self.value(element, self._places.place(inside, key), depth + 1)
            for key, element in value.items()
        }
        same = all(
            key is other and element is value[key]
            for key, (other, element) in zip(value, made.items(), strict=False)
        )
        return value if same and len(made) == len(value) else made

    def _of_text(self, value: str, place: FieldPrivacy) -> str:
        if not place.kind:
            return self._text(value)
        return self._mask(value) if value.strip(BLANKS) else value


def _values(
    value: Any, places: PersonalFields, place: FieldPrivacy, depth: int
) -> Iterator[tuple[Found, str]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for key, element in value.items():
            yield from _values(element, places, places.place(place.inside, key), depth + 1)
    elif isinstance(value, list):
        for element in value:
            yield from _values(element, places, place, depth + 1)
    elif place.kind and not isinstance(value, bool) and value is not None:
        text = str(value)
        if text.strip(BLANKS):
            yield place.kind, text
    elif isinstance(value, str) and place.inside in _SPOKEN:
        yield "spoken", value


def _same_or(before: list[Any], after: list[Any]) -> list[Any]:
    return before if all(old is new for old, new in zip(before, after, strict=True)) else after
