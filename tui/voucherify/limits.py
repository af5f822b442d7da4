"""Timeouts, size limits and concurrency of one connection."""

from __future__ import annotations

from dataclasses import dataclass

STREAM = "ordex.stream"
"""Request extension: the answer is a file, read chunk by chunk, without a cap and a total deadline."""

RECEIVED = "ordex.received"
"""Response extension: bytes of the body as received, still compressed."""

REPLAY_OF = "ordex.replay_of"
"""Request extension: the number of the call in the log that is made once more."""

TOTAL = "ordex.total"
"""Request extension: seconds for the whole answer, when not ``Limits.total``."""


@dataclass(frozen=True, slots=True)
class Limits:
    """All times in seconds, sizes in bytes.

    ``total`` bounds a whole answer with its retries, but not the waits that a rate limit asks for; those
    are bounded by ``patience``. ``closing`` bounds how long ``aclose`` lets requests finish.
    """

    connect: float = 5.0
    read: float = 20.0
    write: float = 20.0
    total: float = 30.0
    import_total: float = 120.0
    patience: float = 20.0
    closing: float = 2.0
    tries: int = 4
    connections: int = 8
    answer_bytes: int = 32 * 1024 * 1024

    def timeouts(self) -> dict[str, float | None]:
        """The ``timeout`` extension that httpx's transports read."""
        # A request takes its place before it enters the pool, so it never waits in the pool itself.
        return {"connect": self.connect, "read": self.read, "write": self.write, "pool": self.total}
