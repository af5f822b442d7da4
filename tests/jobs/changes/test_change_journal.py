"""The journal: on the disk before a request goes, private, append-only in spirit, for several processes."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tui.jobs.changes.change_errors import AlreadySent, OrderBusy
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.journal_entry import NOT_AS_INTENDED, JournalEntry, State

READER = """
import sys, time
from pathlib import Path
from tui.jobs.changes.change_journal import ChangeJournal
journal = ChangeJournal(Path(sys.argv[1]))
for entry in journal.open_entries("main"):
    print(entry.token, entry.state, flush=True)
journal.finish(1, "NOT_DONE")
journal.prepare(token="second process", profile="main", operation="update", order_id="ord_1",
                source_id=None, body={}, base={}, intended={})
"""


def prepare(journal: ChangeJournal, token: str = "t", **given: Any) -> JournalEntry:
    """An entry of an update of ord_1."""
    values: dict[str, Any] = {
        "profile": "main",
        "operation": "update",
        "order_id": "ord_1",
        "source_id": "web-1",
        "body": {"amount": 2},
        "base": {"id": "ord_1", "amount": 1},
        "intended": {"id": "ord_1", "amount": 2},
    }
    return journal.prepare(token=token, **{**values, **given})


def test_an_entry_keeps_the_request(tmp_path: Path) -> None:
    """What is read back is what was written, in a new object on the same file."""
    entry = prepare(ChangeJournal(tmp_path), undoes=None)
    assert ChangeJournal(tmp_path).get(entry.id) == entry
    assert (entry.state, entry.is_open, entry.body) == ("PREPARED", True, {"amount": 2})
    assert entry.prepared_at.endswith("Z")
    assert ChangeJournal(tmp_path).get(99) is None


def test_the_file_is_private_and_durable(tmp_path: Path) -> None:
    """0600 in a folder of 0700, WAL with synchronous FULL; a loose file is tightened."""
    folder = tmp_path / "state" / "ordex"
    journal = ChangeJournal(folder)
    journal.path.chmod(0o644)
    with ChangeJournal(folder)._file.reading() as database:
        pragmas = [
            database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        ]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert pragmas == ["wal", 2]
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("state", ["DONE", "NOT_DONE", "CONFLICT", "REFUSED"])
def test_a_closed_entry_stays_closed(state: State, tmp_path: Path) -> None:
    """The first outcome wins; a later one, or a step back, changes nothing."""
    journal = ChangeJournal(tmp_path)
    entry = prepare(journal)
    sent = journal.sent(entry.id, {"kind": "TimedOut"})
    assert (sent.state, sent.finished_at) == ("SENT", None)
    closed = journal.finish(entry.id, state, answer={"id": "ord_1", "amount": 2})
    assert (closed.state, closed.error) == (state, {"kind": "TimedOut"})
    assert closed.finished_at is not None
    assert journal.finish(entry.id, "CONFLICT") == closed
    assert journal.sent(entry.id, {}) == closed


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entries",
        "UPDATE entries SET body = '{}'",
        "UPDATE entries SET base = '{}'",
        "UPDATE entries SET state = 'PREPARED'",
        "UPDATE entries SET answer = NULL",
    ],
)
def test_the_file_refuses_to_forget(statement: str, tmp_path: Path) -> None:
    """Whoever opens the file cannot rewrite what it says by a statement."""
    journal = ChangeJournal(tmp_path)
    journal.finish(prepare(journal).id, "DONE", answer={})
    with closing(sqlite3.connect(journal.path)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)
    assert len(journal.entries()) == 1


def test_a_plan_is_written_down_once(tmp_path: Path) -> None:
    """The same token a second time is refused, and nothing is added."""
    journal = ChangeJournal(tmp_path)
    prepare(journal)
    with pytest.raises(AlreadySent):
        prepare(journal)
    assert len(journal.entries()) == 1


def test_a_create_learns_its_order(tmp_path: Path) -> None:
    """The order's id comes with the answer; a known one is kept."""
    journal = ChangeJournal(tmp_path)
    entry = prepare(journal, operation="create", order_id=None)
    assert journal.finish(entry.id, "DONE", answer={"id": "ord_9"}).order_id == "ord_9"
    assert journal.finish(prepare(journal, "u").id, "DONE", answer={"id": "ord_9"}).order_id == "ord_1"


def test_entries_are_found_by_profile_and_order(tmp_path: Path) -> None:
    """Newest first; open ones oldest first, by id or source_id of the order."""
    journal = ChangeJournal(tmp_path)
    first = prepare(journal, "1")
    second = prepare(journal, "2", order_id="ord_2", source_id=None)
    other = prepare(journal, "3", profile="other")
    journal.finish(prepare(journal, "4").id, "REFUSED")
    assert [entry.token for entry in journal.entries()] == ["4", "3", "2", "1"]
    assert [entry.token for entry in journal.entries(profile="main", limit=2)] == ["4", "2"]
    assert journal.open_entries("main") == [first, second]
    assert journal.open_entries("other") == [other]
    assert journal.open_entries("main", order="web-1") == [first]
    assert journal.open_entries("main", order="ord_2") == [second]


