"""No question to the journal reads more of it as it grows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tui.files.state_file import StateFile
from tui.jobs.changes.change_journal import ChangeJournal

QUERIES: dict[str, Callable[[ChangeJournal], object]] = {
    "newest_change": lambda journal: journal.newest_change("main"),
    "newest_change before another": lambda journal: journal.newest_change("main", before=7, done=True),
    "newer_of_order": lambda journal: journal.newer_of_order("main", "ord_1", 7),
    "position": lambda journal: journal.position(),
    "undone_by": lambda journal: journal.undone_by(7),
    "open_entries": lambda journal: journal.open_entries("main"),
    "open_entries of an order": lambda journal: journal.open_entries("main", order="ord_1"),
    "entries": lambda journal: journal.entries(),
    "entries of a profile": lambda journal: journal.entries(profile="main"),
    "get": lambda journal: journal.get(7),
}


def statements(
    journal: ChangeJournal, ask: Callable[[ChangeJournal], object], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """The SQL that a question runs, with its values in place."""
    ran: list[str] = []
    reading = StateFile.reading

    @contextmanager
    def traced(file: StateFile) -> Iterator[sqlite3.Connection]:
        with reading(file) as database:
            database.set_trace_callback(ran.append)
            yield database

    with monkeypatch.context() as patch:
        patch.setattr(StateFile, "reading", traced)
        ask(journal)
    return [statement for statement in ran if statement.startswith("SELECT")]


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_uses_an_index(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sorted apart, and only a listing of everything, in the order of its ids, walks the table."""
    journal = ChangeJournal(tmp_path)
    found = statements(journal, QUERIES[name], monkeypatch)
    assert found
    with closing(sqlite3.connect(journal.path)) as database:
        steps = [row[3] for each in found for row in database.execute(f"EXPLAIN QUERY PLAN {each}")]
    walks = [step for step in steps if step.startswith("SCAN")]
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert walks == (["SCAN entries"] if name == "entries" else [])


def test_few_steps_find_the_last_change_behind_many_undone(tmp_path: Path) -> None:
    """A thousand changes that were taken back cost SQLite a fixed number of steps each, not one a pair."""
    journal = ChangeJournal(tmp_path)
    insert = (
        "INSERT INTO entries"
        " (token, profile, operation, body, base, intended, state, prepared_at, undoes, owner)"
        " VALUES (?, 'main', ?, '{}', '{}', '{}', 'DONE', '', ?, 0)"
    )
    with journal._file.writing() as database:
        database.execute(insert, ("first", "update", None))
        database.executemany(insert, ((f"u{n}", "update", None) for n in range(1000)))
        database.executemany(insert, ((f"t{n}", "undo", n + 2) for n in range(1000)))
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    reading = journal._file.reading

    @contextmanager
    def counted() -> Iterator[sqlite3.Connection]:
        with reading() as database:
            database.set_progress_handler(count, 100)
            yield database

    journal._file.reading = counted  # type: ignore[method-assign]
    last = journal.newest_change("main")
    assert last is not None
    assert last.token == "first"
    assert steps * 100 < 1000 * 100
