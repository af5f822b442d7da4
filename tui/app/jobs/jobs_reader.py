"""Reads the jobs of an account: at once for the user, or within the background quota."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any

from tui.actions.jobs.job_listing import JobList, list_jobs, run_job
from tui.errors import Category, OrdexError
from tui.jobs.background.clock import Clock, SystemClock
from tui.jobs.background.polling import poll_delays
from tui.voucherify.errors import NoAnswer, RateLimited, ServerError, VoucherifyError

if TYPE_CHECKING:
    from tui.actions.session import Session

LISTED = 100
"""The number of jobs of each kind to read, newest first."""

OnWait = Callable[[float], None]


class JobsUnreadable(OrdexError):
    """The jobs could not be read; the message is not visible text yet.

    ``is_temporary`` is whether a later attempt may succeed.
    """

    title = "The jobs cannot be read"
    category = Category.SERVICE

    def __init__(self, words: str, *, is_temporary: bool) -> None:
        super().__init__(words)
        self.is_temporary = is_temporary


class JobsReader:
    """Reads the jobs; each reading costs two API calls."""

    def __init__(self, account: Session, *, clock: Clock | None = None) -> None:
        self._account = account
        self._clock = clock or SystemClock()

    async def read(self, on_wait: OnWait | None = None) -> JobList:
        """Read the newest jobs. With ``on_wait`` it is background work, limited by the quota.

        Raises:
            JobsUnreadable: the service or a journal cannot be read.
        """
        try:
            if on_wait is None:
                return await list_jobs(self._account, limit=LISTED)
            ration = self._account.ration
            async with ration.call(on_wait), ration.call(on_wait):
                return await list_jobs(self._account, limit=LISTED)
        except VoucherifyError as error:
            words = f"{error}. {error.hint}".strip()
            is_temporary = isinstance(error, NoAnswer | RateLimited | ServerError)
            raise JobsUnreadable(words, is_temporary=is_temporary) from None
        except (OSError, sqlite3.Error) as error:
            raise JobsUnreadable(str(error), is_temporary=False) from None

    async def runs(self) -> JobList:
        """Read the newest imports of this machine from their journals, without an API call."""
        found = await self._account.importer.runs_and_jobs(())
        runs = [run_job(run) for run in found.runs[: LISTED + 1]]
        return JobList(runs[:LISTED], len(runs) > LISTED, found.problems)

    async def follow(self, on_wait: OnWait) -> AsyncIterator[Coroutine[Any, Any, JobList]]:
        """Yield background readings without end, at growing intervals; the caller awaits each."""
        for seconds in poll_delays():
            await self._clock.sleep(seconds)
            yield self.read(on_wait)
