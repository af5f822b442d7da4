"""Differences between two orders, field by field and line by line."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from tests.support.order_documents import PAIRS, Document
from tui.orders.changes import ABSENT, Change, diff, json_equal


def told(old: Document, new: Document) -> list[tuple[Any, ...]]:
    """The changes as plain tuples."""
    return [(change.path, change.kind, change.old, change.new) for change in diff(old, new)]


def test_each_kind_of_change_is_told_apart() -> None:
    """Absent, null and a value are three things."""
    old = {"a": 1, "gone": None, "n": None, "same": [1]}
    new = {"a": 2, "n": 0, "new": None, "same": [1]}
    assert told(old, new) == [
        (("a",), "changed", 1, 2),
        (("gone",), "removed", None, ABSENT),
        (("n",), "changed", None, 0),
        (("new",), "added", ABSENT, None),
    ]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, True, False),
        (0, False, False),
        (1, 1.0, True),
        ("1", 1, False),
        (None, ABSENT, False),
        ({"a": [True]}, {"a": [1]}, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ([1, 2], [2, 1], False),
    ],
)
def test_equality_is_that_of_json(one: Any, other: Any, equal: bool) -> None:
    """A flag is no number, and the order of keys means nothing."""
    assert json_equal(one, other) is equal
    assert json_equal(other, one) is equal


def test_metadata_is_compared_in_depth() -> None:
    """The path leads to the value that differs, through objects; a list is one value."""
    old = {"metadata": {"a": {"b": {"c": 1}}, "tags": ["x"]}}
    new = {"metadata": {"a": {"b": {"c": "1"}}, "tags": ["x", "y"]}}
    assert told(old, new) == [
        (("metadata", "a", "b", "c"), "changed", 1, "1"),
        (("metadata", "tags"), "changed", ["x"], ["x", "y"]),
    ]


def test_items_are_matched_by_what_they_name() -> None:
    """A line put in front does not make every other line look changed."""
    old = {"items": [{"product_id": "a", "quantity": 1}, {"sku_id": "b"}, {"product_id": "c"}]}
    new = {"items": [{"product_id": "new"}, {"product_id": "a", "quantity": 2}, {"sku_id": "b"}]}
    assert told(old, new) == [
        (("items", 0), "added", ABSENT, {"product_id": "new"}),
        (("items", 1, "quantity"), "changed", 1, 2),
        (("items", 2), "removed", {"product_id": "c"}, ABSENT),
    ]


def test_items_without_a_name_are_matched_by_place() -> None:
    """Amount-only lines, and a line that names another product than before."""
    old = {"items": [{"amount": 1}, {"product_id": "a", "quantity": 1}]}
    new = {"items": [{"amount": 2}, {"product_id": "b", "quantity": 1}]}
    assert told(old, new) == [
        (("items", 0, "amount"), "changed", 1, 2),
        (("items", 1, "product_id"), "changed", "a", "b"),
    ]


def test_moved_lines_are_told() -> None:
    """Only the order differs: places are told, no values."""
    old = {"items": [{"product_id": "a"}, {"product_id": "b"}, {"product_id": "c"}]}
    new = {"items": [{"product_id": "b"}, {"product_id": "a"}, {"product_id": "c"}]}
    assert told(old, new) == [(("items", 0), "moved", 1, 0), (("items", 1), "moved", 0, 1)]


@settings(max_examples=1_000, deadline=None)
@given(PAIRS)
def test_a_diff_is_empty_only_between_equals(drawn: tuple[Document, Document]) -> None:
    """Something is told exactly when something differs, and neither document is written to."""
    old, new = drawn
    kept = copy.deepcopy(drawn)
    changes: list[Change] = diff(old, new)
    assert bool(changes) is not json_equal(old, new)
    assert diff(old, copy.deepcopy(old)) == []
    assert (old, new) == kept
