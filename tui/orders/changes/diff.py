"""Field by field: what is different between two documents of an order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.orders.paths import Path

from .absent import ABSENT, same
from .change import Change
from .identity import pair

ITEMS: Path = ("items",)


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The changes that lead from ``old`` to ``new``, in the order of their fields; empty when equal.

    Objects are compared key by key however deep, items one by one (by identity, see ``identity``), other
    lists as a whole.
    """
    return list(_between((), old, new))


def _between(path: Path, old: Any, new: Any) -> Iterator[Change]:
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _between((*path, key), old.get(key, ABSENT), new.get(key, ABSENT))
    elif path == ITEMS and isinstance(old, list) and isinstance(new, list):
        yield from _items(old, new)
    elif old is ABSENT:
        yield Change(path, "added", old, new)
    elif new is ABSENT:
        yield Change(path, "removed", old, new)
    else:
        yield Change(path, "changed", old, new)


def _items(old: list[Any], new: list[Any]) -> Iterator[Change]:
    pairs = pair(old, new)
    yield from _moves(pairs)
    for before, after in pairs:
        if after is None and before is not None:
            yield Change((*ITEMS, before), "removed", old[before], ABSENT)
        elif before is None and after is not None:
            yield Change((*ITEMS, after), "added", ABSENT, new[after])
        elif before is not None and after is not None:
            yield from _between((*ITEMS, after), old[before], new[after])


def _moves(pairs: list[tuple[int | None, int | None]]) -> Iterator[Change]:
    stayed = [(before, after) for before, after in pairs if before is not None and after is not None]
    ranks = {before: rank for rank, before in enumerate(sorted(before for before, _ in stayed))}
    for rank, (before, after) in enumerate(stayed):
        if ranks[before] != rank:
            yield Change((*ITEMS, after), "moved", before, after)
