"""The phases of a call and the time each takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """The parts of one call in the order in which they pass, each in seconds.

    A part that did not take place is ``None``: a reused connection is not opened, plain http has no TLS, and
    a sandbox in this process has no network at all.
    """

    waited: float | None = None
    """For a place among the connections."""
    connect: float | None = None
    """Until the connection stood: name, TCP, and the tunnel through a proxy."""
    tls: float | None = None
    """Until it was encrypted."""
    send: float | None = None
    """Until the last byte of the request was handed to the network."""
    answer: float | None = None
    """From there until the first byte of the answer."""
    receive: float | None = None
    """From there until the last byte."""


NOT_TIMED = Timing()


class TimingRecorder:
    """The moments of one attempt, by a clock in seconds; ``None`` for what has not happened."""

    __slots__ = (
        "answered", "begun", "clock", "connected", "connecting", "entered", "secured", "securing", "written",
    )  # fmt: skip

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.clock = clock
        self.begun = clock()
        self.entered: float | None = None
        self.connecting: float | None = None
        self.connected: float | None = None
        self.securing: float | None = None
        self.secured: float | None = None
        self.written: float | None = None
        self.answered: float | None = None

    def wrote(self) -> None:
        """A piece was sent; the next received piece may be its response."""
        self.written, self.answered = self.clock(), None

    def read(self) -> None:
        """A piece was received; only the first one after the last sent piece counts."""
        if self.answered is None:
            self.answered = self.clock()

    def timing(self, ended: float) -> Timing:
        """The parts of an attempt that ended at this moment, wherever it had got to."""
        if self.entered is None:
            return Timing(waited=ended - self.begun)
        connect = tls = None
        ready: float | None = self.entered
        if self.connecting is not None:
            connect = _first(self.securing, self.connected, ended) - self.connecting
            ready = self.connected
        if self.securing is not None:
            tls, ready = _first(self.secured, ended) - self.securing, self.secured
        send = answer = receive = None
        # What a proxy was told before the connection was encrypted is not the request.
        if self.written is not None and ready is not None and self.written >= ready:
            send = self.written - ready
            answer = _first(self.answered, ended) - self.written
            receive = None if self.answered is None else ended - self.answered
        return Timing(self.entered - self.begun, connect, tls, send, answer, receive)


def _first(*moments: float | None) -> float:
    return next(moment for moment in moments if moment is not None)
