"""Why nothing can be changed, before the journal is open and without one."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.changing.change_services import ChangeServices
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.drafts import Drafts


async def test_a_journal_that_is_being_opened_is_told_as_such(tmp_path: Path) -> None:
    """It was told that there is none, which a moment later was wrong."""
    gate, session = threading.Event(), fake_session(5, read_only=False)

    def open_changes() -> ChangeServices:
        gate.wait(10)
        client: Any = session.client
        journal = ChangeJournal(tmp_path)
        return ChangeServices(ChangeEngine(client, journal, "shop"), journal, Drafts(tmp_path), "shop")

    async with exploring(session, size=(160, 24), open_changes=open_changes) as explored:
        await explored.until(lambda: explored.screen.flows.changing is not None)
        await explored.press("n")
        await explored.until(lambda: "the journal is being opened; try again in a moment" in _said(explored))
        gate.set()
        changing: Any = explored.screen.flows.changing
        await explored.until(lambda: changing.blocked is None)


async def test_an_explorer_without_a_journal_says_that_it_only_reads() -> None:
    """That does not pass."""
    async with exploring(fake_session(5, read_only=False), size=(160, 24)) as explored:
        await explored.until(lambda: explored.screen.flows.changing is not None)
        await explored.press("n")
        await explored.until(lambda: "has no journal" in _said(explored))


def _said(explored: Any) -> str:
    return " ".join(note.message for note in explored.app._notifications)
