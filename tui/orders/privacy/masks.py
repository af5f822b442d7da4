"""The masks of a session: on or off, what they cover, and the one way by which anything is masked.

The same value has the same mask until the session ends. Filters, sorting and what is sent never see a mask.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .engine import Engine
    from .places import Inside

Shield = Callable[[str], str]
"""What every text passes before it is shown."""


class Cover(NamedTuple):
    """A place in a text, in characters, and what stands there instead."""

    start: int
    end: int
    mask: str


class Masks:
    """What is masked in a session, and whether it is now.

    Nothing is read in, remembered or worked out while they are off.

    Args:
        always: whether they may not be taken off.
        ids: whether ids of customers and referrers, and source_ids, are personal too.
        metadata: keys of metadata whose values are personal.
        shown: how a text looks where characters that hide are written out.
        cells: cells that such a text takes on the terminal.
        shield: told what every text passes from now on before it is shown, or ``None``.
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
        shield: Callable[[Shield | None], None] = lambda _: None,
        key: bytes | None = None,
    ) -> None:
        self.on = False
        self.always = always
        self.changes = 0
        """How often the masks were put on, taken off or chosen anew."""
        self._ids = ids
        self._metadata = tuple(metadata)
        self._shown = shown
        self._cells = cells
        self._shield = shield
        self._key = key
        self._made: Engine | None = None
        self._lock = RLock()

    def put_on(self) -> None:
        """Mask from now on. What was read before has to be learnt: see ``learn``."""
        self._engine.forget_texts()
        self.on = True
        self.changes += 1
        self._shield(self.text)

    def take_off(self) -> bool:
        """Show everything again; whether that may be."""
        if self.always:
            return False
        self.on = False
        self.changes += 1
        self._shield(None)
        return True

    def use(self, *, always: bool, ids: bool, metadata: Collection[str], on: bool = False) -> None:
        """Go on with what another profile calls personal; what is known of the former one is forgotten.

        Args:
            always: as for a new one; it puts the masks on.
            ids: as for a new one.
            metadata: as for a new one.
            on: whether they are put on in any case; they never come off by this.
        """
        self.always, self._ids, self._metadata = always, ids, tuple(metadata)
        if self._made is not None:
            self._key = self._made.key
            self._made = None
        if self.on or always or on:
            self.put_on()

    def learn(self, document: Any, inside: Inside = "any") -> None:
        """Take note of the personal values of a document that came in, or is about to be shown."""
        if self.on:
            with self._lock:
                self._engine.learn(document, inside)

    def text(self, text: str) -> str:
        """The text with what is known, and what looks like an address or a number, masked."""
        if not self.on:
            return text
        known = self._engine.texts.get(text)
        if known is not None:
            return known
        with self._lock:
            return self._engine.text(text)

    def covers(self, text: str) -> tuple[Cover, ...]:
        """What of a text has to be masked, from left to right; nothing of what is masked already."""
        if not self.on:
            return ()
        with self._lock:
            return tuple(Cover(start, end, mask) for start, end, mask in self._engine.covers(text))

    def document(self, document: Any, inside: Inside = "any") -> Any:
        """A JSON value with what is personal masked where it stands; the value itself while masks are off."""
        if not self.on:
            return document
        with self._lock:
            self._engine.learn(document, inside)
            return self._engine.document(document, inside)

    def value(self, field: str, value: Any) -> Any:
        """The value of one field of an order, named by its path as ``metadata.email``, masked."""
        return self.document({field: value}).popitem()[1]

    def hides(self, document: Any, inside: Inside = "any") -> bool:
        """Whether masks change anything of a JSON value."""
        return self.document(document, inside) is not document

    @property
    def _engine(self) -> Engine:
        if self._made is None:
            from .engine import Engine

            self._made = Engine(
                ids=self._ids, metadata=self._metadata, shown=self._shown, cells=self._cells, key=self._key
            )
        return self._made


NO_MASKS = Masks()
"""For surfaces that nobody gave any; they are never put on."""
