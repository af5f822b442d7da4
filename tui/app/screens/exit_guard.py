"""Closing the explorer without losing what is in progress."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.app.feedback.notifications import notify
from tui.app.workers import start_worker

if TYPE_CHECKING:
    from tui.app.changing.order_actions import OrderActions
    from tui.app.jobs.jobs_controller import JobsController
    from tui.app.navigation import ExitRequest

MAX_WAIT = 20.0
"""Seconds to wait for a change that is being sent. After that the next start looks up its outcome."""


class ExitGuard:
    """Exits the app with a request: asks about running jobs first, and waits for a change being sent.

    Args:
        screen: where questions and notifications are shown.
        changing: gives what changes orders, once it is loaded.
        jobs: gives what runs jobs, once it is loaded.
    """

    def __init__(
        self,
        screen: Screen[Any],
        *,
        changing: Callable[[], OrderActions | None],
        jobs: Callable[[], JobsController | None],
    ) -> None:
        self._screen = screen
        self._changing = changing
        self._jobs = jobs
        self._is_asking = False

    def exit(self, request: ExitRequest | None, question: str) -> None:
        """Exit, at once if nothing is in progress.

        Args:
            request: where to go on; ``None`` to quit.
            question: what is asked if a job runs.
        """
        jobs = self._jobs()
        if jobs is None or not jobs.are_running:
            self._exit_after_change(request)
        elif not self._is_asking:
            self._is_asking = True
            start_worker(
                self._screen, partial(self._ask, jobs, request, question), group="asking", exclusive=True
            )

    async def _ask(self, jobs: JobsController, request: ExitRequest | None, question: str) -> None:
        try:
            answer = await self._screen.app.push_screen_wait(jobs.exit_dialog(question))
            if answer == "leave" or (answer == "background" and await jobs.move_to_background()):
                self._exit_after_change(request)
        finally:
            self._is_asking = False

    def _exit_after_change(self, request: ExitRequest | None) -> None:
        changing = self._changing()
        if changing is None or not changing.under_way:
            self._screen.app.exit(request)
            return
        then = "closes" if request is None else "goes on there"
        notify(self._screen, f"A change is being sent; Ordex {then} when its outcome is known.")
        start_worker(self._screen, partial(self._wait, changing, request), group="leaving", exclusive=True)

    async def _wait(self, changing: OrderActions, request: ExitRequest | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(MAX_WAIT):
                await changing.finish()
        self._screen.app.exit(request)
