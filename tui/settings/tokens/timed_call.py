"""Waiting for something that may never answer, and not longer than a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class CallTimeout(Exception):
    """There was no answer in time."""


class TimedCall(Generic[T]):
    """One piece of work in a thread of its own, which is left alone when it does not end in time.

    The thread keeps nobody from leaving the program. The work is given the attempt, so that it can see that
    nobody waits for it any more.
    """

    def __init__(self, work: Callable[[TimedCall[T]], T]) -> None:
        self._work = work
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._answer: T
        self._error: BaseException | None = None
        self._abandoned = False

    @property
    def abandoned(self) -> bool:
        """Whether nobody waits any more."""
        with self._lock:
            return self._abandoned

    def wait(self, seconds: float) -> T:
        """Do it.

        Raises:
            CallTimeout: it did not end in time.
        """
        threading.Thread(target=self._run, name="waited for", daemon=True).start()
        if not self._ended.wait(seconds):
            with self._lock:
                self._abandoned = not self._ended.is_set()
        if self._abandoned:
            raise CallTimeout
        if self._error is not None:
            raise self._error
        return self._answer

    def _run(self) -> None:
        try:
            self._answer = self._work(self)
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            self._error = error
        with self._lock:
            self._ended.set()
