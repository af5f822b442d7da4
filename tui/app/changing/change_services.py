"""What the explorer needs to change orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.jobs.changes.change_engine import ChangeEngine
    from tui.jobs.changes.change_journal import ChangeJournal
    from tui.jobs.changes.drafts import Drafts

OPENING_JOURNAL = "the journal is being opened; try again in a moment"
"""Why nothing can be changed yet."""


@dataclass(frozen=True, slots=True)
class ChangeServices:
    """Mutations, journal and drafts of one account.

    ``account`` is its name in the journal and the drafts. ``base_url`` is used in copied commands; ``None``
    for the embedded sandbox.
    """

    mutations: ChangeEngine
    journal: ChangeJournal
    drafts: Drafts
    account: str
    base_url: str | None = None


OpenChangeServices = Callable[[], ChangeServices]
"""Opens the journal and the drafts of the session. It reads files, so it runs in a thread."""
