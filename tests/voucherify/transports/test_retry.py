"""What is tried again, and when."""

from __future__ import annotations

import random
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import NoJitter, Scripted
from tui.voucherify.errors import (
    CutOff,
    NoAnswer,
    NotJson,
    Redirected,
    TimedOut,
    TooLarge,
    Unreachable,
    VoucherifyError,
)
from tui.voucherify.limits import Limits
from tui.voucherify.rate_limit import Wait
from tui.voucherify.request_context import RequestContext, set_current_request
from tui.voucherify.transports.retry import FIRST_BACKOFF, LONGEST_BACKOFF, Retry, reason_to_retry

NOW = 1_790_000_000.0
CHANGES = ["POST", "PUT", "DELETE"]


class Slept:
    """A clock that jumps when somebody sleeps."""

    def __init__(self) -> None:
        self.naps: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Jump."""
        self.naps.append(seconds)

    def now(self) -> float:
        """The epoch second it is."""
        return NOW + sum(self.naps)


def _retry(network: httpx.AsyncBaseTransport, slept: Slept, **options: Any) -> Retry:
    options.setdefault("rng", NoJitter())
    return Retry(network, options.pop("limits", Limits()), sleep=slept.sleep, now=slept.now, **options)


async def _outcome(network: Scripted, method: str = "GET", **options: Any) -> tuple[int | NoAnswer, Slept]:
    slept = Slept()
    try:
        response = await _retry(network, slept, **options).handle_async_request(
            httpx.Request(method, "https://h/")
        )
    except NoAnswer as error:
        return error, slept
    return response.status_code, slept


@pytest.mark.parametrize(
    "first",
    [
        Unreachable(),
        CutOff(),
        TimedOut(),
        *(httpx.Response(status) for status in (408, 429, 500, 502, 503, 504)),
    ],
)
async def test_a_get_is_tried_again(first: httpx.Response | Exception) -> None:
    """After anything that may pass by itself."""
    network = Scripted(first, httpx.Response(200))
    outcome, slept = await _outcome(network)
    assert (outcome, len(network.seen), len(slept.naps)) == (200, 2, 1)


@pytest.mark.parametrize("method", ["GET", *CHANGES])
@pytest.mark.parametrize(
    "first", [NotJson(), TooLarge(), Redirected(), *map(httpx.Response, (400, 401, 404, 409))]
)
async def test_what_will_not_pass_is_not_tried_again(method: str, first: httpx.Response | Exception) -> None:
    """Refusals and answers of somebody else."""
    network = Scripted(first, httpx.Response(200))
    await _outcome(network, method)
    assert len(network.seen) == 1


@pytest.mark.parametrize("method", CHANGES)
@pytest.mark.parametrize("first", [CutOff(), TimedOut(), *map(httpx.Response, (408, 500, 502, 503))])
async def test_a_change_that_was_sent_is_never_sent_again(
    method: str, first: httpx.Response | Exception
) -> None:
    """It may have been processed."""
    network = Scripted(first, httpx.Response(200))
    await _outcome(network, method)
    assert len(network.seen) == 1


@pytest.mark.parametrize("method", CHANGES)
@pytest.mark.parametrize("first", [Unreachable(), httpx.Response(429)])
async def test_a_change_that_was_not_taken_is_sent_again(
    method: str, first: httpx.Response | Exception
) -> None:
    """Not a byte left, or the service refused it for the rate alone."""
    network = Scripted(first, httpx.Response(200))
    outcome, _ = await _outcome(network, method)
    assert (outcome, len(network.seen)) == (200, 2)


@given(
    st.sampled_from(CHANGES),
    st.lists(st.sampled_from([CutOff, TimedOut, NotJson, 500, 503, 408]), min_size=1),
)
async def test_no_schedule_of_faults_sends_a_change_twice(method: str, faults: list[Any]) -> None:
    """Whatever comes after the first ambiguous outcome."""
    network = Scripted(
        *(httpx.Response(f) if isinstance(f, int) else f() for f in faults), httpx.Response(200)
    )
    await _outcome(network, method)
    assert len(network.seen) == 1


async def test_after_four_tries_the_last_outcome_stands() -> None:
    """An answer as it is, a failure raised."""
    answered, failed = Scripted(httpx.Response(503)), Scripted(CutOff())
    outcomes = [(await _outcome(network))[0] for network in (answered, failed)]
    assert outcomes[0] == 503
    assert isinstance(outcomes[1], CutOff)
    assert [len(answered.seen), len(failed.seen)] == [4, 4]


async def test_backoff_is_a_random_part_of_a_doubling_time() -> None:
    """Full jitter: each nap is below its bound, and they differ."""
    _, slept = await _outcome(Scripted(httpx.Response(500)), rng=random.Random(7))
    bounds = [min(FIRST_BACKOFF * 2**n, LONGEST_BACKOFF) for n in (1, 2, 3)]
    assert all(0 <= nap <= bound for nap, bound in zip(slept.naps, bounds, strict=True))
    assert len(set(slept.naps)) == 3


async def test_a_rate_limit_is_waited_out_and_announced() -> None:
    """Until the service's epoch, by our clock."""
    limited = httpx.Response(
        429,
        headers={"X-Rate-Limit-Retry": str(int(NOW) + 612), "Date": formatdate(int(NOW) + 600, usegmt=True)},
    )
    heard: list[Wait] = []
    outcome, slept = await _outcome(Scripted(limited, httpx.Response(200)), on_wait=heard.append)
    assert (outcome, slept.naps) == (200, [12])
    assert heard == [Wait(seconds=12, until=NOW + 12, reason="rate limit", attempt=2)]


