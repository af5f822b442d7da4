"""Masks texts and documents: known personal values, and what looks like an address or phone number."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from typing import Any
from unicodedata import normalize

from tui.orders.order_fields import ORDER_FIELDS

from .document_masking import Found, masked, personal_values
from .known_values import KnownValues, Span, find_contacts, merged
from .masker import SIGN, Masker
from .personal_fields import Inside, PersonalFields

_MARK = re.compile(r'"(?:[^"\\]|\\.)*(?P<end>"?)|[\[\]{},]', re.DOTALL)
_CLOSED_BY = {"[": "]", "{": "}"}


def whole_part(text: str) -> tuple[Any, str] | None:
    """The complete part, and the brackets that close it; ``None`` where no such JSON begins here.

    In a list that goes on to the end, such as a page of orders, the last element is left out: what is known
    of it only by a part cannot be told from anything else.
    """
    kept, open_there = 0, ""
    first, of_list, open_in_list = 0, 0, ""
    stack = ""
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if sign in _CLOSED_BY:
            stack += sign
            kept, open_there = mark.end(), stack
            if sign == "[" and not first:
                first, of_list, open_in_list = len(stack), mark.end(), stack
        elif sign in ("]", "}"):
            stack = stack[:-1]
            kept, open_there = mark.end(), stack
            first = first if len(stack) >= first else 0
        elif sign == ",":
            kept, open_there = mark.start(), stack
            if len(stack) == first:
                of_list, open_in_list = mark.start(), stack
        elif not mark["end"]:
            break
    if first:
        kept, open_there = of_list, open_in_list
    added = "".join(_CLOSED_BY[sign] for sign in reversed(open_there))
    try:
        return json.loads(text[:kept] + added), added
    except (ValueError, RecursionError):
        return None


_PLAIN = re.compile(r"[\w .,+-]+\Z", re.ASCII)

_APOSTROPHES = ("'\"'\"'", "'\\''")
"""How a shell's quoted word writes an apostrophe."""

LONGEST = 2000
"""The most characters of a value whose spellings are computed; longer values are known in one spelling."""


