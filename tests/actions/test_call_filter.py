"""Which calls a text lets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.calls import a_call
from tui.actions.api_calls import call_filter

CALLS = (
    a_call(1),
    a_call(2, method="POST", path="/v1/orders/import", query="", status=400, seconds=0.7, request_id="v-77"),
    a_call(3, method="PUT", path="/v1/orders/a%2Fb", query="", status=None, error="TimedOut", seconds=30.0),
    a_call(4, path="/v1/exports", status=503, attempt=2),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2, 3, 4]),
        ("GET", [1, 4]),
        ("put", [3]),
        ("4xx", [2]),
        ("503", [4]),
        ("error", [3]),
        ("timedout", [3]),
        (">500ms", [2, 3]),
        (">500", [2, 3]),
        ("<1s >0.5s", [2]),
        ("try", [4]),
        ("orders -import", [1, 3]),
        ("-get -error", [2]),
        ("v-77", [2]),
        ("orders 2xx page=1", [1]),
        ("nowhere", []),
        ("-", [2]),
    ],
)
def test_all_words_must_fit(text: str, numbers: list[int]) -> None:
    """Methods, statuses, durations, attempts, and parts of the text."""
    assert [call.number for call in CALLS if call_filter(text)(call)] == numbers


@given(st.text(max_size=30))
def test_any_text_is_a_filter(text: str) -> None:
    """A word and its opposite part the calls in two."""
    for word in text.split():
        if not word.startswith("-"):
            kept, dropped = call_filter(word), call_filter(f"-{word}")
            assert all(kept(call) is not dropped(call) for call in CALLS)
    assert isinstance(call_filter(text)(CALLS[0]), bool)
