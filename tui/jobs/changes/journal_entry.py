"""What the journal keeps of one mutation."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tui.orders.api_object import ApiDocument

Operation = Literal["create", "update", "undo"]

State = Literal["PREPARED", "SENT", "DONE", "NOT_DONE", "CONFLICT", "REFUSED"]
"""``PREPARED`` is written before the request leaves. ``SENT``: it left, and no answer says what became of it.

The others are final. ``DONE``: carried out. ``NOT_DONE``: not carried out, and may be tried again.
``CONFLICT``: somebody else wrote meanwhile. ``REFUSED``: the service said no.
"""

NOT_AS_INTENDED = "NotAsIntended"
"""The kind of ``JournalEntry.error`` of a change that was carried out but did not take effect as intended."""

OPEN_STATES: frozenset[State] = frozenset({"PREPARED", "SENT"})


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One mutation in the journal. Times are ISO 8601 UTC; documents are JSON objects of the API.

    ``base`` is the order as it was read before the request (empty for a create), ``body`` what was sent,
    ``intended`` what the order should look like then, ``answer`` the order as it was afterwards, ``error``
    what the service or the network said. ``undoes`` is the entry that this one took back. ``order_id`` is
    unknown for a create until the service answered. ``owner`` is the process that carries it out.
    """

    id: int
    token: str
    profile: str
    operation: Operation
    order_id: str | None
    source_id: str | None
    body: ApiDocument
    base: ApiDocument
    intended: ApiDocument
    state: State
    answer: ApiDocument | None
    error: dict[str, Any] | None
    prepared_at: str
    finished_at: str | None
    undoes: int | None
    owner: int

    @property
    def shortfall(self) -> tuple[str, ...]:
        """Of a change that was carried out: the fields that are not as they were to be, as paths."""
        if self.error is None or self.error.get("kind") != NOT_AS_INTENDED:
            return ()
        return tuple(map(str, self.error.get("fields", ())))

    @property
    def is_open(self) -> bool:
        """Whether it is not yet known what became of it."""
        return self.state in OPEN_STATES

    def to_json(self) -> str:
        """The entry as one line of JSON in ASCII."""
        return json.dumps(asdict(self))


DOCUMENTS = frozenset({"body", "base", "intended", "answer", "error"})


def entry_from_row(row: sqlite3.Row) -> JournalEntry:
    """The entry that a row of the journal holds."""
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118  # a Row iterates its values
    for name in DOCUMENTS:
        values[name] = None if values[name] is None else json.loads(values[name])
    return JournalEntry(**values)
