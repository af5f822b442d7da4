"""Imports and waits while somebody sets the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.jobs.importing.conftest import Bench, jsonl, numbered
from tests.support.clocks import FakeClock, FixedBudget
from tests.support.fake_service import Crash
from tui.jobs.background.polling import DELAYS
from tui.jobs.background.quota import LONGEST_PERIOD, UNKNOWN_PERIOD, BackgroundQuota
from tui.jobs.importing.import_options import ImportOptions

HOUR = 3600.0


class ServiceClock(FakeClock):
    """The service's own clock, which nobody here can set."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._start, self._clock = self._now, clock

    def now(self) -> float:
        """Epoch seconds."""
        return self._start + self._clock.monotonic()


@pytest.mark.parametrize("shift", [-HOUR, -30.0, HOUR])
@pytest.mark.parametrize("moment", ["import_orders", "get_async_action"])
async def test_a_clock_that_is_set_delays_no_import(
    moment: str, shift: float, bench: Bench, tmp_path: Path
) -> None:
    """Each wait for a job stays within the usual distances between two questions."""
    bench.service.clock = ServiceClock(bench.clock)

    def change_clock(name: str) -> None:
        if name == moment and bench.service.calls.count(name) in {1, 3}:
            bench.clock.set(bench.clock.now() + shift)

    bench.service.on_call = change_clock
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(100)), ImportOptions(chunk=10))
    result = await bench.engine.start(plan)
    assert (result.state, result.imported) == ("done", 100)
    assert max(bench.clock.slept) <= DELAYS[-1]
    assert bench.clock.monotonic() < 120


async def test_a_clock_that_was_set_back_delays_no_resumed_import(bench: Bench, tmp_path: Path) -> None:
    """The journal has the time at which a batch was accepted, by a clock that is an hour ahead now."""
    bench.service.clock = ServiceClock(bench.clock)
    plan = await bench.engine.plan(jsonl(tmp_path / "in.jsonl", numbered(20)), ImportOptions(chunk=10))

    def die(name: str) -> None:
        if name == "get_async_action":
            raise Crash

    bench.service.on_call = die
    with pytest.raises(Crash):
        await bench.engine.start(plan)
    bench.service.on_call = lambda _: None
    bench.clock.set(bench.clock.now() - HOUR)
    before = bench.clock.monotonic()
    assert (await bench.engine.resume()).imported == 20
    assert bench.clock.monotonic() - before < 120


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("shift", [-HOUR, HOUR])
async def test_a_clock_that_is_set_does_not_move_the_end_of_a_period(told: bool, shift: float) -> None:
    """Calls are taken again after the seconds that the service gave, whatever the clock says by then."""
    clock = FakeClock()
    period = 100.0 if told else UNKNOWN_PERIOD
    resets_at = clock.now() + period if told else None
    ration = BackgroundQuota(FixedBudget(10, 0, resets_at, clock.now()), clock)
    assert ration.allowance().calls == 0
    clock.set(clock.now() + shift)
    waits: list[float] = []
    assert await ration.ready(waits.append)
    assert period - 1 <= clock.monotonic() <= period + 2
    assert waits[0] == pytest.approx(clock.now() - clock.monotonic() + period)


async def test_a_clock_that_was_set_back_before_the_first_look_waits_one_period_at_most() -> None:
    """The answer was stamped by a clock that was ahead."""
    clock = FakeClock()
    ration = BackgroundQuota(FixedBudget(10, 0, clock.now() + 100, clock.now()), clock)
    clock.set(clock.now() - HOUR)
    assert await ration.ready()
    assert clock.monotonic() <= 101


async def test_a_period_that_nobody_can_wait_for_is_not_believed() -> None:
    """The service's own answer tells after an hour whether calls are taken."""
    clock = FakeClock()
    ration = BackgroundQuota(FixedBudget(10, 0, clock.now() + 1e12, clock.now()), clock)
    assert await ration.ready()
    assert clock.monotonic() <= LONGEST_PERIOD + 1
