"""What is wrong, and what is only not finished."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.filter.highlight import is_filter_prefix


@pytest.mark.parametrize(
    "text",
    [
        "",
        "stat",
        "status:",
        "status:paid,",
        "amount>",
        "created>=2026-",
        "created>=-7",
        '"red sh',
        "(status:paid or",
        "((status:paid",
        "not",
        "-",
        "has:",
        "status:paid or ",
        'metadata."gift',
    ],
)
def test_the_middle_of_a_word_is_no_mistake(text: str) -> None:
    """Each of these is the beginning of a filter."""
    assert is_filter_prefix(text)


@pytest.mark.parametrize("text", ["amont>1", "stat:paid", "a) ", "amount>=abc ", "amount~1 "])
def test_a_mistake_is_one_whatever_follows(text: str) -> None:
    """Nothing typed behind these makes them right."""
    assert not is_filter_prefix(text)


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    """The judge never fails."""
    assert is_filter_prefix(text) in (True, False)
