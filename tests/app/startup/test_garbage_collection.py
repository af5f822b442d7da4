"""Memory in a long session."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tests.support.pseudo_terminal import ROOT
from tui.app.startup.garbage_collection import THRESHOLDS, tuned_collection

REFRESH = """
import asyncio, gc, json, sys
from pathlib import Path
from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.__main__ import GC_THRESHOLD
from tui.app.startup.garbage_collection import tuned_collection

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

async def run(rounds):
    found = []
    with tuned_collection() as on_orders_loaded:
        async with exploring(fake_session(300), size=(120, 40), rows=100) as explored:
            on_orders_loaded(100)
            for number in range(rounds + 1):
                if number % (rounds // 5) == 0:
                    found.append(resident())
                await explored.press("r")
    print(json.dumps(found))

gc.set_threshold(GC_THRESHOLD)
asyncio.run(run(int(sys.argv[1])))
"""


@pytest.fixture(autouse=True)
def own_collector() -> Iterator[None]:
    """Nothing is frozen at the start, and the collector is left as it was."""
    before = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.freeze()  # as tests/conftest.py has it
    gc.set_threshold(*before)


def test_what_is_loaded_is_left_out_of_later_searches() -> None:
    """Once the first orders are there, and again when they have doubled; all is as before at the end."""
    before = gc.get_threshold()
    with tuned_collection() as on_orders_loaded:
        on_orders_loaded(0)
        assert gc.get_freeze_count() == 0
        on_orders_loaded(100)
        first = gc.get_freeze_count()
        assert first > 0
        assert gc.get_threshold() == THRESHOLDS
        kept = [[number] for number in range(1000)]
        on_orders_loaded(150)
        assert gc.get_freeze_count() <= first
        on_orders_loaded(200)
        assert gc.get_freeze_count() >= first + len(kept)
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == before


async def test_each_page_that_is_read_is_reported() -> None:
    """With the number of orders that are loaded then."""
    counts: list[int] = []
    async with exploring(fake_session(150)) as explored:
        explored.app.report_loads_to(counts.append)
        await explored.press("r")
        await explored.until(lambda: counts)
        await explored.press("G")
        await explored.until(lambda: 150 in counts)


async def test_closed_screens_are_freed() -> None:
    """What the widgets of each closed form had painted stayed in a cache of Textual's, up to 2 MB a form."""
    async with exploring(fake_session(3)) as explored:
        counts = []
        for _ in range(3):
            await explored.press("question_mark")
            await explored.until(lambda: explored.app.screen is not explored.screen)
            await explored.press("escape")
            await explored.until(lambda: explored.app.screen is explored.screen)
            await explored.pilot.pause()
            gc.collect()
            counts.append(sum(isinstance(each, StylesCache) for each in gc.get_objects()))
        assert counts[2] <= counts[1]


@pytest.mark.nightly
@pytest.mark.timeout(600)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's account of memory")
def test_refreshing_for_hours_needs_no_more_memory() -> None:
    """1,250 refreshes: after the first fifth memory stays within 15 %."""
    ended = subprocess.run(
        [sys.executable, "-c", REFRESH, "1250"], check=True, cwd=ROOT, capture_output=True, text=True
    )
    _, warm, *later = json.loads(ended.stdout)
    assert max(later) < 1.15 * warm
