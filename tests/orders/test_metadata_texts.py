from __future__ import annotations

from typing import Any

from tui.orders.exported_text import metadata_texts


def test_leaves_are_found_at_any_reasonable_depth() -> None:
    """Nested values are searched, endless nesting is not."""
    assert metadata_texts({"a": ["x", {"b": 1}], "c": None, "d": True}) == ["x", "1", "true"]
    assert metadata_texts(None) == []
    deep: Any = ["bottom"]
    for _ in range(500):
        deep = [deep]
    assert metadata_texts({"a": deep}) == []


def test_the_exported_text_of_a_list_has_the_leaves_of_the_list() -> None:
    """Words are found alike in orders and in the cells of a file."""
    assert metadata_texts({"a": '["x", {"b": 1}]'}) == ["x", "1"]
