"""Calls with a time limit, for functions that may never return."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class CallTimeout(Exception):
    """The call did not return in time."""


class TimedCall(Generic[T]):
    """A call in a daemon thread, which is abandoned if it does not return in time.

    The function gets this object, so that it can check whether it was abandoned and undo what it did.
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
        """Whether the caller has stopped waiting."""
        with self._lock:
            return self._abandoned

    def wait(self, seconds: float) -> T:
        """Call the function and return its result; its exceptions are raised here.

        Raises:
            CallTimeout: it did not return in time.
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
