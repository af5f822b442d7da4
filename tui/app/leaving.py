"""Leaving the explorer, for good or to go on elsewhere: nothing that is under way is lost by it unasked."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from .notes import tell

if TYPE_CHECKING:
    from tui.app.jobs.jobs_controller import JobsController

    from .changing.flow import Changing
    from .screens.explorer import Explorer
    from .session import ToProfile, ToRepl

    Wish = ToProfile | ToRepl | None

LONGEST_GOODBYE = 20.0
"""Seconds that leaving waits for a change that is being sent; what is not known then is looked up at the
next start."""


class Leaving:
    """Ends the app with a wish: jobs that run are asked about, a change that is being sent is waited for."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._asks = False

    def go(self, wish: Wish, question: str) -> None:
        """Leave, at once where nothing is under way.

        Args:
            wish: where to go on; ``None`` to quit.
            question: what is asked where a job runs.
        """
        jobs = self._explorer.jobs
        if jobs is None or not jobs.are_running:
            self._leave(wish)
        elif not self._asks:
            self._asks = True
            self._explorer.run_worker(self._ask(jobs, wish, question), group="asking", exclusive=True)

    async def _ask(self, jobs: JobsController, wish: Wish, question: str) -> None:
        try:
            answer = await self._explorer.app.push_screen_wait(jobs.exit_dialog(question))
            if answer == "leave" or (answer == "background" and await jobs.move_to_background()):
                self._leave(wish)
        finally:
            self._asks = False

    def _leave(self, wish: Wish) -> None:
        changing = self._explorer.changing
        if changing is None or not changing.under_way:
            self._explorer.app.exit(wish)
            return
        then = "closes" if wish is None else "goes on there"
        tell(self._explorer, f"A change is being sent; Ordex {then} when its outcome is known.")
        self._explorer.run_worker(self._wait(changing, wish), group="leaving", exclusive=True)

    async def _wait(self, changing: Changing, wish: Wish) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_GOODBYE):
                await changing.finish()
        self._explorer.app.exit(wish)
