"""Matches the items of two arrays.

Items of the API have no identity of their own, so they are known by what they name: ``id`` if there is
one, else ``source_id``, ``sku_id`` or ``product_id``. Several items of an array may name the same (two lines
of one product). Those are matched by their other fields: equal items first, then the most
similar ones.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from tui.orders.json_values import ABSENT, json_equal
from tui.orders.request.models import ItemRequest

ItemKey = tuple[str, str]

Label = tuple[str, str, int]
"""An item of a merge: its key, and which of the items with that key it is, counted from 0."""

Pair = tuple[int | None, int | None]

MOST_COMPARED = 40_000
"""Pairs of items that are compared field by field; beyond that, similar items pair in their order."""

MOST_PAIRED = 400_000
"""Pairs of positions that are looked at to keep equal items in order; the API allows 500 items."""


def item_key(item: Any) -> ItemKey | None:
    """The key that identifies an item; ``None`` for an item without any id."""
    if not isinstance(item, dict):
        return None
    for name in ("id", "source_id", "sku_id", "product_id"):
        value = item.get(name)
        if isinstance(value, str) and value:
            return (name, value)
    return None


def match_items(old: list[Any], new: list[Any]) -> list[Pair]:
    """Pair positions of two arrays: equal items, then the most similar of one key, then by position.

    Comes in the order of the new array, then what was removed, in the order of the old one.
    """
    partner = _equal(old, new)
    _pair_similar(old, new, partner)
    taken = set(partner.values())
    for position, item in enumerate(new):
        free = position not in partner and position < len(old) and position not in taken
        if free and (
            item_key(item) is None or item_key(old[position]) is None or _replaced(old, new, position)
        ):
            partner[position] = position
    taken = set(partner.values())
    pairs: list[Pair] = [(partner.get(at), at) for at in range(len(new))]
    return pairs + [(at, None) for at in range(len(old)) if at not in taken]


def label_base(items: list[Any]) -> list[Label] | None:
    """A label for each item of the array that both sides began with; ``None`` where one names nothing."""
    counts: Counter[ItemKey] = Counter()
    labels = []
    for item in items:
        key = item_key(item)
        if key is None:
            return None
        labels.append((*key, counts[key]))
        counts[key] += 1
    return labels


def label_side(base: list[Any], labels: list[Label], side: list[Any]) -> list[Label] | None:
    """The labels of the items that one side made of ``base``; added items get labels of their own.

    ``None`` where an item names nothing, or where it cannot be known which of several items with one key
    was changed and which was removed or added.
    """
    partner = _equal(base, side)
    taken = set(partner.values())
    counts = Counter(label[:2] for label in labels)
    old_left: Counter[ItemKey] = Counter(label[:2] for at, label in enumerate(labels) if at not in taken)
    new_left = Counter(item_key(item) for at, item in enumerate(side) if at not in partner)
    for key, count in new_left.items():
        if key is None or (old_left[key] and (count > 1 or old_left[key] > 1)):
            return None
    rest = {label[:2]: label for at, label in enumerate(labels) if at not in taken}
    made = []
    for at, item in enumerate(side):
        key = item_key(item)
        if key is None:
            return None
        if at in partner:
            made.append(labels[partner[at]])
        elif key in rest:
            made.append(rest.pop(key))
        else:
            made.append((*key, counts[key]))
            counts[key] += 1
    return made


def _equal(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Equal items, from the new position to the old one: as many as possible in place or in their order.

    Equal items that are left were moved.
    """
    before, after = ([_text(item) for item in items] for items in (old, new))
    as_long = len(before) == len(after)
    partner = {at: at for at, text in enumerate(after) if as_long and before[at] == text}
    repeated = len(set(before)) < len(before) or len(set(after)) < len(after)
    if repeated and len(partner) < len(after) - 1:  # no order pairs more than all but one
        partner = max(partner, _in_order(before, after), key=len)
    free: dict[str, list[int]] = defaultdict(list)
    taken = set(partner.values())
    for at, text in enumerate(before):
        if at not in taken:
            free[text].append(at)
    for at, text in enumerate(after):
        if at not in partner and free[text]:
            partner[at] = free[text].pop(0)
    return partner


def _in_order(before: list[str], after: list[str]) -> dict[int, int]:
    """As many equal texts as can be paired without changing their order (a longest common subsequence).

    A shorter choice would show lines as moved that only follow a removed one.
    """
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    partner = {at: at for at in range(start)}
    if (len(before) - start) * (len(after) - start) > MOST_PAIRED:
        return partner
    lengths = _common_lengths(before[start:], after[start:])
    was = at = start
    while was < len(before) and at < len(after):
        below, beside = lengths[was - start + 1][at - start], lengths[was - start][at - start + 1]
        if before[was] == after[at]:
            partner[at] = was
            was, at = was + 1, at + 1
        elif below >= beside:
            was += 1
        else:
            at += 1
    return partner


def _common_lengths(before: list[str], after: list[str]) -> list[list[int]]:
    """The length of the longest common subsequence of the two rests, for each pair of positions."""
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for was in range(len(before) - 1, -1, -1):
        row, below = lengths[was], lengths[was + 1]
        for at in range(len(after) - 1, -1, -1):
            equal = before[was] == after[at]
            row[at] = below[at + 1] + 1 if equal else max(below[at], row[at + 1])
    return lengths


def _pair_similar(old: list[Any], new: list[Any], partner: dict[int, int]) -> None:
    """Pair the remaining items of one key, the most similar first."""
    taken = set(partner.values())
    left: dict[ItemKey | None, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at, item in enumerate(old):
        if at not in taken:
            left[item_key(item)][0].append(at)
    for at, item in enumerate(new):
        if at not in partner:
            left[item_key(item)][1].append(at)
    for key, (before, after) in left.items():
        if key is None and len(before) == len(after) == len(old):
            continue
        partner.update(_most_similar(old, new, before, after))


def _most_similar(
    old: list[Any], new: list[Any], before: list[int], after: list[int]
) -> Iterable[tuple[int, int]]:
    if len(before) * len(after) > MOST_COMPARED or len(before) == len(after) == 1:
        yield from zip(after, before, strict=False)
        return
    ranked = sorted(
        (*_distance(old[was], new[at]), abs(rank - other), at, was)
        for rank, was in enumerate(before)
        for other, at in enumerate(after)
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for *_, at, was in ranked:
        if at not in used_new and was not in used_old:
            used_new.add(at)
            used_old.add(was)
            yield at, was


def _distance(one: Any, other: Any) -> tuple[int, int]:
    """Fields that differ: first those that only the service writes, which no edit changes, then the rest."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return (0, 0) if json_equal(one, other) else (1, 1)
    differing = [
        name for name in {*one, *other} if not json_equal(one.get(name, ABSENT), other.get(name, ABSENT))
    ]
    made = sum(name in ItemRequest.service_made for name in differing)
    return made, len(differing) - made


def _text(item: Any) -> str:
    return json.dumps(_plain(item), sort_keys=True)


def _plain(value: Any) -> Any:
    """The value with each number in one form, since ``1`` and ``1.0`` are the same in JSON."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _replaced(old: list[Any], new: list[Any], position: int) -> bool:
    """A line of the same length of array that now names another product: changed, not swapped out."""
    return len(old) == len(new) and isinstance(old[position], dict) and isinstance(new[position], dict)
