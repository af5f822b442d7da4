"""Whether a session may change anything now: asked by the transport at each request, set by people."""

from __future__ import annotations

import time
from collections.abc import Callable


class WriteLock:
    """Closed, only GET leaves. It can be opened for good by whoever made it, or for a time by a person.

    A ``sealed`` lock stays closed: the session was asked for as one that only reads. ``clock`` gives seconds
    that only grow. Safe to ask from any thread.
    """

    def __init__(
        self, *, read_only: bool, sealed: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.sealed = sealed
        self._open_for_good = not (read_only or sealed)
        self._open_until = 0.0
        self._clock = clock

    @property
    def read_only(self) -> bool:
        """Whether nothing but GET may leave at this moment."""
        return not self._open_for_good and self._clock() >= self._open_until

    @property
    def seconds_left(self) -> float | None:
        """Seconds until it closes by itself; ``None`` when it is closed, or open for good."""
        return None if self._open_for_good or self.read_only else self._open_until - self._clock()

    def open_for(self, seconds: float) -> None:
        """Let changes leave for so many seconds from now.

        Raises:
            PermissionError: it is sealed.
        """
        if self.sealed:
            raise PermissionError("the session was opened to only read, so nothing unlocks it")
        self._open_until = self._clock() + seconds

    def close(self) -> None:
        """Let nothing but GET leave from now on."""
        self._open_for_good = False
        self._open_until = 0.0
