"""Running commands through the proxy, in this process, with short waits."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tui.jobs import calling, following
from tui.voucherify import connection
from tui.voucherify.limits import Limits
from tui.voucherify.transports import retry

from .commands import CONCERNED, Run, check, words_of
from .exchange import Kind
from .proxy import Proxy
from .ways import Way

LONGEST = 25.0
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
    monkeypatch.setattr(following, "DELAYS", delays)
    monkeypatch.setattr(calling, "DELAYS", delays)
    monkeypatch.setattr(following, "GLANCE", 0.05)
    monkeypatch.setattr(following, "UNKNOWN_PERIOD", 0.1)
    monkeypatch.setattr(following, "LONGEST_PERIOD", 0.1)
    monkeypatch.setattr(calling, "UNTOLD_WAIT", 0.1)
    monkeypatch.setattr(calling, "LONGEST_WAIT", 0.1)


def pairs(ways: tuple[Way, ...]) -> list[tuple[Way, str, Kind]]:
    """Each way with each command and kind of request that it concerns."""
    return [(way, command, kind) for way in ways for command, kind in CONCERNED if kind in way.on]


def some(ways: tuple[Way, ...]) -> list[tuple[Way, str, Kind]]:
    """Each way once, with commands in turn."""
    found = []
    for at, way in enumerate(ways):
        concerned = [(command, kind) for command, kind in CONCERNED if kind in way.on]
        found.append((way, *concerned[at % len(concerned)]))
    return found


def run_one(ordex: Ordex, proxy: Proxy, folder: Path, way: Way, command: str, kind: Kind) -> list[str]:
    """Run a command while answers of one kind are changed; what it said and is not so."""
    name = f"new-{next(_NAMES)}"
    known = str(proxy.orders()[-1]["source_id"])
    proxy.use(replace(way, on=frozenset({kind})))
    for left in folder.iterdir():
        if left.is_file():
            left.unlink()
    begun = time.monotonic()
    ended = ordex(*words_of(command, folder, name, known))
    took = time.monotonic() - begun
    run = Run(command, proxy.way or way, ended, proxy, folder, name)
    faults = check(run)
    if took > LONGEST:
        faults.append(f"{command} × {way} on {kind}: took {took:.0f} s")
    return [f"[{kind}] {fault}" for fault in faults]
