"""What a virtual table asks of the data behind it: a window, never everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

Align = Literal["left", "right"]


class Cell(NamedTuple):
    """One cell. ``text`` is plain and already visible; ``style`` names a component class, or is empty."""

    text: str
    align: Align = "left"
    style: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column as it is laid out; widths in terminal cells.

    A column shrinks from ``width`` to ``min_width`` if there is little room; a ``flexible`` one takes the
    rest. ``cut_middle`` keeps both ends of a text that is too long, as identifiers want it. ``arrow`` is the
    sort shown in the header, or empty.
    """

    name: str
    title: str
    width: int
    min_width: int
    align: Align = "left"
    flexible: bool = False
    cut_middle: bool = False
    arrow: str = ""


class TableSource(Protocol):
    """Rows by index. Every call must be cheap for any single row, however many rows there are."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""

    def row_key(self, index: int) -> str:
        """The identity of a row, which stays the same wherever the row moves."""

    def row_index(self, key: str) -> int | None:
        """The position of the row with this key, or ``None`` if it is not shown."""

    def cells(self, index: int) -> Sequence[Cell]:
        """One cell per column."""

    def note(self, index: int) -> Cell | None:
        """A one-cell sign before the row, or ``None``."""


class NoRows:
    """A source without rows."""

    row_count = 0

    def row_key(self, index: int) -> str:
        """There is none."""
        raise IndexError(index)

    def row_index(self, key: str) -> int | None:
        """Nothing is shown."""
        return None

    def cells(self, index: int) -> Sequence[Cell]:
        """There are none."""
        raise IndexError(index)

    def note(self, index: int) -> Cell | None:
        """Nothing to say."""
        return None
