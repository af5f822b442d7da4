"""Calls as the log keeps them."""

from __future__ import annotations

from typing import Any

from tui.voucherify.calls.call_log import ApiCall
from tui.voucherify.calls.redaction import RedactedBody
from tui.voucherify.calls.timing import Timing

BEGAN = 1_773_489_600.25
"""2026-03-14 12:00:00.250 UTC."""


def a_call(number: int = 1, **fields: Any) -> ApiCall:
    """A call that listed orders and was answered; ``fields`` are those that differ."""
    given: dict[str, Any] = {
        "number": number,
        "method": "GET",
        "path": "/v1/orders",
        "query": "limit=100&page=1",
        "status": 200,
        "started_at": BEGAN + number,
        "seconds": 0.04,
        "request_bytes": 0,
        "response_bytes": 45_100,
        "attempt": 1,
        "request_id": None,
        "error": None,
        "response_body": RedactedBody('{"object":"list"}'),
        "origin": "https://api.voucherify.io",
        "timing": Timing(0.001, 0.002, 0.003, 0.004, 0.02, 0.01),
    }
    return ApiCall(**{**given, **fields})
