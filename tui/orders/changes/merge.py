"""Three-way merge of two versions of an order, field by field.

A change of one side is taken; an equal change of both sides is taken once; different changes are a conflict,
and the user decides it. Units that are never mixed: a value under a metadata key, a customer or referrer
(mixing two persons' fields would write one's data to the other), an item array whose items cannot be
distinguished. An amount that follows from prices and quantities on all three sides follows in the outcome; an
amount that one of them set to something else is merged as any other field.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from tui.orders.api_object import ApiDocument
from tui.orders.json_values import ABSENT, json_equal
from tui.orders.paths import Path

from .diff import ITEMS, Change, diff
from .item_amounts import items_amount, price_times_quantity
from .item_matching import Label, label_base, label_side

Keyed = Mapping[Label, Any]
"""Items by their labels, in the order of their array."""


def merged_sequence(base: Keyed, mine: Keyed, theirs: Keyed) -> list[Label] | None:
    """The keys of the merged array; ``None`` when both sides sorted the items differently.

    Items that all three have keep the order of the side that sorted them. An added item stays after the same
    item. The result does not depend on which side is called mine.
    """
    left = {key for key in [*base, *mine, *theirs] if not _is_removed(base, mine, theirs, key)}
    common = left & base.keys() & mine.keys() & theirs.keys()
    before, ours, other = ([key for key in side if key in common] for side in (base, mine, theirs))
    if ours in (before, other):
        skeleton = other
    elif other == before:
        skeleton = ours
    else:
        return None
    additions = [_behind(side, common, left) for side in (mine, theirs)]
    sequence: dict[Label, None] = {}
    for anchor in [None, *skeleton]:
        if anchor is not None:
            sequence[anchor] = None
        for chain in sorted(side.get(anchor, []) for side in additions):
            sequence.update(dict.fromkeys(chain))
    return list(sequence)


def _is_removed(base: Keyed, mine: Keyed, theirs: Keyed, key: Label) -> bool:
    """One side removed the item and the other did not change it, or both removed it."""
    was, ours, other = (side.get(key, ABSENT) for side in (base, mine, theirs))
    if ours is ABSENT:
        return other is ABSENT or json_equal(was, other)
    return other is ABSENT and json_equal(was, ours)


def _behind(side: Iterable[Label], common: set[Label], left: set[Label]) -> dict[Label | None, list[Label]]:
    chains: dict[Label | None, list[Label]] = {}
    anchor: Label | None = None
    for key in side:
        if key in common:
            anchor = key
        elif key in left:
            chains.setdefault(anchor, []).append(key)
    return chains


Side = Literal["mine", "theirs"]

METADATA: Path = ("metadata",)

PERSONS: frozenset[Path] = frozenset({("customer",), ("referrer",)})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed differently; a value may be ``ABSENT``.

    ``path`` leads into ``Merge.document``.
    """

    path: Path
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome of a merge.

    ``document`` holds everything that did not collide; where ``conflicts`` stand it holds one side's value
    and must not be sent. ``mine`` is the document of my side.
    """

    document: ApiDocument
    mine: ApiDocument
    conflicts: tuple[Conflict, ...]

    @property
    def from_theirs(self) -> tuple[Change, ...]:
        """What of the other side's changes is in ``document``; not what gave way to mine."""
        return tuple(diff(self.mine, self.document))


def merge(base: ApiDocument, mine: ApiDocument, theirs: ApiDocument) -> Merge:
    """Merge two documents that were both made from ``base``. None of the three is changed."""
    conflicts: list[Conflict] = []
    document = copy.deepcopy(_merged((), base, mine, theirs, conflicts))
    _follow_items((base, mine, theirs), document, conflicts)
    return Merge(document, mine, tuple(conflicts))


def resolve_conflicts(merged: Merge, choices: Mapping[Path, Side]) -> Merge:
    """Resolve conflicts by a choice for each path; those without a choice remain."""
    document = copy.deepcopy(merged.document)
    left: list[Conflict] = []
    for conflict in reversed(merged.conflicts):
        side = choices.get(conflict.path)
        if side is None:
            left.insert(0, conflict)
            continue
        value = conflict.mine if side == "mine" else conflict.theirs
        _put(document, conflict.path, value)
        if value is ABSENT and isinstance(conflict.path[-1], int):
            left = [_moved_up(other) for other in left]
    return Merge(document, merged.mine, tuple(left))


def _moved_up(conflict: Conflict) -> Conflict:
    """The conflict after an item before its own was taken out; only items come after items."""
    root, place = (*conflict.path, None)[:2]
    if root != ITEMS[0] or not isinstance(place, int):
        return conflict
    return replace(conflict, path=(root, place - 1, *conflict.path[2:]))


