"""The masks of a session: on or off, what they cover, and every way to mask a value.

A value keeps its mask until the session ends. Filters, sorting and requests never see a mask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from .masking_engine import MaskingEngine
    from .personal_fields import Inside

_POSITION = re.compile(r"\[\d+\]")
_NOBODYS = re.compile(
    r'"?(?:[\w.:/#+,-]*\d[\w.:/#+,-]*|created|paid|processing|canceled|fulfilled|true|false|null|[\[\]{}"]*)"?',
    re.ASCII | re.IGNORECASE,
)

Redactor = Callable[[str], str]
"""Masks a text before it is shown."""


class MaskedSpan(NamedTuple):
    """A place in a text, in characters, and what stands there instead."""

    start: int
    end: int
    mask: str


class MaskSettings(Protocol):
    """The mask settings of a profile."""

    @property
    def always(self) -> bool:
        """Whether they must stay on."""

    @property
    def ids(self) -> bool:
        """Whether ids are personal too."""

    @property
    def metadata(self) -> Collection[str]:
        """Keys of metadata whose values are personal."""


class Masks:
    """What a session masks, and whether masks are on.

    While they are off, nothing is read, stored or computed.

    Args:
        always: whether they must stay on.
        ids: whether ids of customers and referrers, and source_ids, are personal too.
        metadata: keys of metadata whose values are personal.
        shown: how a text looks where characters that hide are written out.
        cells: cells that such a text takes on the terminal.
        shield: called with the function that every shown text must pass through, or ``None`` for none.
        key: what the masks depend on; a secret of this session when not given.
    """

    def __init__(
        self,
        *,
        always: bool = False,
        ids: bool = False,
        metadata: Collection[str] = (),
        shown: Callable[[str], str] = str,
        cells: Callable[[str], int] = len,
        shield: Callable[[Redactor | None], None] = lambda _: None,
        key: bytes | None = None,
    ) -> None:
        self.on = False
        self.always = always
        self.changes = 0
        """Counts every change: on, off or other settings."""
        self._ids = ids
        self._metadata = tuple(metadata)
        self._shown = shown
        self._cells = cells
        self._shield = shield
        self._key = key
        self._made: MaskingEngine | None = None
        self._lock = RLock()

    def put_on(self) -> None:
        """Turn masking on. Values that were read before must be learnt again: see ``learn``."""
        self._engine.forget_texts()
        self.on = True
        self.changes += 1
        self._shield(self.text)

    def take_off(self) -> bool:
        """Turn masking off; false if the profile does not allow it."""
        if self.always:
            return False
        self.on = False
        self.changes += 1
        self._shield(None)
        return True

    def follow(self, chosen: MaskSettings) -> None:
        """Use the settings of another profile; values of the former one are forgotten.

        The same values keep their masks. Masks that are on stay on for every profile.
        """
        if (self.always, self._ids, self._metadata) == (chosen.always, chosen.ids, tuple(chosen.metadata)):
            return
        self.always, self._ids, self._metadata = chosen.always, chosen.ids, tuple(chosen.metadata)
        if self._made is not None:
            self._key = self._made.key
            self._made = None
        if self.on or self.always:
            self.put_on()

    def learn(self, document: Any, inside: Inside = "any") -> None:
        """Learn the personal values of a document that was received or is about to be shown."""
        if self.on:
            with self._lock:
                self._engine.learn(document, inside)

    def text(self, text: str) -> str:
        """The text with known values, and texts that look like addresses or numbers, masked."""
        if not self.on:
            return text
        known = self._engine.texts.get(text)
        if known is not None:
            return known
        with self._lock:
            return self._engine.text(text)

    def covers(self, text: str) -> tuple[MaskedSpan, ...]:
        """The parts of a text to mask, from left to right, without those that are masked already."""
        if not self.on:
            return ()
        with self._lock:
            return tuple(MaskedSpan(start, end, mask) for start, end, mask in self._engine.covers(text))

    def document(self, document: Any, inside: Inside = "any", *, learn: bool = True) -> Any:
        """A JSON value with what is personal masked where it stands; the value itself while masks are off.

        Args:
            document: any JSON value.
            inside: what it is a part of.
            learn: whether its values are known from then on; not of what is being typed, which is cut off.
        """
        if not self.on:
            return document
        with self._lock:
            if learn:
                self._engine.learn(document, inside)
            return self._engine.document(document, inside)

    def at(self, path: Sequence[str | int], value: Any) -> Any:
        """The value at a path of an order, masked if it is personal there; nothing is learnt."""
        if not self.on:
            return value
        masked = self.document(nested(path, value), learn=False)
        for _ in filter(_is_key, path):
            masked = next(iter(masked.values()))
        return masked

    def field(self, field: str, text: str) -> str:
        """The text of one field, named as a column or a filter names it, masked."""
        if not self.on or not text:
            return text
        with self._lock:
            return self._engine.mask(text) if self._engine.is_personal(field) else self._engine.text(text)

    def body(self, text: str) -> str:
        """The text of a request or an answer with its document masked; one that was cut, pair by pair."""
        if not self.on or not text:
            return text
        with self._lock:
            return self._engine.body(text)

    def cell(self, field: str, text: str) -> str:
        """The text of one field where the rest of its order is not known, as in a file of an export.

        Several words of metadata may speak of anybody: they are masked whole.
        """
        shown = self.field(field, text)
        if not self.on or not field.startswith("metadata") or " " not in text.strip():
            return shown
        with self._lock:
            return self._engine.mask(text)

    def excerpt(self, field: str, text: str) -> str:
        """How a value is shown in an explanation, such as a faulty row of a file.

        Its owner is unknown and it may be in the wrong column, so it is masked completely unless its
        field holds nothing personal and it is a number, a date, a status or an id with digits in it.

        Args:
            field: the path of the field as text, ``items[0].price``; empty where that is not known.
            text: the value, or the beginning of it.
        """
        if not self.on or not text:
            return text
        names = _POSITION.sub("", field)
        with self._lock:
            free = not names or names.startswith("metadata") or self._engine.is_personal(names)
            shown = not free and _NOBODYS.fullmatch(text)
            return self._engine.text(text) if shown else self._engine.mask(text)

    def lasting(self) -> Masks | None:
        """Masks for a whole job; ``None`` while they are off."""
        if not self.on:
            return None
        kept = Masks(always=True)
        kept._made, kept._lock, kept.on = self._engine, self._lock, True
        return kept

    def is_personal(self, field: str) -> bool:
        """Whether the values of a field are, named as a column or a filter names it: ``metadata.email``."""
        if not self.on:
            return False
        with self._lock:
            return self._engine.is_personal(field)

    @property
    def _engine(self) -> MaskingEngine:
        if self._made is None:
            from .masking_engine import MaskingEngine

            self._made = MaskingEngine(
                ids=self._ids, metadata=self._metadata, shown=self._shown, cells=self._cells, key=self._key
            )
        return self._made


def nested(path: Sequence[str | int], value: Any) -> Any:
    """A document that holds a value at a path and nothing else; positions in lists are left out."""
    for part in reversed([*filter(_is_key, path)]):
        value = {part: value}
    return value


def _is_key(part: str | int) -> bool:
    return isinstance(part, str)


NO_MASKS = Masks()
"""For displays without masks; never turned on."""