def spellings(value: str, shown: Callable[[str], str]) -> set[str]:
    """Every spelling that a text of ours or the service's may hold.

    Args:
        value: as it came.
        shown: how it looks where characters that hide are written out.
    """
    if _PLAIN.match(value) or len(value) > LONGEST:
        return {value}
    found = {value, shown(value), json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
    if not value.isascii():
        found |= {normalize("NFC", value), normalize("NFD", value), ascii(value)[1:-1]}
    if "'" in value:
        found |= {spelling.replace("'", sign) for spelling in tuple(found) for sign in _APOSTROPHES}
    if " " not in value:
        found.add(_in_a_url(value))
    return found


def _in_a_url(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="", errors="replace")


KEY_BYTES = 16
REMEMBERED = 20_000
"""Number of texts whose masked form is cached."""

LONGEST_REMEMBERED = 2000
LEAST: dict[Found, int] = {"kept": 6, "code": 3}
"""Characters from which a value is looked for elsewhere: one that is kept about a person under whatever name,
and a country. Its code is spelt like many a word: ``IN`` masked every “in”."""

_FIELD_OF = {field.column: field.name for field in ORDER_FIELDS if field.column}
"""The field behind a column."""

_PAIR = re.compile(r'"(?P<key>[^"\\]{1,100})"(?P<between>\s*:\s*)"(?P<value>(?:[^"\\]|\\.)*)')
"""A text and its key in JSON that was cut."""

_MASKS = re.compile(rf"\{SIGN}[a-z]*")


class MaskingEngine:
    """The implementation of ``Masks``. Not thread-safe."""

    def __init__(
        self,
        *,
        ids: bool,
        metadata: Collection[str],
        shown: Callable[[str], str],
        cells: Callable[[str], int],
        key: bytes | None,
    ) -> None:
        self.key = key or secrets.token_bytes(KEY_BYTES)
        self.texts: dict[str, str] = {}
        self._shown = shown
        self._masker = Masker(self.key, lambda text: cells(shown(text)))
        self._places = PersonalFields(ids=ids, metadata=metadata)
        self._known = KnownValues()
        self._masks: dict[str, str] = {}
        self._issued: set[str] = set()

    def forget_texts(self) -> None:
        """Cached results of texts may be outdated."""
        self.texts.clear()

    def learn(self, document: Any, inside: Inside) -> None:
        """Remember the personal values of a document, or of each order in a list of them."""
        before = self._known.met
        for one in _orders_in(document):
            for kind, value in personal_values(one, self._places, inside):
                self._note(kind, value)
        if self._known.met != before:
            self.forget_texts()

    def _note(self, kind: Found, value: str) -> None:
        if value in self._known or len(value.strip()) < LEAST.get(kind, 0):
            return
        for spelling in spellings(value, self._shown):
            self._known.add(spelling, word=kind == "spoken")

    def text(self, text: str) -> str:
        """The text with all personal values masked."""
        found = text
        parts: list[str] = []
        done = 0
        for start, end, mask in self.covers(text):
            parts += [text[done:start], mask]
            done = end
        if parts:
            found = "".join([*parts, text[done:]])
        if len(text) <= LONGEST_REMEMBERED:
            if len(self.texts) >= REMEMBERED:
                self.texts.clear()
            self.texts[text] = found
        return found

    def covers(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each place that has to be masked, and its mask."""
        spans = [*self._known.spans(text), *find_contacts(text)]
        if not spans:
            return
        masks = self._masks_in(text)
        for start, end in merged(spans):
            if not any(first <= start and end <= last for first, last in masks):
                yield start, end, self.mask(text[start:end])

    def body(self, text: str) -> str:
        """The JSON text with its document masked, as far as it is complete; in other text, known values."""
        added = ""
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            whole = whole_part(text)
            if whole is None:
                return self.text(_PAIR.sub(self._pair, text))
            document, added = whole
        self.learn(document, "any")
        masked_text = json.dumps(self.document(document, "any"), ensure_ascii=False)
        return masked_text.removesuffix(added)

    def _pair(self, found: re.Match[str]) -> str:
        key, value = found["key"], found["value"]
        personal = self._places.place("metadata", key).kind and value
        return f'"{key}"{found["between"]}"{self.mask(value)}' if personal else found[0]

    def is_personal(self, field: str) -> bool:
        """Whether every value of the field is masked."""
        return bool(self._places.place("any", _FIELD_OF.get(field, field)).kind)

    def document(self, document: Any, inside: Inside) -> Any:
        """The document with its personal values masked."""
        return masked(document, self._places, mask=self.mask, text=self._seen, inside=inside)

    def mask(self, value: str) -> str:
        """The mask of a value; of a mask, itself."""
        made = self._masks.get(value)
        if made is None:
            made = self._drawn(value)
            self._masks[value] = made
            self._issued.update(made.split())
        return made

    def _seen(self, text: str) -> str:
        return self.texts.get(text) or self.text(text)

    def _drawn(self, value: str) -> str:
        if all(word in self._issued for word in value.split()):
            return value
        for attempt in range(8):
            made = self._masker.mask(value, attempt=attempt)
            if made != value and not self._known.spans(made):
                return made
        return "#" * self._masker.width(value)

    def _masks_in(self, text: str) -> list[Span]:
        if SIGN not in text:
            return []
        return [found.span() for found in _MASKS.finditer(text) if found.group() in self._issued]


def _orders_in(document: Any) -> Iterator[Any]:
    """A page's orders one by one, since a text speaks of its own order's persons only; else what it is."""
    if isinstance(document, list):
        yield from document
    elif isinstance(document, dict) and isinstance(document.get("orders"), list):
        yield {key: value for key, value in document.items() if key != "orders"}
        yield from document["orders"]
    else:
        yield document
