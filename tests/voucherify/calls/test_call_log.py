"""The call log: bounded, observable, without secrets."""

from __future__ import annotations

from dataclasses import replace

from tui.voucherify.calls.call_log import ApiCall, CallLog
from tui.voucherify.calls.redaction import RedactedBody


def _call(number: int) -> ApiCall:
    return ApiCall(number, "GET", "/v1/orders", "", 200, 0.0, 0.0, 0, 0, 1, None, None)


def test_only_the_last_calls_are_kept() -> None:
    """The numbers go on, so that it shows how many there were."""
    log = CallLog(last=3)
    for _ in range(5):
        log.add(_call)
    assert [call.number for call in log.snapshot()] == [3, 4, 5]
    assert (log.made, len(log)) == (5, 3)


def test_the_bodies_of_old_calls_make_room_for_new_ones() -> None:
    """Calls stay, and say that their bodies are not whole."""
    log = CallLog(bodies=25)
    for _ in range(4):
        body = RedactedBody("x" * 10)
        log.add(lambda made, body=body: replace(_call(made), response_body=body))  # type: ignore[misc]
    kept = [(call.number, call.response_body, call.request_body.whole) for call in log.snapshot()]
    forgotten, whole = RedactedBody("", whole=False), RedactedBody("x" * 10)
    assert kept == [(1, forgotten, True), (2, forgotten, True), (3, whole, True), (4, whole, True)]


def test_a_listener_is_told_until_it_leaves() -> None:
    """Leaving twice does no harm."""
    log, heard = CallLog(), []
    leave = log.subscribe(lambda call: heard.append(call.number))
    log.add(_call)
    leave()
    leave()
    log.add(_call)
    assert heard == [1]


def test_a_failing_listener_harms_nobody() -> None:
    """The call is kept and the others are told."""
    log, heard = CallLog(), []

    def failing(call: ApiCall) -> None:
        raise RuntimeError

    log.subscribe(failing)
    log.subscribe(lambda call: heard.append(call.number))
    log.add(_call)
    assert heard == [1]
    assert len(log) == 1
