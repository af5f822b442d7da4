"""The dry run: the whole file is read and checked before one order is sent."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tui.jobs.importing.checking.confirmations import ImportConfirmation, is_decimal_id
from tui.jobs.importing.checking.existing_orders import EvenSample
from tui.jobs.importing.checking.metadata_types import UntypedCells
from tui.jobs.importing.checking.money_examples import order_total_text
from tui.jobs.importing.checking.order_validator import OrderValidator
from tui.jobs.importing.checking.prepared_order import OrderIdentity, PreparedOrder, order_preparer, row_hash
from tui.jobs.importing.checking.renamed_orders import MOST_NAMED, RowWithId
from tui.jobs.importing.checking.seen_ids import SeenIds
from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.reading.file_rows import columns_left_out, money_of, read_rows
from tui.jobs.importing.reading.row import ImportRow
from tui.jobs.importing.runs.import_journal import ImportJournal, RowFinding, add_findings
from tui.terminal.pluralize import pluralize

SHOWN = 1000
"""Findings and warnings that the result of a check holds; all are in the journal."""

TOTALS = 3
"""Orders whose totals a plan shows."""

STEP = 500
"""Rows between two words about the progress."""


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What the dry run found. ``rows`` = ``good`` + ``faulty`` + ``skipped``.

    ``unreadable`` is set when the file breaks at some line: it cannot be imported then. ``warnings`` are
    fields that the API ignores, each with the number of rows. ``assigned`` rows get a source_id here.
    ``sample`` are identities of good rows, spread over the file; ``by_id`` rows name their order by id.
    ``dated`` rows have a ``created_at``, which an import does not keep. ``left_out`` are columns of a CSV
    that fill no field, not by the user's choice. ``untyped`` rows have metadata whose type the file does not
    show. ``blank`` records without any value are not among the rows. ``money`` is one cell of each column of
    amounts with what it is read as, ``totals`` those of the first orders; ``amounts`` counts the orders that
    have one. ``named`` are the first of the ``named_rows`` that have an id and a source_id; ``decimal_ids``
    rows have a source_id like 1001.0, such as ``decimal_id``.
    """

    rows: int
    good: int
    faulty: int
    skipped: int
    assigned: int
    dated: int
    body_bytes: int
    findings: tuple[RowFinding, ...]
    warnings: tuple[tuple[str, int], ...]
    sample: tuple[OrderIdentity, ...]
    by_id: int
    unreadable: UnreadableFile | None = None
    left_out: tuple[str, ...] = ()
    untyped: int = 0
    blank: int = 0
    money: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    amounts: int = 0
    named: tuple[RowWithId, ...] = ()
    named_rows: int = 0
    decimal_ids: int = 0
    decimal_id: str = ""

    @property
    def doubts(self) -> tuple[ImportConfirmation, ...]:
        """Questions to the user that follow from the file alone."""
        if not self.decimal_ids:
            return ()
        rows = pluralize(self.decimal_ids, "row")
        words = (
            f"The source_ids of {rows} are whole numbers with decimals ({self.decimal_id}), as spreadsheets"
            " and programs make of 1001. Orders with these source_ids are created, or updated if they exist."
        )
        return (
            ImportConfirmation("decimal-ids", words, f"Keep source_ids like {self.decimal_id} unchanged?"),
        )


class CheckStopped(Exception):
    """The check was stopped from outside."""


