"""Old changes are removed, and nothing that is open or can still be undone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.journal_entry import JournalEntry, State
from tui.jobs.changes.newest_entries import NewestEntries
from tui.orders.times import format_api_time

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def journal_of(folder: Path, *ages: tuple[int, State]) -> ChangeJournal:
    """A journal with an entry of each age in days, oldest first by number, in a state."""
    moment = NOW
    journal = ChangeJournal(folder, now=lambda: moment)
    for number, (days, state) in enumerate(ages):
        moment = NOW - timedelta(days=days)
        entry = journal.prepare(
            token=str(number), profile="p", operation="update", order_id=f"o{number}", source_id=None,
            body={}, base={}, intended={},
        )  # fmt: skip
        if state != "PREPARED":
            journal.finish(entry.id, state, answer={})
    return journal


def prune(journal: ChangeJournal, days: int = 90, *, least: int = 0, most: int = 1000) -> list[int]:
    """The numbers of the entries that are left, oldest first."""
    journal.prune(format_api_time(NOW - timedelta(days=days)), least=least, most=most)
    return [entry.id for entry in reversed(journal.entries())]


def test_old_entries_go_and_open_ones_stay(tmp_path: Path) -> None:
    """Also one that lies behind those that go."""
    journal = journal_of(
        tmp_path, (200, "DONE"), (199, "PREPARED"), (198, "REFUSED"), (91, "DONE"), (89, "DONE")
    )
    assert prune(journal) == [2, 5]
    assert prune(journal) == [2, 5]
    assert journal.finish(2, "NOT_DONE").state == "NOT_DONE"
    assert prune(journal) == [5]


def test_the_newest_stay_however_old(tmp_path: Path) -> None:
    """So a clock that is years ahead empties no journal."""
    ages: list[tuple[int, State]] = [(400, "DONE")] * 6
    assert prune(journal_of(tmp_path, *ages), least=4) == [3, 4, 5, 6]


def test_more_than_there_may_be_go_oldest_first(tmp_path: Path) -> None:
    """However new they are."""
    ages: list[tuple[int, State]] = [(1, "DONE")] * 6
    assert prune(journal_of(tmp_path, *ages), most=2) == [5, 6]


def test_a_listing_under_way_shows_what_is_pruned_meanwhile(tmp_path: Path) -> None:
    """It shows as many entries as it says that there are; the next one shows what is left."""
    journal = journal_of(tmp_path, *[(200, "DONE")] * 30)
    listing = NewestEntries(journal)
    entries = iter(listing)
    first = next(entries)
    assert prune(journal, least=1) == [30]
    journal.compact()
    assert [entry.id for entry in (first, *entries)] == list(range(30, 0, -1))
    assert len(listing) == 30
    assert [entry.id for entry in NewestEntries(journal)] == [30]


def test_numbers_are_not_used_again(tmp_path: Path) -> None:
    """A number that somebody wrote down never means another change."""
    journal = journal_of(tmp_path, (200, "DONE"), (200, "DONE"))
    assert prune(journal) == []
    entry = journal.prepare(
        token="new",
        profile="p",
        operation="update",
        order_id="o",
        source_id=None,
        body={},
        base={},
        intended={},
    )
    assert entry.id == 3


def test_only_pruning_deletes(tmp_path: Path) -> None:
    """The file refuses to lose an entry otherwise, also after pruning, also in a file of an older Ordex."""
    journal = journal_of(tmp_path, (200, "DONE"), (199, "PREPARED"), (1, "DONE"))
    with closing(sqlite3.connect(journal.path)) as database:
        database.executescript(
            "DROP TRIGGER newer_entries_stay; CREATE TRIGGER entries_stay BEFORE DELETE ON entries"
            " BEGIN SELECT RAISE(ABORT, 'journal entries are not deleted'); END;"
        )
    assert prune(ChangeJournal(tmp_path, now=lambda: NOW)) == [2, 3]
    with closing(sqlite3.connect(journal.path)) as database:
        for number in (2, 3):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute("DELETE FROM entries WHERE id = ?", (number,))


@given(
    ages=st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(["DONE", "PREPARED", "REFUSED"])), max_size=12
    ),
    days=st.integers(1, 150),
    least=st.integers(0, 8),
    most=st.integers(8, 12),
)
def test_what_is_kept_is_a_tail_and_everything_open(
    ages: list[tuple[int, State]], days: int, least: int, most: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Entries younger than the limit stay unless there are too many; an undo outlives what it undid."""
    journal = journal_of(tmp_path_factory.mktemp("journal"), *ages)
    before: list[JournalEntry] = journal.entries()
    kept = set(prune(journal, days, least=least, most=most))
    opened = {entry.id for entry in before if entry.is_open}
    assert opened <= kept
    closed = sorted(entry.id for entry in before if not entry.is_open)
    left = [number for number in closed if number in kept]
    assert left == closed[len(closed) - len(left) :]
    assert {entry.id for entry in before[:least]} <= kept
    limit = format_api_time(NOW - timedelta(days=days))
    assert {entry.id for entry in before[:most] if entry.prepared_at >= limit} <= kept
