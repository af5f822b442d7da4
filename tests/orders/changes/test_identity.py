"""Which line of one array is which line of another."""

from __future__ import annotations

from typing import Any

import pytest

from tui.orders.changes.identity import item_key, keys_of, pair


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"id": "i", "source_id": "s"}, ("id", "i")),
        ({"source_id": "s", "sku_id": "k"}, ("source_id", "s")),
        ({"sku_id": "k", "product_id": "p"}, ("sku_id", "k")),
        ({"product_id": "p"}, ("product_id", "p")),
        ({"product_id": "", "amount": 1}, None),
        ({"product_id": 5}, None),
        ("no item", None),
    ],
)
def test_an_item_is_known_by_what_it_names(item: Any, key: Any) -> None:
    """The most telling identifier that is a text and not empty."""
    assert item_key(item) == key


def test_keys_are_sound_only_when_each_is_one() -> None:
    """Two lines of the same product, or a line without a name, cannot be told apart."""
    assert keys_of([{"product_id": "a"}, {"product_id": "b"}]) == [("product_id", "a"), ("product_id", "b")]
    assert keys_of([{"product_id": "a"}, {"product_id": "a"}]) is None
    assert keys_of([{"product_id": "a"}, {}]) is None
    assert keys_of([]) == []


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("ab", "ba", [(1, 0), (0, 1)]),
        ("aa", "aaa", [(0, 0), (1, 1), (None, 2)]),
        ("ab", "cb", [(0, 0), (1, 1)]),
        ("ab", "b", [(1, 0), (0, None)]),
        ("", "a", [(None, 0)]),
    ],
)
def test_lines_are_paired(old: str, new: str, pairs: list[tuple[int | None, int | None]]) -> None:
    """By identity first; by place where the array is as long; what is left stands alone."""
    made = [[{"product_id": name} for name in names] for names in (old, new)]
    assert pair(*made) == pairs