def test_the_newest_change_is_what_undo_takes(tmp_path: Path) -> None:
    """Failed ones, undone ones and undos themselves are passed over; a failed undo counts for nothing."""
    journal = ChangeJournal(tmp_path)
    done = journal.finish(prepare(journal, "1").id, "DONE", answer={})
    last = journal.finish(prepare(journal, "2").id, "DONE", answer={})
    journal.finish(prepare(journal, "3").id, "NOT_DONE")
    assert journal.newest_change("main") == last
    assert journal.newest_change("main", before=last.id) == done
    journal.finish(prepare(journal, "4", operation="undo", undoes=last.id).id, "NOT_DONE")
    assert journal.newest_change("main") == last
    assert journal.undone_by(last.id) is None
    undo = journal.finish(prepare(journal, "5", operation="undo", undoes=last.id).id, "DONE", answer={})
    assert journal.newest_change("main") == done
    assert journal.undone_by(last.id) == undo
    assert journal.newest_change("other") is None


def test_an_undo_in_part_does_not_use_up_the_change(tmp_path: Path) -> None:
    """Nor does an undo that was itself undone."""
    journal = ChangeJournal(tmp_path)
    done = journal.finish(prepare(journal, "1").id, "DONE", answer={})
    part = prepare(journal, "2", operation="undo", undoes=done.id)
    mark = {"kind": NOT_AS_INTENDED, "fields": ["metadata.a"]}
    assert journal.finish(part.id, "DONE", answer={}, error=mark).shortfall == ("metadata.a",)
    assert (journal.newest_change("main"), journal.undone_by(done.id)) == (done, None)
    undo = journal.finish(prepare(journal, "3", operation="undo", undoes=done.id).id, "DONE", answer={})
    assert (journal.newest_change("main"), journal.undone_by(done.id)) == (None, undo)
    journal.finish(prepare(journal, "4", operation="undo", undoes=undo.id).id, "DONE", answer={})
    assert (journal.newest_change("main"), journal.undone_by(done.id)) == (done, None)


def test_a_change_of_unknown_outcome_is_not_passed_over(tmp_path: Path) -> None:
    """The newest change is the one that is open or ended in a conflict; only done ones on request."""
    journal = ChangeJournal(tmp_path)
    done = journal.finish(prepare(journal, "1").id, "DONE", answer={})
    conflict = journal.finish(prepare(journal, "2").id, "CONFLICT")
    assert journal.newest_change("main") == conflict
    sent = journal.sent(prepare(journal, "3").id, {})
    assert journal.newest_change("main") == sent
    assert journal.newest_change("main", done=True) == done


def test_a_plan_that_does_not_know_of_another_change_is_refused(tmp_path: Path) -> None:
    """An open entry of the order, or one that came after the order was read, by id or source_id."""
    journal = ChangeJournal(tmp_path)
    first = prepare(journal, "1", source_id=None)
    with pytest.raises(OrderBusy, match="change 1"):
        prepare(journal, "2", after=journal.position())
    journal.finish(first.id, "DONE", answer={})
    with pytest.raises(OrderBusy):
        prepare(journal, "2", after=0)
    prepare(journal, "other order", order_id="ord_2", source_id="web-2", after=0)
    prepare(journal, "2", after=journal.position())
    with pytest.raises(OrderBusy):
        prepare(journal, "3", order_id=None, after=0)


def test_the_export_holds_every_entry(tmp_path: Path) -> None:
    """One line of plain ASCII JSON each, oldest first, whatever the documents hold."""
    journal = ChangeJournal(tmp_path)
    for number in range(205):
        prepare(
            journal, str(number), body={"metadata": {"n": number, "half": "\ud800\x1b"}}, source_id="\ud800"
        )
    lines = list(journal.export())
    assert [json.loads(line)["body"]["metadata"]["n"] for line in lines] == list(range(205))
    assert all(line.isascii() and line.endswith("\n") for line in lines)


def test_another_process_reads_and_writes_meanwhile(tmp_path: Path) -> None:
    """A second process sees what is committed while a transaction is open here, and writes after it."""
    journal = ChangeJournal(tmp_path)
    prepare(journal, "first")
    with journal._file.reading() as held:
        held.execute("BEGIN")
        assert held.execute("SELECT count(*) FROM entries").fetchone()[0] == 1
        ran = subprocess.run(
            [sys.executable, "-c", READER, str(tmp_path)],
            capture_output=True, text=True, timeout=60, check=True, cwd=Path(__file__).parents[3],
        )  # fmt: skip
        assert held.execute("SELECT count(*) FROM entries").fetchone()[0] == 1
    assert ran.stdout == "first PREPARED\n"
    assert [(entry.token, entry.state) for entry in journal.entries()] == [
        ("second process", "PREPARED"),
        ("first", "NOT_DONE"),
    ]


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    """Whatever ends a transaction early, a crash included, nothing of it stays."""
    journal = ChangeJournal(tmp_path)

    class Crash(BaseException):
        pass

    def dying() -> None:
        with journal._file.writing() as database:
            database.execute(
                "INSERT INTO entries (token, profile, operation, body, base, intended, state, prepared_at,"
                " owner) VALUES ('t', 'main', 'update', '{}', '{}', '{}', 'PREPARED', '', 0)"
            )
            raise Crash

    with pytest.raises(Crash):
        dying()
    assert journal.entries() == []
