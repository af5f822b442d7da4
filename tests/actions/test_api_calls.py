"""A call in words."""

from __future__ import annotations

import pytest

from tests.support.calls import a_call
from tui.actions.api_calls import bodies, call_line, describe_truncation, facts, parts, size, took
from tui.voucherify.calls.redaction import RedactedBody
from tui.voucherify.calls.timing import Timing
from tui.voucherify.rate_limit import Wait


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0004, "0.4 ms"), (0.0374, "37 ms"), (0.9994, "999 ms"), (1.254, "1.25 s")]
)
def test_a_duration_is_as_exact_as_is_of_use(seconds: float, words: str) -> None:
    """Milliseconds until there is a second."""
    assert took(seconds) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 B"), (312, "312 B"), (45_120, "45.1 kB"), (3_200_000, "3.2 MB")]
)
def test_a_size_is_in_the_unit_that_it_is_read_in(count: int, words: str) -> None:
    """Bytes, thousands, millions."""
    assert size(count) == words


def test_a_call_is_told_in_one_line() -> None:
    """Also one without an answer, a later attempt, and one that repeats another."""
    assert call_line(a_call()) == "GET /v1/orders?limit=100&page=1 200, 40 ms, 45.1 kB"
    odd = a_call(3, status=None, error="TimedOut", query="", attempt=2, replay_of=1, response_bytes=0)
    assert call_line(odd) == "GET /v1/orders TimedOut, 40 ms, 0 B, try 2, again 1"


def test_the_parts_of_the_time_follow_one_another() -> None:
    """A part that there was none of is left out, not shown as nothing."""
    told = parts(a_call(timing=Timing(waited=0.5, send=0.25, answer=1.0)))
    assert told == [("waited", 0.0, 0.5), ("sent", 0.5, 0.25), ("answered", 0.75, 1.0)]
    assert parts(a_call(timing=Timing())) == []


def test_everything_that_is_known_is_told_and_nothing_that_is_not() -> None:
    """Rate headers, the attempt and its wait, packed sizes, the request id."""
    plain = dict(facts(a_call()))
    assert plain == {
        "Began": "2026-03-14 12:00:01.250 UTC",
        "Took": "40 ms",
        "Sent": "0 B",
        "Received": "45.1 kB",
    }
    whole = dict(
        facts(
            a_call(
                status=429,
                attempt=2,
                first=7,
                wait=Wait(1.5, 0.0, "rate limit", 2),
                received_bytes=9_000,
                request_id="v-1",
                error="CutOff",
                replay_of=4,
                response_headers=(("X-Rate-Limit-Limit", "100"), ("X-Rate-Limit-Remaining", "0")),
            )
        )
    )
    assert whole["Attempt"] == "2 of call 7, after 1.5 s: rate limit"
    assert whole["Received"] == "45.1 kB, 9.0 kB packed"
    assert whole["Calls left"] == "0 of 100"
    assert (whole["Request id"], whole["Error"], whole["Repeats"]) == ("v-1", "CutOff", "call 4")


def test_bodies_are_documents_where_they_are_json() -> None:
    """What is no JSON is its text, and what was not kept whole is told."""
    call = a_call(request_body=RedactedBody('{"a":1}'), response_body=RedactedBody('{"b":', whole=False))
    assert bodies(call) == {"sent": {"a": 1}, "answered": '{"b":'}
    assert describe_truncation(call) == "the answer: long, or holding secrets, so not saved completely"
    assert describe_truncation(a_call()) is None
    assert bodies(a_call(response_body=RedactedBody())) == {}
