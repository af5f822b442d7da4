"""Changes in people's words."""

from __future__ import annotations

from typing import Any

import pytest

from tui.orders.changes import ABSENT, Change, describe
from tui.orders.paths import Path


@pytest.mark.parametrize(
    ("path", "kind", "old", "new", "said"),
    [
        (("amount",), "changed", 123450, 5, "amount: 1,234.50 → 0.05"),
        (("items", 0, "price"), "added", ABSENT, 100, "items[0].price: (none) → 1.00"),
        (("metadata", "amount"), "changed", 100, 200, "metadata.amount: 100 → 200"),
        (("metadata", "x"), "changed", 5, "5", 'metadata.x: 5 → "5"'),
        (("metadata", "x"), "changed", "plain", "", 'metadata.x: plain → ""'),
        (("source_id",), "changed", None, "null", 'source_id: null → "null"'),
        (("source_id",), "changed", "123", ABSENT, "source_id: 123 → (none)"),
        (("metadata", "a.b"), "changed", True, ["ł"], 'metadata["a.b"]: true → ["ł"]'),
        (("items", 2), "moved", 0, 2, "items[2]: place 1 → place 3"),
        (
            ("items", 0),
            "added",
            ABSENT,
            {"product": {"name": "Tea"}, "product_id": "prod_1", "quantity": 2, "amount": 250},
            "items[0]: (none) → Tea × 2, 2.50",
        ),
        (("items", 0), "removed", {"amount": 900}, ABSENT, "items[0]: an item, 9.00 → (none)"),
        (("items", 0), "removed", {"sku": {"sku": "XL"}}, ABSENT, "items[0]: XL → (none)"),
        (("items", 0), "changed", 5, {"sku_id": "sku_1"}, "items[0]: 5 → sku_1"),
    ],
)
def test_a_change_in_words(path: Path, kind: Any, old: Any, new: Any, said: str) -> None:
    """Amounts as people write them, metadata as it is typed, items by name."""
    assert str(describe(Change(path, kind, old, new))) == said


def test_decimals_are_the_profiles() -> None:
    """The API names no currency, so the caller says how many decimals there are."""
    change = Change(("amount",), "changed", 1500, {"odd": 1})
    assert str(describe(change, decimals=0)) == 'amount: 1,500 → {"odd": 1}'
