"""The values that loaded orders hold, by field: what completion proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.orders.exported_text import meaning_of, texts_of
from tui.orders.order import Order

from .fields import FIELDS, Kind

LONGEST = 80
"""Characters of a value that is worth proposing."""

DEPTH = 4
"""How deep nested metadata is looked into."""

_GATHERED = tuple(
    field
    for field in FIELDS.values()
    if field.kind is Kind.TEXT and field.name not in ("item", "metadata", "mismatch", "problems")
)


class SeenValues(Mapping[str, Sequence[str]]):
    """Values by canonical field name, the most frequent first; metadata by ``metadata.KEY``.

    Nested metadata is under its path. Values that are long or hold characters that do not print are left
    out. An order counts once, by its id.
    """

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._sorted: dict[str, tuple[str, ...]] = {}
        self._known: set[str] = set()

    def unseen(self, orders: Iterable[Order]) -> list[Order]:
        """Those whose values were not taken yet."""
        return [order for order in orders if order.id not in self._known]

    def add(self, orders: Iterable[Order]) -> None:
        """Take the values of these orders."""
        for order in self.unseen(orders):
            self._known.add(order.id)
            for field in _GATHERED:
                found = field.read(order)
                for value in found if isinstance(found, tuple) else (found,):
                    self._count(field.name, value)
            if order.metadata:
                self._add_metadata("metadata", order.metadata)

    def _add_metadata(self, name: str, value: Any, depth: int = 0) -> None:
        meaning = meaning_of(value)
        if isinstance(meaning, dict) and depth < DEPTH:
            for key, inner in meaning.items():
                self._add_metadata(f"{name}.{key}", inner, depth + 1)
        else:
            for text in texts_of(meaning):
                self._count(name, text)

    def _count(self, name: str, value: str | None) -> None:
        if value and len(value) <= LONGEST and value.isprintable() and name.isprintable():
            self._counts.setdefault(name, Counter())[value] += 1
            self._sorted.pop(name, None)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        found = self._sorted.get(name)
        if found is None:
            counts = self._counts[name]
            found = self._sorted[name] = tuple(sorted(counts, key=counts.__getitem__, reverse=True))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)
