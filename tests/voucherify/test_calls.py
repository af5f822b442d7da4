"""The call log: bounded, observable, without secrets."""

from __future__ import annotations

from tui.voucherify.calls import BODY_BYTES, Call, CallLog, redacted_body, redacted_query


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


def test_only_harmless_parameters_of_a_query_are_shown() -> None:
    """A token is a secret whatever it is called."""
    assert redacted_query("limit=100&token=abc&sig=&page=2") == "limit=100&token=***&sig=***&page=2"


def test_links_in_a_body_lose_their_parameters() -> None:
    """An export's link holds its token."""
    shown = redacted_body(b'{"url":"https://h/v1/exports/e?token=abc.def-1&x=y","note":"a=b"}')
    assert shown == '{"url":"https://h/v1/exports/e?token=***&x=***","note":"a=b"}'


def test_a_long_body_is_cut() -> None:
    """Memory stays bounded."""
    assert len(redacted_body(b"x" * (BODY_BYTES * 2))) == BODY_BYTES
