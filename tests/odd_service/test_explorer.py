"""A walk through the explorer against odd answers: no crash, and nothing said that is not so."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.odd_service.catalogue import FAMILIES
from tests.support.odd_service.proxy import Proxy, proxied
from tests.support.odd_service.running import shorten_waits
from tests.support.odd_service.ways import Way
from tests.support.sandbox import an_order, running_sandbox
from tui.app.navigation import StartPlace
from tui.app.panels.problem import Problem
from tui.app.panels.status_bar import FactsLine
from tui.app.screens.explorer import ExplorerScreen
from tui.app.startup.launch import explorer_app
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile

ORDERS = [an_order(number) for number in range(230)]
KEYS = (
    *("down", "enter", "1", "2", "3", "4", "5", "6", "escape", "tab"),
    *("greater_than_sign", "G", "greater_than_sign", "s", "escape", "r"),
    *("slash", *"amount", "greater_than_sign", "equals_sign", "1", "enter", "G", "escape"),
    *("J", "escape", "R", "escape", "space", "x", "escape", "e", "escape", "escape"),
)
FEW_KEYS = (
    "down",
    "enter",
    "6",
    "escape",
    "greater_than_sign",
    "G",
    "r",
    "slash",
    *"paid",
    "enter",
    "escape",
)
MOST = 120
"""Ways of a family that are walked; a larger family is taken evenly."""


def _walked(ways: tuple[Way, ...]) -> list[Way]:
    seen = [way for way in ways if way.on & {"list", "get", "exports", "actions"}]
    return seen[:: len(seen) // MOST + 1]


WAYS = [way for ways in FAMILIES.values() for way in _walked(ways)]
EACH = 60
"""One in so many ways is walked in the short form."""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy before a sandbox of 230 orders; the environment names it as the account."""
    shorten_waits(monkeypatch)
    with running_sandbox(orders=ORDERS) as sandbox, proxied(sandbox) as running:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", running.url)
        yield running


async def walk(proxy: Proxy, way: Way, keys: tuple[str, ...] = KEYS) -> list[str]:
    """Open the explorer, press the keys; what it said and is not so."""
    proxy.use(way)
    faults: list[str] = []
    app = explorer_app(resolve_profile(os.environ), find_folders(os.environ), place=StartPlace())
    async with app.run_test(size=(120, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, ExplorerScreen)
        for _ in range(300):
            if screen.view.snapshot.is_read or any(problem.is_open for problem in screen.query(Problem)):
                break
            await asyncio.sleep(0.02)
        else:
            faults.append("it never comes to an end of opening")
        for key in keys:
            await _press(pilot, key)
            faults += _false_facts(screen, way)
        app.exit()
    return [f"explorer × {way}: {fault}" for fault in dict.fromkeys(faults)]


async def _press(pilot: Pilot[Any], key: str) -> None:
    await pilot.press(key)
    await asyncio.sleep(0.01)
    await pilot.pause()


def _false_facts(screen: ExplorerScreen, way: Way) -> list[str]:
    loaded = screen.view.snapshot
    faults = []
    for fact in screen.query_one(FactsLine).facts:
        said = re.match(r"all ([\d,]+) loaded|(no orders)\b", fact.text)
        if said and not way.hides and loaded.count < len(ORDERS):
            faults.append(f"says {fact.text!r} of {len(ORDERS)} orders")
        part = re.match(r"([\d,]+) of ([\d,-]+) loaded", fact.text)
        if part and (int(part[1].replace(",", "")) != loaded.count or "-" in part[2] or part[1] == part[2]):
            faults.append(f"says {fact.text!r} with {loaded.count} loaded")
    return faults


@pytest.mark.parametrize("way", WAYS[::EACH], ids=str)
async def test_the_explorer_holds(way: Way, proxy: Proxy) -> None:
    """The short form: some ways of each family."""
    assert not await walk(proxy, way, FEW_KEYS)


@pytest.mark.nightly
@pytest.mark.timeout(0)
@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_the_explorer_holds_whatever_is_answered(way: Way, proxy: Proxy) -> None:
    """Every way."""
    assert not await walk(proxy, way)
