"""Which orders a filter lets through, each operator against a plain reading of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.http.error_responses import ErrorResponse
from tui.sandbox.jobs.export_filters import OPERATORS, FilterContext, check_filters, matches
from tui.sandbox.policies import Policies

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)  # a Saturday
CONTEXT = FilterContext(NOW, Policies())


def holds(value: Any, operator: str, operand: Any, context: FilterContext = CONTEXT) -> bool:
    """Whether a metadata value passes one condition."""
    order = {"metadata": {} if value is None else {"x": value}}
    filters = {"metadata.x": {"conditions": {operator: operand}}}
    check_filters(filters)
    return matches(order, filters, context)


@pytest.mark.parametrize(
    ("value", "operator", "operand", "expected"),
    [
        ("a", "$is", "a", True), ("a", "$is", ["b", "a"], True), ("a", "$is", "A", False),
        ("a", "$is_not", ["b", "a"], False), (None, "$is_not", "a", True), (None, "$is", "a", False),
        ("a", "$in", ["a"], True), ("a", "$not_in", ["b"], True), (None, "$not_in", ["b"], True),
        (5, "$is", "5", True), (True, "$is", "true", True),
        (True, "$is", True, True), (1, "$is", True, False),
        (["x", "y"], "$is", "y", True), (["x", "y"], "$is_not", "y", False),
        ("a", "$has_value", "", True), (None, "$has_value", "", False), (None, "$is_unknown", True, True),
        ("hello", "$contains", ["z", "ell"], True), ("hello", "$contains", "ELL", False),
        ("hello", "$not_contain", "ell", False), (None, "$not_contain", "ell", True),
        ("hello", "$starts_with", "he", True), ("hello", "$ends_with", "lo", True),
        (5, "$more_than", 5, False), (5, "$more_than_equal", [5], True), (5, "$less_than", "6", True),
        (5, "$less_than_equal", 4, False), (None, "$less_than", 9, False), ("x", "$more_than", 1, False),
        ("2026-03-01", "$after", "2026-02-28T23:59:59Z", True), ("2026-03-01", "$after", "2026-03-01", False),
        ("2026-03-01", "$before", "2026-03-02", True), ("soon", "$before", "2026-03-02", False),
        (["a", "b"], "$count", 2, True), (["a"], "$count_less", 2, True), ("ab", "$count_more", 0, False),
        ("x", "$redeemable", True, False), ("x", "$in_location", "x", False),
    ],
)  # fmt: skip
def test_conditions_on_values(value: Any, operator: str, operand: Any, expected: bool) -> None:
    """Several operands are alternatives; a missing value matches negations only."""
    assert holds(value, operator, operand) is expected


@pytest.mark.parametrize(
    ("operator", "operand", "inside", "outside"),
    [
        ("$today", "", "2026-03-14T00:00:00Z", "2026-03-13T23:59:59Z"),
        ("$yesterday", "", "2026-03-13", "2026-03-14"),
        ("$tomorrow", "", "2026-03-15", "2026-03-14"),
        ("$this_week", "", "2026-03-09", "2026-03-16"),
        ("$last_week", "", "2026-03-08", "2026-03-09"),
        ("$next_week", "", "2026-03-16", "2026-03-15"),
        ("$this_month", "", "2026-03-31", "2026-04-01"),
        ("$last_month", "", "2026-02-01", "2026-03-01"),
        ("$next_month", "", "2026-04-30", "2026-05-01"),
        ("$this_year", "", "2026-12-31", "2025-12-31"),
        ("$last_year", "", "2025-01-01", "2026-01-01"),
        ("$next_year", "", "2027-01-01", "2026-01-01"),
        ("$is_days_ago", 3, "2026-03-11", "2026-03-12"),
        ("$more_than_ago", 3, "2026-03-10", "2026-03-11"),
        ("$less_than_ago", 3, "2026-03-12", "2026-03-11"),
        ("$is_days_in_future", 2, "2026-03-16", "2026-03-14"),
        ("$more_than_future", 2, "2026-03-17", "2026-03-16"),
        ("$less_than_future", 2, "2026-03-15", "2026-03-16"),
        ("$is_day_of_month", 29, "2024-02-29", "2024-02-28"),
        ("$is_day", 6, "2026-03-14", "2026-03-15"),
        ("$is_month", [2, 3], "2020-02-01", "2020-04-01"),
        ("$is_year", "2020", "2020-02-01", "2021-02-01"),
        ("$is_years_ago", 6, "2020-02-01", "2021-02-01"),
        ("$today_md", "", "1990-03-14", "1990-03-15"),
        ("$yesterday_md", "", "1990-03-13", "1990-03-14"),
        ("$tomorrow_md", "", "1990-03-15", "1990-03-14"),
        ("$this_week_md", "", "1990-03-09", "1990-03-16"),
        ("$last_week_md", "", "1990-03-08", "1990-03-09"),
        ("$next_week_md", "", "1990-03-22", "1990-03-23"),
        ("$this_month_md", "", "1990-03-31", "1990-04-01"),
        ("$last_month_md", "", "1990-02-01", "1990-03-01"),
        ("$next_month_md", "", "1990-04-01", "1990-03-01"),
        ("$is_days_ago_md", 1, "1990-03-13", "1990-03-14"),
        ("$is_more_days_ago_md", 10, "1990-01-01", "1990-03-13"),
        ("$is_less_days_ago_md", 2, "1990-03-13", "1990-03-12"),
        ("$is_days_in_future_md", 1, "1990-03-15", "1990-03-14"),
        ("$is_more_days_in_future_md", 10, "1990-12-24", "1990-03-15"),
        ("$is_less_days_in_future_md", 2, "1990-03-15", "1990-03-16"),
    ],
)
def test_conditions_of_the_calendar(operator: str, operand: Any, inside: str, outside: str) -> None:
    """Days and weeks are of UTC, weeks begin on Monday, the _md forms look at month and day."""
    assert holds(inside, operator, operand)
    assert not holds(outside, operator, operand)
    assert not holds(None, operator, operand)


def test_fields_are_joined_by_the_junction() -> None:
    """By default all must hold; conditions of one field must all hold; no condition lets all through."""
    order = {"status": "PAID", "amount": 500}
    paid = {"status": {"conditions": {"$is": "PAID"}}}
    dear = {"amount": {"conditions": {"$more_than": 1000}}}
    between = {"amount": {"conditions": {"$more_than": 100, "$less_than": 501}}}
    assert not matches(order, {**paid, **dear}, CONTEXT)
    assert matches(order, {"junction": "OR", **paid, **dear}, CONTEXT)
    assert matches(order, between, CONTEXT)
    assert matches(order, {"junction": "or"}, CONTEXT)
    assert matches(order, {"junction": "or", "amount": {}}, CONTEXT)


def test_case_and_missing_values_are_policies() -> None:
    """The other choices change what matches."""
    other = FilterContext(NOW, Policies(text_case="insensitive", missing_values="never_match"))
    assert holds("hello", "$contains", "ELL", other)
    assert not holds(None, "$is_not", "a", other)


@pytest.mark.parametrize(
    "filters",
    [[], {"junction": 5}, {"a": 5}, {"a": {"conditions": []}}, {"a": {"conditions": {"$is": None}}},
     {"a": {"conditions": {"$is": [None]}}}, {"a": {"conditions": {"is": 1}}}],
)  # fmt: skip
def test_a_wrong_form_is_refused(filters: Any) -> None:
    """Filters that are not of the documented form are a 400, never a crash later."""
    with pytest.raises(ErrorResponse):
        check_filters(filters)


values = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=3)
operands = st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=3)


@given(value=values, operator=st.sampled_from(OPERATORS), operand=operands | st.lists(operands, max_size=3))
def test_every_operator_takes_every_value(value: Any, operator: str, operand: Any) -> None:
    """No combination of value and operand breaks an export."""
    assert holds(value, operator, operand) in (True, False)


@given(value=st.integers(-99, 99), operand=st.integers(-99, 99))
def test_numbers_compare_as_numbers_do(value: int, operand: int) -> None:
    """The numeric operators are the arithmetic ones."""
    assert holds(value, "$more_than", operand) is (value > operand)
    assert holds(value, "$less_than_equal", str(operand)) is (value <= operand)
    assert holds(value, "$is", operand) is (value == operand)
    assert holds(value, "$is_not", operand) is (value != operand)


@given(value=st.text(max_size=4), wanted=st.lists(st.text(max_size=2), min_size=1, max_size=3))
def test_texts_compare_as_texts_do(value: str, wanted: list[str]) -> None:
    """The text operators hold when they hold for one of the operands."""
    assert holds(value, "$contains", wanted) is any(entry in value for entry in wanted)
    assert holds(value, "$starts_with", wanted) is any(value.startswith(entry) for entry in wanted)
    assert holds(value, "$in", wanted) is (value in wanted)
    assert holds(value, "$not_in", wanted) is (value not in wanted)