def _merged(path: Path, base: Any, mine: Any, theirs: Any, conflicts: list[Conflict]) -> Any:
    if json_equal(mine, theirs) or json_equal(base, mine):
        return theirs
    if json_equal(base, theirs):
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict) and not _is_unit(path):
        return _by_key(path, base if isinstance(base, dict) else {}, mine, theirs, conflicts)
    if path == METADATA and all(isinstance(side, dict) or side is ABSENT for side in (base, mine, theirs)):
        was, ours, other = ({} if side is ABSENT else side for side in (base, mine, theirs))
        made = _by_key(path, was, ours, other, conflicts)
        return made or (ABSENT if ABSENT in (mine, theirs) else made)
    if path == ITEMS and all(isinstance(side, list) for side in (base, mine, theirs)):
        found = _by_item(base, mine, theirs, conflicts)
        if found is not None:
            return found
    conflicts.append(Conflict(path, base, mine, theirs))
    return mine if theirs is ABSENT else theirs


def _is_unit(path: Path) -> bool:
    return path in PERSONS or "metadata" in path[:-1]


def _by_key(
    path: Path, base: ApiDocument, mine: ApiDocument, theirs: ApiDocument, conflicts: list[Conflict]
) -> ApiDocument:
    made = {}
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        was, ours, other = (side.get(key, ABSENT) for side in (base, mine, theirs))
        value = _merged((*path, key), was, ours, other, conflicts)
        if value is not ABSENT:
            made[key] = value
    return made


def _by_item(
    base: list[Any], mine: list[Any], theirs: list[Any], conflicts: list[Conflict]
) -> list[Any] | None:
    labels = label_base(base)
    if labels is None:
        return None
    ours, other = label_side(base, labels, mine), label_side(base, labels, theirs)
    if ours is None or other is None:
        return None
    was = _labelled(labels, base)
    now, then = _labelled(ours, mine), _labelled(other, theirs)
    sequence = merged_sequence(was, now, then)
    if sequence is None:
        return None
    made = []
    for place, label in enumerate(sequence):
        sides = was.get(label, ABSENT), now.get(label, ABSENT), then.get(label, ABSENT)
        item = _merged((*ITEMS, place), *sides, conflicts)
        made.append(_follow_price(sides, item, place, conflicts))
    return made


def _follow_price(sides: tuple[Any, ...], item: Any, place: int, conflicts: list[Conflict]) -> Any:
    """An item's amount that is price times quantity on all sides is not a conflict: it follows the two.

    That holds also where both changed it to the same amount: one by the price, the other by the quantity.
    """
    at = (*ITEMS, place)
    disputed = any(conflict.path in (at, (*at, "price"), (*at, "quantity")) for conflict in conflicts)
    if disputed or not all(_is_product(side) for side in sides):
        return item
    _settle((*at, "amount"), conflicts)
    return {**item, "amount": price_times_quantity(item)}


def _follow_items(sides: tuple[ApiDocument, ...], made: ApiDocument, conflicts: list[Conflict]) -> None:
    """The order's amount that is the sum of the items on all sides is not a conflict: it follows them.

    That holds also where both changed it to the same amount: each may have added a line of its own.
    """
    disputed = any(_is_summand(conflict.path) for conflict in conflicts)
    if disputed or not all(_is_sum(side) for side in sides):
        return
    total = _sum(made["items"])
    if total is not None:
        _settle(("amount",), conflicts)
        made["amount"] = total


def _is_product(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    amount = price_times_quantity(item)
    return amount is not None and json_equal(item.get("amount"), amount)


def _is_sum(order: ApiDocument) -> bool:
    items = order.get("items")
    total = _sum(items) if isinstance(items, list) else None
    return total is not None and json_equal(order.get("amount"), total)


def _sum(items: list[Any]) -> int | None:
    return items_amount(items) if items else 0


def _is_summand(path: Path) -> bool:
    """Whether the order's sum depends on the place: the items, an item, or its amount or parts of that."""
    return path[:1] == ITEMS and (len(path) < 3 or path[2] in ("amount", "price", "quantity"))


def _settle(path: Path, conflicts: list[Conflict]) -> None:
    conflicts[:] = [conflict for conflict in conflicts if conflict.path != path]


def _labelled(labels: list[Label], items: list[Any]) -> dict[Label, Any]:
    return dict(zip(labels, items, strict=True))


def _put(document: ApiDocument, path: Path, value: Any) -> None:
    holder: Any = document
    for part in path[:-1]:
        holder = holder[part]
    if value is ABSENT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = copy.deepcopy(value)
