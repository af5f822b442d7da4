"""The rate limit and its headers."""

from __future__ import annotations

import pytest

from tests.sandbox.conftest import Caller
from tui.sandbox.http.rate_limits import RateLimit, parse_rate_limit


@pytest.mark.parametrize("options", [{"rate_limit": RateLimit(2, 60)}])
async def test_a_call_too_many_is_429_until_the_period_ends(call: Caller) -> None:
    """Each answer counts down; the one too many says when to come back."""
    start = call.clock().timestamp()
    left = [(await call("GET", "/v1/orders")).headers["X-Rate-Limit-Remaining"] for _ in range(2)]
    call.clock.advance(20)
    refused = await call("GET", "/v1/orders")
    assert left == ["1", "0"]
    assert refused.status_code == 429
    assert refused.json() == {"code": 429, "message": "Too many requests hit the API too quickly."}
    assert refused.headers["Retry-After"] == "40"
    assert refused.headers["X-Rate-Limit-Type"] == "api_calls"
    assert refused.headers["X-Rate-Limit-Limit"] == "2"
    assert refused.headers["X-Rate-Limit-Retry"] == str(int(start) + 60)
    call.clock.advance(40)
    assert (await call("GET", "/v1/orders")).status_code == 200


@pytest.mark.parametrize("options", [{"rate_limit": None}])
async def test_without_a_limit_there_are_no_headers(call: Caller) -> None:
    """None means no limit and no talk of one."""
    assert "X-Rate-Limit-Limit" not in (await call("GET", "/v1/orders")).headers


def test_a_limit_is_read() -> None:
    """N/SECONDS, or an error that says so."""
    assert parse_rate_limit("100/3600") == RateLimit(100, 3600)
    for wrong in ("100", "100/0", "x/1", "-1/5"):
        with pytest.raises(ValueError, match="100/3600"):
            parse_rate_limit(wrong)
