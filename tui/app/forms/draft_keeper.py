"""Keeps forms as drafts, off the event loop."""

from __future__ import annotations

import asyncio

from tui.jobs.changes.drafts import Draft, Drafts

from .model.starts import draft_name, to_draft
from .model.state import FormState


class DraftKeeper:
    """The drafts of one profile. Later calls never overtake earlier ones."""

    def __init__(self, drafts: Drafts, profile: str) -> None:
        self._drafts = drafts
        self._profile = profile
        self._turn = asyncio.Lock()

    async def load(self, name: str) -> Draft | None:
        """What is kept under a name (``create``, ``update ord_…``), left in place."""
        async with self._turn:
            return await asyncio.to_thread(self._drafts.get, self._profile, name)

    async def save(self, state: FormState) -> Draft:
        """Keep a form; it is on the disk when this returns."""
        async with self._turn:
            content = to_draft(state)
            return await asyncio.to_thread(self._drafts.put, self._profile, draft_name(state), content)

    async def discard(self, name: str) -> None:
        """Forget a form: its change is done, or the user threw it away."""
        async with self._turn:
            await asyncio.to_thread(self._drafts.take, self._profile, name)
