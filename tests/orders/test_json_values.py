"""Values as people read them: no two that differ look alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.orders.json_values import display_value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        ("null", '"null"'),
        ("NULL", '"NULL"'),
        ("", '""'),
        (" a", '" a"'),
        (5, "5"),
        ("5", '"5"'),
        ("01234", '"01234"'),
        ("1 234,50", '"1 234,50"'),
        ("-1e5", '"-1e5"'),
        (True, "true"),
        ("true", '"true"'),
        ("[1]", '"[1]"'),
        ('"x"', '"\\"x\\""'),
        ("PAID", "PAID"),
        ("2026-01-31T14:05:00.000Z", "2026-01-31T14:05:00.000Z"),
        ("+48 601-aa", "+48 601-aa"),
        ("Wide desk 27", "Wide desk 27"),
        (["a", 1], '["a", 1]'),
        ({}, "{}"),
    ],
)
def test_a_text_that_looks_like_another_value_is_in_quotes(value: Any, shown: str) -> None:
    """Null and "null", a number and a text of digits."""
    assert display_value(value) == shown


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(_VALUES, _VALUES)
def test_two_values_that_differ_are_shown_differently(one: Any, other: Any) -> None:
    """Whatever they are."""
    if json.dumps(one) != json.dumps(other):
        assert display_value(one) != display_value(other)


@given(_VALUES)
def test_a_text_made_of_another_value_is_told_apart_from_it(value: Any) -> None:
    """The JSON of any value, as a text."""
    if not isinstance(value, str):
        assert display_value(json.dumps(value)) != display_value(value)
