"""A Voucherify project: its data, its jobs, its identifiers, its policies and its clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tui.sandbox.jobs.exports import Exports
from tui.sandbox.jobs.imports import Imports
from tui.sandbox.orders.order_writer import OrderWriter

from .clock import Clock, from_ms, system_clock, to_ms
from .identifiers import IdentifierGenerator
from .policies import Policies
from .store import Store, Transaction

ROWS_A_TRANSACTION = 50
"""Due rows of an import that are applied before others get the store: about 15 ms."""

BREATH = 0.0005
"""Seconds between two such transactions; a lock that is taken again at once lets nobody else in."""

READING_SHARE = 0.05
"""Seconds that a request which only reads orders works on the jobs of others, at most."""


class Project:
    """The data and policies of the endpoints.

    Args:
        store: the data.
        policies: what the documentation leaves open.
        clock: the current time. By one that a test moves, every answer is exact: jobs have always got as
            far as they should have by then. By the system's clock a request that only reads orders may see
            a job that is still at work on rows that are due, as with any service.
    """

    def __init__(self, store: Store, policies: Policies, clock: Clock) -> None:
        self.policies = policies
        self.mint = IdentifierGenerator()
        self.writer = OrderWriter(policies, self.mint)
        self.imports = Imports(policies, self.mint, self.writer)
        self.exports = Exports(policies, self.mint)
        self._store = store
        self._clock = clock
        self._reading_share = READING_SHARE if clock is system_clock else None
        self._at_work = threading.Lock()

    def now(self) -> datetime:
        """The current time, in whole milliseconds, the API's precision."""
        return from_ms(to_ms(self._clock()))

    @contextmanager
    def reading_orders(self, now: datetime) -> Iterator[Transaction]:
        """A transaction that reads orders, after a share of the work on jobs that is due by now."""
        self._advance(now, self._reading_share)
        with self._store.reading() as transaction:
            yield transaction

    @contextmanager
    def reading(self, now: datetime) -> Iterator[Transaction]:
        """A transaction that reads, after the jobs were brought to where they are by now."""
        self._advance(now)
        with self._store.reading() as transaction:
            yield transaction

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Transaction]:
        """A transaction that writes, after the jobs were brought to where they are by now."""
        # All of what is due: a row that is applied after a later write would undo it.
        self._advance(now)
        with self._store.writing() as transaction:
            yield transaction

    def _advance(self, now: datetime, share: float | None = None) -> None:
        """Advance the jobs to their state at ``now``, or as far as ``share`` seconds allow."""
        with self._store.reading() as transaction:
            if not self.imports.pending(transaction) and not self.exports.pending(transaction):
                return
        if not self._at_work.acquire(blocking=share is None):
            return
        try:
            self._work(now, None if share is None else time.monotonic() + share)
        finally:
            self._at_work.release()

    def _work(self, now: datetime, deadline: float | None) -> None:
        with self._store.reading() as transaction:
            starting = self.exports.starting(transaction, now)
        for export_id, moment in starting:
            if not self._import_rows(moment, deadline):
                return
            with self._store.writing() as transaction:
                self.exports.start(transaction, export_id, moment)
        if self._import_rows(now, deadline):
            with self._store.writing() as transaction:
                self.exports.finish(transaction, now)

    def _import_rows(self, until: datetime, deadline: float | None) -> bool:
        """Apply the rows that are due; false when some are left at the deadline."""
        while True:
            with self._store.writing() as transaction:
                if self.imports.advance(transaction, until, ROWS_A_TRANSACTION):
                    return True
            if deadline is not None and time.monotonic() > deadline:
                return False
            time.sleep(BREATH)
