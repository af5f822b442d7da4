from __future__ import annotations

from typing import Any

from tui.orders.filter.metadata import leaves


def test_leaves_are_found_at_any_reasonable_depth() -> None:
    """Nested values are searched, endless nesting is not."""
    assert leaves({"a": ["x", {"b": 1}], "c": None, "d": True}) == ["x", "1", "true"]
    assert leaves(None) == []
    deep: Any = ["bottom"]
    for _ in range(500):
        deep = [deep]
    assert leaves({"a": deep}) == []


def test_the_exported_text_of_a_list_has_the_leaves_of_the_list() -> None:
    """Words are found alike in orders and in the cells of a file."""
    assert leaves({"a": '["x", {"b": 1}]'}) == ["x", "1"]
