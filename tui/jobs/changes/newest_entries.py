"""The newest entries of the journal, read one at a time to save memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from tui.jobs.changes.change_journal import ChangeJournal
    from tui.jobs.changes.journal_entry import JournalEntry


class NewestEntries(Sequence["JournalEntry"]):
    """The entries that exist when this is created, newest first; each iteration reads them again. Blocks.

    Args:
        journal: the journal to read.
        limit: the largest number of entries; ``None`` for all.
    """

    def __init__(self, journal: ChangeJournal, limit: int | None = None) -> None:
        self._journal = journal
        self._newest, count = journal.extent()
        self._count = count if limit is None else min(count, limit)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[JournalEntry]:
        return self._journal.newest(self._newest, self._count)

    @overload
    def __getitem__(self, at: int) -> JournalEntry: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[JournalEntry]: ...

    def __getitem__(self, at: int | slice) -> JournalEntry | Sequence[JournalEntry]:
        return list(self)[at]
