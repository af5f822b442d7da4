"""Whether the session may send changes; the transport checks it for every request."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

_WITH_SLEEP: int = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", -1))


def seconds_awake_and_asleep() -> float:
    """Seconds that only grow, and also while the machine sleeps, where the system has such a clock.

    With a clock that stands still meanwhile, a laptop that was shut in time would wake up unlocked.
    """
    return time.monotonic() if _WITH_SLEEP < 0 else time.clock_gettime(_WITH_SLEEP)


class WriteLock:
    """While closed, only GET is sent. It can be opened for the session, or by the user for a limited time.

    A ``sealed`` lock stays closed: the session was requested as read-only. ``clock`` gives seconds
    that only grow. Safe to ask from any thread.
    """

    def __init__(
        self,
        *,
        read_only: bool,
        sealed: bool = False,
        clock: Callable[[], float] = seconds_awake_and_asleep,
    ) -> None:
        self.sealed = sealed
        self._open_for_good = not (read_only or sealed)
        self.can_reopen = self._open_for_good
        """Whether changes were allowed for the whole session when it began, so that they can be again."""
        self._open_until = 0.0
        self._clock = clock
        self._listeners: list[Callable[[], None]] = []

    @property
    def read_only(self) -> bool:
        """Whether only GET is allowed now."""
        return not self._open_for_good and self._clock() >= self._open_until

    @property
    def seconds_left(self) -> float | None:
        """Seconds until it closes by itself; ``None`` when it is closed or open for the session."""
        if self._open_for_good:
            return None
        left = self._open_until - self._clock()
        return left if left > 0 else None

    def open_for(self, seconds: float) -> None:
        """Allow changes for so many seconds from now.

        Raises:
            PermissionError: it is sealed.
        """
        if self.sealed:
            raise PermissionError("the session is read-only and cannot be unlocked")
        self._open_until = self._clock() + seconds
        self._notify()

    def reopen(self) -> None:
        """Allow changes for the rest of the session, as at its start.

        Raises:
            PermissionError: the session was started as read-only.
        """
        if not self.can_reopen:
            raise PermissionError("the session was started as read-only")
        self._open_for_good = True
        self._notify()

    def close(self) -> None:
        """Allow only GET from now on."""
        self._open_for_good = False
        self._open_until = 0.0
        self._notify()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call it when a user opens or closes the lock; not when the time is over.

        Returns:
            What ends it.
        """
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):  # removed already
                self._listeners.remove(listener)

        return stop

    def remove_listeners(self) -> None:
        """Remove all listeners: the lock outlives the session that added them."""
        self._listeners.clear()

    def _notify(self) -> None:
        for listener in tuple(self._listeners):
            listener()
