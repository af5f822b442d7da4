from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tui.orders.filter.metadata import leaves, number, scalar_text, scalars, value_at


def test_a_key_wins_over_the_path_of_its_name() -> None:
    """A key with dots is taken as it is; without one the path is walked."""
    assert value_at({"a.b": 1, "a": {"b": 2}}, "a.b") == 1
    assert value_at({"a": {"b": 2}}, "a.b") == 2
    assert value_at({"a": "text"}, "a.b") is None
    assert value_at(None, "a") is None


def test_lists_have_elements_and_objects_have_none() -> None:
    """What is compared: the value, or each plain element of a list."""
    assert list(scalars(["a", None, 2, {"b": 3}])) == ["a", 2]
    assert list(scalars({"a": 1})) == []
    assert list(scalars(False)) == [False]


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (False, "false"), (10, "10"), (10.0, "10"), (2.5, "2.5"), ("x", "x")]
)
def test_values_are_told_as_people_write_them(value: Any, text: str) -> None:
    """Truth values in small letters, whole numbers without a point."""
    assert scalar_text(value) == text


@pytest.mark.parametrize(
    ("value", "read"),
    [
        *((1, Decimal(1)), (0.1, Decimal("0.1")), ("7.50", Decimal("7.5")), ("-1", Decimal(-1))),
        *((True, None), ("1e5", None), ("", None), ("1,000", None), (float("nan"), None), (None, None)),
    ],
)
def test_numbers_are_numbers_and_texts_that_are_nothing_else(value: Any, read: Decimal | None) -> None:
    """Truth values, odd notations and no numbers are left out."""
    assert number(value) == read


def test_leaves_are_found_at_any_reasonable_depth() -> None:
    """Nested values are searched, endless nesting is not."""
    assert leaves({"a": ["x", {"b": 1}], "c": None, "d": True}) == ["x", "1", "true"]
    assert leaves(None) == []
    deep: Any = ["bottom"]
    for _ in range(500):
        deep = [deep]
    assert leaves({"a": deep}) == []
