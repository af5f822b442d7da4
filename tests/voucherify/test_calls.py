"""The call log: bounded, observable, without secrets."""

from __future__ import annotations

from tui.voucherify.calls import Call, CallLog


def _call(number: int) -> Call:
    return Call(number, "GET", "/v1/orders", "", 200, 0.0, 0.0, 0, 0, 1, None, None)


def test_only_the_last_calls_are_kept() -> None:
    """The numbers go on, so that it shows how many there were."""
    log = CallLog(last=3)
    for _ in range(5):
        log.add(_call)
    assert [call.number for call in log.snapshot()] == [3, 4, 5]
    assert (log.made, len(log)) == (5, 3)


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

    def failing(call: Call) -> None:
        raise RuntimeError

    log.subscribe(failing)
    log.subscribe(lambda call: heard.append(call.number))
    log.add(_call)
    assert heard == [1]
    assert len(log) == 1
