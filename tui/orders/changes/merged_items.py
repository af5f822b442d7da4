"""In which order the items of a merged array stand, and which of them are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .absent import ABSENT, same
from .identity import Label

Keyed = Mapping[Label, Any]
"""Items by their labels, in the order of their array."""


def merged_sequence(base: Keyed, mine: Keyed, theirs: Keyed) -> list[Label] | None:
    """The keys of the merged array; ``None`` when both sides sorted the items differently.

    The items that all three have stand as the side that sorted them says. What a side added comes after
    the item it was added behind. The outcome does not depend on which side is called mine.
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
    """One side took the item out and the other left it as it was, or both took it out."""
    was, ours, other = (side.get(key, ABSENT) for side in (base, mine, theirs))
    if ours is ABSENT:
        return other is ABSENT or same(was, other)
    return other is ABSENT and same(was, ours)


def _behind(side: Iterable[Label], common: set[Label], left: set[Label]) -> dict[Label | None, list[Label]]:
    chains: dict[Label | None, list[Label]] = {}
    anchor: Label | None = None
    for key in side:
        if key in common:
            anchor = key
        elif key in left:
            chains.setdefault(anchor, []).append(key)
    return chains
