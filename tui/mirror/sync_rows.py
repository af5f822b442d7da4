"""Rows that a synchronisation reads, and which of them are news to the copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from .copy_errors import CopyError
from .copy_folder import CopyFolder, Manifest
from .copy_reader import CopyReader, KnownOrder
from .copy_rows import Row, Source, document_text, row_document, row_id, row_of, row_stamp

if TYPE_CHECKING:
    from tui.orders.order import Order


@dataclass(slots=True)
class ReadRows:
    """Rows that were read, the newest version of each order."""

    now: Callable[[], datetime]
    by_id: dict[str, Row] = field(default_factory=dict)

    def add(self, orders: tuple[Order, ...], source: Source = "list") -> None:
        """Add orders that were just read."""
        for order in orders:
            row = _row(order, source, self.now())
            known = self.by_id.get(row_id(row))
            if known is None or row_stamp(row) >= row_stamp(known):
                self.by_id[row_id(row)] = row


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows that differ from the copy, and how many orders and whole documents they add."""

    rows: list[Row]
    added: int
    whole: int


def find_changes(folder: CopyFolder, old: Manifest, rows: dict[str, Row]) -> Changes:
    """The rows that say more than the copy. Blocks."""
    with CopyReader(folder, old) as reader:
        known = reader.known(list(rows))
        same = [id_ for id_, order in known.items() if order.stamp == row_stamp(rows[id_]) and order.is_whole]
        places = [known[id_].place for id_ in same]
        found = (document_text(order.raw) for order, _ in reader.orders(places))
        documents = dict(zip(same, found, strict=True))
    changed = []
    added = whole = 0
    for id_, row in rows.items():
        before = known.get(id_)
        if before is not None and not _is_news(row, before, documents.get(id_)):
            continue
        added += before is None
        whole += (row_document(row) is not None) - (before is not None and before.is_whole)
        changed.append(row)
    return Changes(changed, added, whole)


def _is_news(row: Row, before: KnownOrder, document: str | None) -> bool:
    """Whether a row says more than the copy, which has ``document`` if both are of the same change."""
    if row_stamp(row) != before.stamp:
        return row_stamp(row) > before.stamp
    return row_document(row) not in (None, document)


class MergedRows:
    """The rows of an export, once each, with pages of the list in place of rows that are not newer."""

    def __init__(self, listed: ReadRows, orders: Iterator[Order]) -> None:
        self._listed = listed
        self._orders = orders

    def __iter__(self) -> Iterator[Row]:
        listed = self._listed.by_id
        yield from listed.values()
        seen = set(listed)
        for order in self._orders:
            row = _row(order, "export", self._listed.now())
            if row_id(row) not in seen:
                seen.add(row_id(row))
                yield row


def add_exported(rows: ReadRows, orders: Iterator[Order]) -> None:
    """Add orders of an export, where they are newer than what was listed. Blocks."""
    for order in orders:
        row = _row(order, "export", rows.now())
        known = rows.by_id.get(row_id(row))
        if known is None or row_stamp(row) > row_stamp(known):
            rows.by_id[row_id(row)] = row


def _row(order: Order, source: Source, read_at: datetime) -> Row:
    if not order.id:
        raise CopyError("the service sent an order without an id, which a copy cannot hold")
    return row_of(order, source=source, read_at=read_at)
