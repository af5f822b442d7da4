"""What the explorer writes with; whoever wires the application fills it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.jobs.changes.change_engine import ChangeEngine
    from tui.jobs.changes.change_journal import ChangeJournal
    from tui.jobs.changes.drafts import Drafts

OPENING = "the journal is being opened; a moment"
"""Why nothing can be changed yet."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The one way by which orders are changed, for one account.

    ``account`` is what journal and drafts call it. ``base_url`` is where requests go, for commands that are
    copied; ``None`` for the embedded sandbox.
    """

    mutations: ChangeEngine
    journal: ChangeJournal
    drafts: Drafts
    account: str
    base_url: str | None = None


OpenChanges = Callable[[], Changes]
"""Opens the journal and the drafts of the open session. It reads files, so it is called in a thread."""
