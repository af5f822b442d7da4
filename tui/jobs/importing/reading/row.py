"""One row of an import file, as every reader returns it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui.orders.amounts import DECIMALS
from tui.orders.request import FieldFault

LONGEST = 16 * 1024 * 1024
"""Characters of one row, and of one CSV cell, that are read; what is longer is not an order."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One order of the file, or an unreadable part of it.

    ``line`` counts from 1 and is where the row begins; ``number`` counts the rows of a file that may have
    several on a line, and is 0 elsewhere. ``document`` is ``None`` when nothing could be read; ``faults``
    then give the reasons. ``raw`` is the row in the file's own form: JSON text, or the CSV records.
    ``untyped`` are keys of metadata whose value is a text that may stand for a value of another type, such as
    ``5``. ``blank`` counts the records without any value that it stands for; such a row has nothing else.
    ``by_item`` is set in files with a line for each item. ``notes`` are worth a remark although the row is
    sound. ``decimals`` are those of its amounts. ``source_id`` is the one in a CSV, even if the row has
    faults.
    """

    line: int
    document: dict[str, Any] | None
    faults: tuple[FieldFault, ...] = ()
    raw: str | list[list[str]] = ""
    number: int = 0
    untyped: tuple[str, ...] = ()
    blank: int = 0
    by_item: bool = False
    notes: tuple[str, ...] = ()
    decimals: int = DECIMALS
    source_id: str = ""

    @property
    def key(self) -> int:
        """What tells the row from all others of its file; grows from row to row."""
        return self.number or self.line
