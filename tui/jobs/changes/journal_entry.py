"""An entry of the change journal."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tui.orders.api_object import ApiDocument

Operation = Literal["create", "update", "undo"]

State = Literal["PREPARED", "SENT", "DONE", "NOT_DONE", "CONFLICT", "REFUSED"]
"""``PREPARED`` is written before the request is sent. ``SENT``: it was sent, and its outcome is unknown.

The others are final. ``DONE``: applied. ``NOT_DONE``: not applied, may be retried. ``CONFLICT``: somebody
else changed the order meanwhile. ``REFUSED``: the service rejected it.
"""

NOT_AS_INTENDED = "NotAsIntended"
"""The kind of ``JournalEntry.error`` of a change that was applied, but not as intended."""

OPEN_STATES: frozenset[State] = frozenset({"PREPARED", "SENT"})


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One change in the journal. Times are ISO 8601 UTC; documents are JSON objects of the API.

    ``base`` is the order as read before the request (empty for a create), ``body`` the request,
    ``intended`` the expected order, ``answer`` the order afterwards, ``error`` the error of the service or
    the network. ``undoes`` is the entry that this one undid. ``order_id`` of a create is unknown until the
    service answers. ``owner`` is the id of the process that sends it.
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
        """The paths of the fields that an applied change did not set as intended."""
        if self.error is None or self.error.get("kind") != NOT_AS_INTENDED:
            return ()
        return tuple(map(str, self.error.get("fields", ())))

    @property
    def is_open(self) -> bool:
        """Whether its outcome is unknown."""
        return self.state in OPEN_STATES

    def to_json(self) -> str:
        """The entry as one line of JSON in ASCII."""
        return json.dumps(asdict(self))


DOCUMENTS = frozenset({"body", "base", "intended", "answer", "error"})


def entry_from_row(row: sqlite3.Row) -> JournalEntry:
    """Read an entry from a row of the journal."""
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118  # a Row iterates its values
    for name in DOCUMENTS:
        values[name] = None if values[name] is None else json.loads(values[name])
    return JournalEntry(**values)
