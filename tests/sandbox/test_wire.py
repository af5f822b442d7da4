"""The JSON of the API."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.wire import MalformedJson, decode, encode

texts = st.text(st.characters(codec=None), max_size=5) | st.sampled_from(["\ud800", "\x00", "\u202e"])
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
)


@given(documents)
def test_what_is_written_is_read_back(document: Any) -> None:
    """Any document survives, and travels as ASCII."""
    written = encode(document)
    assert written.isascii()
    assert decode(written.encode()) == document


def test_numbers_are_read_as_the_service_reads_them() -> None:
    """1.0 is the integer 1; a number that is not finite is refused."""
    assert [type(number) for number in decode("[1.0, 1.5, 2e3, 1e300]")] == [int, float, int, float]
    for wrong in ("1e999", "NaN", "-Infinity", "9" * 5000):
        with pytest.raises(MalformedJson):
            decode(wrong)
