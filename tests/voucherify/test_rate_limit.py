"""Rate headers, the clock between us and the service, and the budget."""

from __future__ import annotations

from email.utils import formatdate

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.voucherify.rate_limit import CallBudget, RateHeaders

NOW = 1_790_000_000.0


def test_the_epoch_is_moved_to_this_machines_clock() -> None:
    """A service whose clock is an hour ahead says an epoch an hour too late."""
    headers = httpx.Headers(
        {"X-Rate-Limit-Retry": str(int(NOW + 3660)), "Date": formatdate(NOW + 3600, usegmt=True)}
    )
    assert RateHeaders.read(headers, NOW).retry_at == NOW + 60


def test_without_a_date_the_epoch_is_taken_as_it_is() -> None:
    """Nothing is known of the service's clock then."""
    assert RateHeaders.read({"X-Rate-Limit-Retry": str(int(NOW + 60))}, NOW).retry_at == NOW + 60


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": formatdate(NOW + 9, usegmt=True)}, 9),
        ({"X-Rate-Limit-Retry": "30"}, 30),
        ({"X-Rate-Limit-Retry": f"{int(NOW + 12)}000"}, 12),
        ({"X-Rate-Limit-Retry": str(int(NOW - 5)), "Retry-After": "4"}, 4),
    ],
)
def test_other_ways_to_say_when_are_understood(headers: dict[str, str], wait: int) -> None:
    """Seconds, dates, milliseconds; of two the later counts."""
    assert RateHeaders.read(headers, NOW).retry_at == NOW + wait


@given(
    st.dictionaries(
        st.sampled_from(["X-Rate-Limit-Retry", "Retry-After", "Date", "X-Rate-Limit-Limit"]), st.text()
    )
)
def test_no_header_makes_reading_fail(headers: dict[str, str]) -> None:
    """Whatever a proxy writes there."""
    assert isinstance(RateHeaders.read(headers, NOW), RateHeaders)


def test_a_budget_knows_nothing_until_told() -> None:
    """All is None, and an answer without headers changes nothing."""
    budget = CallBudget()
    budget.note({}, NOW)
    assert (budget.limit, budget.remaining, budget.resets_at, budget.seen_at) == (None, None, None, None)


def test_a_budget_keeps_what_a_later_answer_leaves_out() -> None:
    """The limit stays known when only the rest is told."""
    budget = CallBudget()
    budget.note({"X-Rate-Limit-Limit": "100", "X-Rate-Limit-Remaining": "42"}, NOW)
    budget.note({"X-Rate-Limit-Remaining": "41", "X-Rate-Limit-Retry": str(int(NOW + 5))}, NOW + 1)
    assert (budget.limit, budget.remaining, budget.resets_at, budget.seen_at) == (100, 41, NOW + 5, NOW + 1)
    assert "41" in repr(budget)
