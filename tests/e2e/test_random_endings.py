"""Every way to end, at any moment: the terminal is as it was before. ``ORDEX_NIGHTLY`` takes a hundred.

A ``kill -9`` of Ordex itself is not among them: nothing runs then that could put anything back. One of its
parent is.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.endings import FAULTS, KEYS, SIGNALS, WAYS, Running, moments
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox
from tests.support.served_process import account

pytestmark = pytest.mark.terminal

CANARY = "canary-of-endings"
RUNS = 100 if os.environ.get("ORDEX_NIGHTLY") else len(WAYS)


@pytest.fixture(scope="module")
def served() -> Iterator[RunningSandbox]:
    """A sandbox that takes its time, so that things are under way."""
    with running_sandbox(orders=map(an_order, range(300)), latency=0.02, app_token=CANARY) as sandbox:
        yield sandbox


@pytest.mark.parametrize("number", range(RUNS))
def test_the_terminal_is_as_it_was(number: int, served: RunningSandbox, tmp_path: Path) -> None:
    """Modes, keyboard, mouse, cursor, style, title, line discipline; the exit code says how it ended."""
    rng = random.Random(number)
    way = WAYS[number % len(WAYS)]
    told = {"url": served.url, "app_id": served.app_id, "app_token": served.app_token}
    running = Running(way, tmp_path, account(told))
    try:
        moment, be_there = rng.choice(sorted(moments(rng).items()))
        if way != "fault opening":
            be_there(running.terminal)
        ended = running.end()
    finally:
        running.terminal.close()
    assert ended.left == [], f"{way} at {moment}: {ended.raw[-2000:]!r}"
    assert ended.code in expected(way), f"{way} at {moment}: {ended.raw[-2000:]!r}"
    assert (b"Traceback" in ended.raw) == way.startswith("fault"), f"{way} at {moment}"
    assert CANARY.encode() not in ended.raw


def expected(way: str) -> set[int | None]:
    """The exit codes that a way may have."""
    if way in SIGNALS:
        return {128 + SIGNALS[way]}
    if way in KEYS:
        return {0}
    return {1} if way.removeprefix("fault ") in FAULTS else {None}
