"""Running commands through the proxy, in this process, with short waits."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tui.jobs.background import clock, polling, quota, retry_policy
from tui.voucherify import connection
from tui.voucherify.limits import Limits
from tui.voucherify.transports import retry

from .catalogue import FAMILIES
from .commands import CONCERNED, Run, check, words_of
from .exchange import Kind
from .proxy import Proxy
from .ways import Way

LONGEST = 60.0
"""Seconds that a command may take with these waits, whatever is answered; most take a fraction of one."""

_NAMES = count(1)


def shorten_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every deadline and pause a fraction of what it is."""
    short = partial(
        Limits, connect=1.0, read=0.3, write=1.0, total=0.8, import_total=0.8, patience=0.2, closing=0.2
    )
    monkeypatch.setattr(connection, "Limits", short)
    monkeypatch.setattr(retry, "FIRST_BACKOFF", 0.01)
    delays = (0.05, 0.05, 0.1)
    monkeypatch.setattr(polling, "DELAYS", delays)
    monkeypatch.setattr(retry_policy, "DELAYS", delays)
    monkeypatch.setattr(polling, "LONGEST_STANDSTILL", 1.0)
    monkeypatch.setattr(retry_policy, "MOST_LIMITS", 6)
    monkeypatch.setattr(clock, "PAUSE_STEP", 0.05)
    monkeypatch.setattr(quota, "PAUSE_STEP", 0.05)
    monkeypatch.setattr(quota, "DELAYS", delays)
    monkeypatch.setattr(quota, "UNKNOWN_PERIOD", 0.1)
    monkeypatch.setattr(quota, "LONGEST_PERIOD", 0.1)
    monkeypatch.setattr(retry_policy, "DEFAULT_WAIT", 0.1)
    monkeypatch.setattr(retry_policy, "LONGEST_WAIT", 0.1)


def pairs(ways: tuple[Way, ...]) -> list[tuple[Way, str, Kind]]:
    """Each way with each command and kind of request that it concerns."""
    return [(way, command, kind) for way in ways for command, kind in CONCERNED if kind in way.on]


def every(family: str) -> list[tuple[Way, str, Kind]]:
    """What the long form runs: ways that only the reader of errors tells apart take turns with commands."""
    ways = FAMILIES[family]
    return some(ways) if family == "errors" else pairs(ways)


def some(ways: tuple[Way, ...], most: int = 100_000) -> list[tuple[Way, str, Kind]]:
    """Each way once, with commands in turn; of more than ``most`` ways only so many, evenly taken."""
    found = []
    for at, way in enumerate(ways[:: -(-len(ways) // most)]):
        concerned = [(command, kind) for command, kind in CONCERNED if kind in way.on]
        found.append((way, *concerned[at % len(concerned)]))
    return found


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Send this process what ctrl+c sends, if the block takes that long."""
    before = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, seconds, 2.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run_one(ordex: Ordex, proxy: Proxy, folder: Path, way: Way, command: str, kind: Kind) -> list[str]:
    """Run a command while answers of one kind are changed; what it said and is not so."""
    name = f"new-{next(_NAMES)}"
    proxy.use(None)
    proxy.make_jobs()
    for left in folder.iterdir():
        if left.is_file():
            left.unlink()
    if command == "undo":
        ordex(*words_of("update", folder, name, proxy))
    words = words_of(command, folder, name, proxy)
    proxy.use(replace(way, on=frozenset({kind})))
    begun = time.monotonic()
    with interrupted_after(LONGEST):
        ended = ordex(*words)
    took = time.monotonic() - begun
    run = Run(command, proxy.way or way, ended, proxy, folder, name)
    faults = check(run)
    if took > LONGEST:
        faults.append(f"{command} × {way} on {kind}: took {took:.0f} s")
    return [f"[{kind}] {fault}" for fault in faults]
