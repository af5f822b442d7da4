"""Values for completion while masks are on, without those that are masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .masks import Masks


class UnmaskedValues(Mapping[str, Sequence[str]]):
    """Values by field, as ``SeenValues`` has them, without the personal ones.

    A suggestion is accepted by one key: behind a mask the user could not see which value it is.
    """

    def __init__(self, values: Mapping[str, Sequence[str]], masks: Masks) -> None:
        self._values = values
        self._masks = masks
        self._kept: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self:
            raise KeyError(name)
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = self._without_personal(name)
        return kept

    def __contains__(self, name: object) -> bool:
        return name in self._values and isinstance(name, str) and self._masks.text(name) == name

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._values if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _without_personal(self, name: str) -> tuple[str, ...]:
        if self._masks.is_personal(name):
            return ()
        return tuple(value for value in self._values[name] if self._masks.text(value) == value)
