"""Which item of one array is which item of another.

Items of the API have no identity of their own, so they are known by what they name: ``id`` if there is
one, else ``source_id``, ``sku_id`` or ``product_id``. That is sound only while no two items of an array
name the same.
"""

from __future__ import annotations

from typing import Any

ItemKey = tuple[str, str]


def item_key(item: Any) -> ItemKey | None:
    """What an item is known by; ``None`` for an item that names nothing."""
    if not isinstance(item, dict):
        return None
    for name in ("id", "source_id", "sku_id", "product_id"):
        value = item.get(name)
        if isinstance(value, str) and value:
            return (name, value)
    return None


def keys_of(items: list[Any]) -> list[ItemKey] | None:
    """The keys of all items in order; ``None`` when one has none or two are alike."""
    keys = [key for item in items if (key := item_key(item)) is not None]
    return keys if len(keys) == len(items) == len(set(keys)) else None


def pair(old: list[Any], new: list[Any]) -> list[tuple[int | None, int | None]]:
    """Pair positions of two arrays: first by identity, what is left by position, else alone.

    Comes in the order of the new array, then what was removed, in the order of the old one.
    """
    by_key: dict[ItemKey, list[int]] = {}
    for position, item in enumerate(old):
        if key := item_key(item):
            by_key.setdefault(key, []).append(position)
    partner: dict[int, int] = {}
    for position, item in enumerate(new):
        key = item_key(item)
        if key and by_key.get(key):
            partner[position] = by_key[key].pop(0)
    taken = set(partner.values())
    for position, item in enumerate(new):
        free = position not in partner and position < len(old) and position not in taken
        if free and (
            item_key(item) is None or item_key(old[position]) is None or _replaced(old, new, position)
        ):
            partner[position] = position
    taken = set(partner.values())
    pairs: list[tuple[int | None, int | None]] = [(partner.get(at), at) for at in range(len(new))]
    return pairs + [(at, None) for at in range(len(old)) if at not in taken]


def _replaced(old: list[Any], new: list[Any], position: int) -> bool:
    """A line of the same length of array that now names another product: changed, not swapped out."""
    return len(old) == len(new) and isinstance(old[position], dict) and isinstance(new[position], dict)
