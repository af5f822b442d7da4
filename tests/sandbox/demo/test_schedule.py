from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta

from tui.sandbox.demo.schedule import milliseconds, opening, order_times
from tui.sandbox.demo.seeded_random import SeededRandom

UNTIL = datetime(2026, 3, 14, 15, 9, tzinfo=UTC)


def dates(count: int) -> list[datetime]:
    """The times of ``count`` orders."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return [start + timedelta(milliseconds=at) for at in order_times(SeededRandom("seasons"), count, UNTIL)]


def test_the_shop_grows_and_peaks_before_christmas() -> None:
    """November and December are the busiest months, and the second year is busier than the first."""
    months = Counter((moment.year, moment.month) for moment in dates(5000))
    assert {month for month, _ in months.most_common(2)} == {(2025, 11), (2025, 12)}
    assert months[2026, 2] > 1.4 * months[2025, 2]


def test_weekends_and_evenings_are_busy() -> None:
    """Saturday beats Tuesday, the evening beats the night."""
    moments_ = dates(5000)
    days = Counter(moment.weekday() for moment in moments_)
    hours = Counter(moment.hour for moment in moments_)
    assert days[5] > days[1]
    assert hours[19] > 10 * hours[3]


def test_crowded_times_stay_apart() -> None:
    """When there are more orders than moments to draw, each still gets a millisecond of its own."""
    times = order_times(SeededRandom("crowd"), 20_000, UNTIL)
    assert all(earlier < later for earlier, later in itertools.pairwise(times))
    assert times[0] >= opening(UNTIL)


def test_a_moment_is_exact_to_the_millisecond() -> None:
    """No float is on the way from a time to milliseconds."""
    assert milliseconds(datetime(2100, 1, 1, 0, 0, 0, 999_000, tzinfo=UTC)) == 4_102_444_800_999
