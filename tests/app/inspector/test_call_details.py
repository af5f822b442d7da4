"""One call as lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.calls import a_call
from tui.actions.api_calls import Part
from tui.app.inspector.call_details import call_content, call_title, time_bar
from tui.terminal.visible import hidden_in_lines
from tui.voucherify.calls.redaction import RedactedBody
from tui.voucherify.calls.timing import Timing

SECONDS = st.floats(0, 100, allow_nan=False)


@given(SECONDS, SECONDS, SECONDS, st.integers(8, 40))
def test_a_bar_stays_in_its_room_and_is_never_empty(
    before: float, seconds: float, after: float, cells: int
) -> None:
    """The shortest part is seen too, and none sticks out."""
    whole = before + seconds + after
    drawn = time_bar(Part("sent", before, seconds), whole, cells)
    assert len(drawn) <= cells
    assert drawn.endswith("█") is (whole > 0)


def test_the_time_is_drawn_against_the_whole_of_the_call() -> None:
    """A short part is a short bar, also where it is the only one that is known."""
    lines = call_content(a_call(seconds=1.0, timing=Timing(waited=0.001)), width=80).plain.splitlines()
    (waited,) = [line for line in lines if line.startswith("waited")]
    assert waited.count("█") == 1
    whole = call_content(a_call(), width=80).plain
    parts = ("waited", "connected", "encrypted", "sent", "answered", "received")
    assert [word for word in parts if f"\n{word} " in whole] == list(parts)


def test_headers_and_what_was_not_kept_are_told() -> None:
    """Each in a line of its own."""
    call = a_call(
        request_headers=(("Accept", "application/json"),),
        response_headers=(("Date", "today"),),
        response_body=RedactedBody("{", whole=False),
    )
    told = call_content(call, width=80).plain
    assert "Accept                  application/json" in told
    assert "Date                    today" in told
    assert "! the answer: long, or holding secrets" in told


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_of_an_answer_acts_on_the_terminal(header: str, request_id: str) -> None:
    """Headers and ids are the service's words, and shown as plain text."""
    call = a_call(response_headers=(("ETag", header),), request_id=request_id, path=f"/v1/{header}")
    for content in (call_content(call, width=60), call_title(call)):
        assert not hidden_in_lines(content.plain)
        assert all("@click" not in str(span.style) for span in content.spans)
