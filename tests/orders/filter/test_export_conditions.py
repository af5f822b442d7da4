from __future__ import annotations

from tui.orders.filter.export_conditions import merged, time_bound, united, written


def test_two_conditions_become_one_that_holds_where_both_do() -> None:
    """Bounds tighten, lists intersect, exclusions add up."""
    one = {"$more_than_equal": [1], "$before": ["b"], "$in": [1, 2], "$not_in": [5]}
    other = {
        "$more_than_equal": [2],
        "$before": ["a"],
        "$in": [2, 3],
        "$not_in": [6, 5],
        "$has_value": [True],
    }
    assert merged(one, {**other, "$has_value": [True]}) == {
        "$more_than_equal": [2],
        "$before": ["a"],
        "$in": [2],
        "$not_in": [5, 6],
        "$has_value": [True],
    }


def test_what_the_grammar_cannot_say_is_refused() -> None:
    """Nothing in common, or two of an operator that takes alternatives."""
    assert merged({"$in": [1]}, {"$in": [2]}) is None
    assert merged({"$starts_with": ["a"]}, {"$starts_with": ["ab"]}) is None
    assert united({"$before": ["a"]}, {"$after": ["b"]}) is None


def test_alternatives_of_equality_are_united() -> None:
    """One list holds where either of two does."""
    assert united({"$in": [1, 2]}, {"$in": [2, 3]}) == {"$in": [1, 2, 3]}
    assert united({"$is_unknown": [True]}, {"$is_unknown": [True]}) == {"$is_unknown": [True]}


def test_one_value_is_written_as_equality() -> None:
    """``$is`` for one value, ``$in`` for several."""
    assert written({"$in": [1], "$not_in": [2]}) == {"$is": [1], "$is_not": [2]}
    assert written({"$in": [1, 2]}) == {"$in": [1, 2]}


def test_time_bounds_are_written_like_the_api_does() -> None:
    """UTC, milliseconds, Z."""
    assert time_bound(-1) == "1969-12-31T23:59:59.999Z"
