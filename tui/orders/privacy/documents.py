"""Personal values of documents: taken out to be known, and masked where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .mask import BLANKS
from .places import Inside, Kind, Place, Places

DEEPEST = 60
"""Levels of a document that are walked; what is deeper is masked whole, or not known."""

_NAME_WORD = re.compile(r"[^\W\d_]{3,}")
_SPOKEN: tuple[Inside, ...] = ("metadata", "kept", "person")
"""Where texts may speak of a person by a part of the name."""

Mask = Callable[[str], str]


def personal_values(document: Any, places: Places, inside: Inside = "any") -> Iterator[tuple[Kind, str]]:
    """Each personal value of a document with its kind; numbers as they are written."""
    yield from _values(document, places, Place("", inside), 0)


def masked(document: Any, places: Places, *, mask: Mask, text: Mask, inside: Inside = "any") -> Any:
    """A copy with personal values masked, and whatever is known of them in other texts and in keys.

    What holds nothing personal is not copied. A personal number becomes a text, yes and no and null stay.

    Args:
        document: any JSON value; it is not written to.
        places: where personal values stand.
        mask: masks a value.
        text: masks what is known in a text.
        inside: what the document is a part of.
    """
    if isinstance(document, list):
        return _same_or(document, [masked(d, places, mask=mask, text=text, inside=inside) for d in document])
    names = {value for kind, value in personal_values(document, places, inside) if kind == "name"}
    return _Walk(places, mask, text, _speaking_of(names)).value(document, Place("", inside), 0)


class _Walk:
    def __init__(self, places: Places, mask: Mask, text: Mask, names: re.Pattern[str] | None) -> None:
        self._places = places
        self._mask = mask
        self._text = text
        self._names = names

    def value(self, value: Any, place: Place, depth: int) -> Any:
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

    def _of_text(self, value: str, place: Place) -> str:
        if place.kind:
            return self._mask(value) if value.strip(BLANKS) else value
        found = self._text(value)
        if self._names is not None and place.inside in _SPOKEN:
            found = self._names.sub(lambda word: self._mask(word.group()), found)
        return found


def _values(value: Any, places: Places, place: Place, depth: int) -> Iterator[tuple[Kind, str]]:
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


def _speaking_of(names: set[str]) -> re.Pattern[str] | None:
    words = {word for name in names for word in _NAME_WORD.findall(name)}
    if not words:
        return None
    ways = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![\w*])(?:{ways})(?!\w)", re.IGNORECASE)


def _same_or(before: list[Any], after: list[Any]) -> list[Any]:
    return before if all(old is new for old, new in zip(before, after, strict=True)) else after
