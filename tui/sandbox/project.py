"""A Voucherify project: its data, its jobs, its identifiers, its policies and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from .clock import Clock, from_ms, to_ms
from .exports import Exports
from .identifiers import IdentifierMint
from .imports import Imports
from .order_writer import OrderWriter
from .policies import Policies
from .store import Store, Transaction


class Project:
    """What the endpoints work on.

    Args:
        store: the data.
        policies: what the documentation leaves open.
        clock: the present moment.
    """

    def __init__(self, store: Store, policies: Policies, clock: Clock) -> None:
        self.policies = policies
        self.mint = IdentifierMint()
        self.writer = OrderWriter(policies, self.mint)
        self.imports = Imports(policies, self.mint, self.writer)
        self.exports = Exports(policies, self.mint)
        self._store = store
        self._clock = clock

    def now(self) -> datetime:
        """The present moment, in whole milliseconds as the API tells time."""
        return from_ms(to_ms(self._clock()))

    @contextmanager
    def reading(self, now: datetime) -> Iterator[Transaction]:
        """A transaction that reads, after the jobs were brought to where they are by now."""
        self._advance(now)
        with self._store.reading() as transaction:
            yield transaction

    @contextmanager
    def writing(self, now: datetime) -> Iterator[Transaction]:
        """A transaction that writes, after the jobs were brought to where they are by now."""
        self._advance(now)
        with self._store.writing() as transaction:
            yield transaction

    def _advance(self, now: datetime) -> None:
        with self._store.reading() as transaction:
            if not self.imports.pending(transaction) and not self.exports.pending(transaction):
                return
        with self._store.writing() as transaction:
            for export_id, moment in self.exports.starting(transaction, now):
                self.imports.advance(transaction, moment)
                self.exports.start(transaction, export_id, moment)
            self.imports.advance(transaction, now)
            self.exports.finish(transaction, now)
