"""Reads the rows that can be sent, in the order of the file, in chunks that the service accepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tui.jobs.importing.checking.metadata_types import typed_values
from tui.jobs.importing.checking.prepared_order import PreparedOrder, order_preparer
from tui.jobs.importing.reading.file_rows import read_rows
from tui.jobs.importing.runs.import_journal import ImportJournal
from tui.jobs.importing.sending.chunks import RowPosition

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes of a request after which no further order is added."""


@dataclass(frozen=True, slots=True)
class ChunkContent:
    """Rows of one request: their positions, the orders, and the JSON array; ``last`` if none follow."""

    places: list[RowPosition]
    documents: list[dict[str, Any]]
    body: bytes
    last: bool


class ChunkReader:
    """Continues where the reading stopped, by the journal. Blocks: call it in a thread."""

    def __init__(self, journal: ImportJournal) -> None:
        self._journal = journal
        self._orders: Iterator[PreparedOrder] | None = None
        self._next: PreparedOrder | None = None

    def take(self, most: int) -> ChunkContent:
        """The next rows, at most so many."""
        if self._orders is None:
            self._orders = self._read_on()
            self._next = next(self._orders, None)
        places: list[RowPosition] = []
        documents: list[dict[str, Any]] = []
        texts: list[bytes] = []
        size = 0
        while self._next is not None and len(places) < most and size < LARGEST_BODY:
            text = self._next.text.encode()
            places.append((self._next.key, self._next.line))
            documents.append(self._next.document)
            texts.append(text)
            size += len(text)
            self._next = next(self._orders, None)
        return ChunkContent(places, documents, b"[" + b",".join(texts) + b"]", last=self._next is None)

    def close(self) -> None:
        """Close the file."""
        if self._orders is not None and hasattr(self._orders, "close"):
            self._orders.close()
        self._orders = self._next = None

    def _read_on(self) -> Iterator[PreparedOrder]:
        read_to = int(self._journal.row["read_to"])
        left_out = self._journal.left_out()
        skip = next(left_out, None)
        file, options = self._journal.file, self._journal.options
        prepare = order_preparer(file, options, typed_values(self._journal))
        for row in read_rows(file, options):
            while skip is not None and skip < row.key:
                skip = next(left_out, None)
            if row.key <= read_to or skip == row.key:
                continue
            prepared = prepare(row)
            if isinstance(prepared, PreparedOrder):
                yield prepared
