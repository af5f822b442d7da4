"""What is said in the status line."""

from __future__ import annotations

import time

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeBudget, fake_session
from tui.app.panels.status_texts import budget_fact, waiting_fact
from tui.voucherify.rate_limit import Wait

NOW = 1_800_000_000.0


def said(**budget: float) -> list[str]:
    """The facts about a budget."""
    return [fact.text for fact in budget_fact(FakeBudget(**budget), NOW)]  # type: ignore[arg-type]


def test_calls_left_are_told_until_the_period_ends() -> None:
    """“0 of 3 calls left” stayed for ever."""
    assert said(limit=3, remaining=0, resets_at=NOW + 1, seen_at=NOW - 5) == ["0 of 3 calls left"]
    assert said(limit=3, remaining=0, resets_at=NOW - 1, seen_at=NOW - 5) == ["calls renewed"]


def test_an_answer_of_the_new_period_counts_again() -> None:
    """The end of the period before says nothing about numbers that came after it."""
    assert said(limit=3, remaining=2, resets_at=NOW - 5, seen_at=NOW - 1) == ["2 of 3 calls left"]


def test_nothing_is_said_of_what_was_not_told() -> None:
    """Without a header there is no number."""
    assert not budget_fact(FakeBudget(limit=None, remaining=None), NOW)


def test_a_wait_is_counted_in_whole_seconds_and_never_below_none() -> None:
    """The last moment of a wait is no second."""
    wait = Wait(seconds=2.0, until=NOW + 1.2, reason="rate limit", attempt=2)
    assert waiting_fact(wait, 1.2).text == "rate limit, trying again in 2 s"
    assert waiting_fact(wait, -3.8).text == "rate limit, trying again in 0 s"


async def test_the_end_of_the_period_is_seen_without_a_key() -> None:
    """The line is told anew when the period ends, though nothing else happens."""
    session = fake_session(5)
    session.client.budget = FakeBudget(limit=3, remaining=1, resets_at=time.time() + 1.5)
    async with exploring(session, size=(120, 24)) as explored:
        await explored.until(lambda: "calls renewed" in explored.text)
        assert "of 3 calls left" not in explored.text


def test_the_last_call_is_told_in_the_singular() -> None:
    """It said “1 calls left”."""
    assert said(limit=None, remaining=1, resets_at=NOW + 1, seen_at=NOW) == ["1 call left"]