def check_file(
    journal: ImportJournal,
    *,
    on_rows: Callable[[int], None] | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> FileCheck:
    """Read the whole file of a planned run and write what is wrong with it into its journal.

    Blocks: run it in a thread. ``on_rows`` is told now and then how many rows were checked.

    Raises:
        Stopped: ``is_stopped`` said so.
    """
    check_ = _Check(journal)
    unreadable = None
    with journal.change() as db:
        seen = SeenIds(db, journal.options.duplicates)
        try:
            for row in read_rows(check_.file, check_.options):
                check_.take(row, seen)
                if check_.rows % STEP == 0:
                    if is_stopped():
                        raise CheckStopped
                    if on_rows:
                        on_rows(check_.rows)
        except UnreadableFile as error:
            unreadable = error
        add_findings(db, check_.left_over())
        check_.write_hashes(db)
        untyped = check_.untyped(db).drop_faulty()
        faulty = int(db.execute("SELECT count(DISTINCT key) FROM finding").fetchone()[0])
        # A row that is faulty and skipped counts as faulty.
        db.execute("DELETE FROM skipped WHERE key IN (SELECT key FROM finding)")
        skipped = int(db.execute("SELECT count(*) FROM skipped").fetchone()[0])
        good = check_.rows - faulty - skipped
        by_id = seen.good_ids()
        seen.close()
        db.execute("UPDATE run SET good = ?", (good,))
    return replace(check_.result(good, faulty, skipped, by_id, unreadable), untyped=untyped)


class _Check:
    def __init__(self, journal: ImportJournal) -> None:
        self.file = journal.file
        self.options = journal.options
        self.rows = 0
        self._journal = journal
        self._prepare = order_preparer(self.file, self.options)
        self._validator = OrderValidator()
        self._waiting: list[RowFinding] = []
        self._warnings: Counter[str] = Counter()
        self._assigned = self._dated = self._bytes = self._blank = 0
        self._sample = EvenSample()
        self._totals: list[str] = []
        self._amounts = 0
        self._named: list[RowWithId] = []
        self._hashes: list[tuple[int]] = []
        self._named_rows = self._decimal_ids = 0
        self._decimal_id = ""
        self._untyped: UntypedCells | None = None

    def untyped(self, db: sqlite3.Connection) -> UntypedCells:
        """The cells whose types are to be looked up."""
        self._untyped = self._untyped or UntypedCells(db)
        return self._untyped

    def take(self, row: ImportRow, seen: SeenIds) -> None:
        if row.blank:
            self._blank += row.blank
            return
        self.rows += 1
        self._warnings.update(row.notes)
        prepared = self._prepare(row)
        if isinstance(prepared, PreparedOrder):
            faults, warnings = self._validator.check(prepared)
            self._warnings.update(map(str, warnings))
            self._note(row, prepared)
            if not faults:
                self._note_ids(row, prepared)
            if not faults and (identity := prepared.identity) is not None:
                self._sample.offer(identity)
            if not faults and (words := order_total_text(prepared.document, row.decimals)):
                self._amounts += 1
                if len(self._totals) < TOTALS:
                    self._totals.append(words)
            if not faults and prepared.untyped:
                self.untyped(seen.db).add(prepared)
            self._waiting.extend(seen.findings(prepared, by_item=row.by_item))
        else:
            faults = prepared
            self._waiting.extend(seen.findings(row, by_item=row.by_item))
        self._waiting.extend(RowFinding(row.line, f.path, f.message, f.shown, key=row.key) for f in faults)
        if len(self._waiting) >= STEP:
            add_findings(seen.db, self.left_over())
        if len(self._hashes) >= STEP:
            self.write_hashes(seen.db)

    def write_hashes(self, db: sqlite3.Connection) -> None:
        """Write down what the rows are known by that are given a source_id."""
        db.executemany("INSERT OR IGNORE INTO assigned_row VALUES (?)", self._hashes)
        self._hashes.clear()

    def left_over(self) -> list[RowFinding]:
        """Findings that are not written down yet; they are the caller's now."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def result(
        self, good: int, faulty: int, skipped: int, by_id: int, unreadable: UnreadableFile | None
    ) -> FileCheck:
        first = self._journal.read("SELECT * FROM finding ORDER BY key, rowid LIMIT ?", SHOWN)
        return FileCheck(
            rows=self.rows,
            good=good,
            faulty=faulty,
            skipped=skipped,
            assigned=self._assigned,
            dated=self._dated,
            body_bytes=self._bytes,
            findings=tuple(RowFinding(*found) for found in first),
            warnings=tuple(self._warnings.most_common(SHOWN)),
            sample=self._sample.identities,
            by_id=by_id,
            unreadable=unreadable,
            left_out=columns_left_out(self.file, self.options),
            blank=self._blank,
            money=money_of(self.file, self.options),
            totals=tuple(self._totals),
            amounts=self._amounts,
            named=tuple(self._named),
            named_rows=self._named_rows,
            decimal_ids=self._decimal_ids,
            decimal_id=self._decimal_id,
        )

    def _note(self, row: ImportRow, prepared: PreparedOrder) -> None:
        self._bytes += len(prepared.text)
        self._dated += "created_at" in prepared.document
        if self.options.ids == "drop":
            self._warnings.update(_left_out_people(row.document or {}, prepared.document))

    def _note_ids(self, row: ImportRow, prepared: PreparedOrder) -> None:
        source_id, order_id = prepared.source_id, prepared.document.get("id")
        if source_id is None:
            return
        if (row.document or {}).get("source_id") is None:
            self._assigned += 1
            self._hashes.append((row_hash(prepared.document),))
        elif isinstance(order_id, str):
            self._named_rows += 1
            if len(self._named) < MOST_NAMED:
                self._named.append(RowWithId(row.line, row.key, order_id, source_id))
        elif is_decimal_id(source_id):
            self._decimal_ids += 1
            self._decimal_id = self._decimal_id or f"line {row.line:,}: {source_id!a}"


def _left_out_people(given: Mapping[str, Any], sent: Mapping[str, Any]) -> Iterator[str]:
    for name in ("customer", "referrer"):
        if (given.get(name) or given.get(f"{name}_id")) and name not in sent:
            yield f"the {name} is left out: only its id in the other account is known"


def recount_faulty(journal: ImportJournal, checked: FileCheck, refused_by_id: int) -> FileCheck:
    """The same when more rows were found faulty; ``refused_by_id`` of them name an order by id. Blocks."""
    faulty = journal.count("SELECT count(DISTINCT key) FROM finding")
    good = checked.good + checked.faulty - faulty
    journal.set(good=good)
    first = journal.read("SELECT * FROM finding ORDER BY key, rowid LIMIT ?", SHOWN)
    return replace(
        checked,
        good=good,
        faulty=faulty,
        by_id=checked.by_id - refused_by_id,
        findings=tuple(RowFinding(*found) for found in first),
    )