async def test_a_wait_past_the_patience_is_the_callers_to_decide() -> None:
    """The 429 comes back at once."""
    limited = httpx.Response(429, headers={"Retry-After": "21"})
    network = Scripted(limited, httpx.Response(200))
    outcome, slept = await _outcome(network)
    assert (outcome, slept.naps, len(network.seen)) == (429, [], 1)


async def test_patience_can_be_longer() -> None:
    """An import waits an hour out if it is told to."""
    limited = httpx.Response(429, headers={"Retry-After": "3600"})
    set_current_request(request_context := RequestContext(30, clock=lambda: 0.0))
    outcome, slept = await _outcome(Scripted(limited, httpx.Response(200)), limits=Limits(patience=3600))
    assert (outcome, slept.naps) == (200, [3600])
    assert request_context.left() == 3630


async def test_a_used_up_billing_cycle_is_not_waited_for() -> None:
    """No wait helps."""
    network = Scripted(
        httpx.Response(429, headers={"X-Rate-Limit-Type": "api_calls_cycle", "Retry-After": "1"})
    )
    assert (await _outcome(network))[0] == 429
    assert len(network.seen) == 1


async def test_no_try_begins_past_the_deadline() -> None:
    """What is left bounds the backoff."""
    set_current_request(RequestContext(0.0, clock=lambda: 0.0))
    network = Scripted(httpx.Response(500))
    assert (await _outcome(network))[0] == 500
    assert len(network.seen) == 1


async def test_a_failing_listener_does_not_stop_the_retry() -> None:
    """The request is more than its announcement."""

    def failing(wait: Wait) -> None:
        raise RuntimeError

    outcome, _ = await _outcome(Scripted(CutOff(), httpx.Response(200)), on_wait=failing)
    assert outcome == 200


@pytest.mark.parametrize("error", [CutOff(), TimedOut(sent=False), Unreachable()])
def test_nothing_is_a_reason_without_a_failure(error: VoucherifyError) -> None:
    """A sound answer is never a reason."""
    assert reason_to_retry("GET", httpx.Response(200), None) is None
    assert isinstance(error, NoAnswer)
    assert reason_to_retry("GET", None, error) is not None
