"""The differences between two documents of an order, field by field, and their description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tui.orders.amounts import DECIMALS, format_amount
from tui.orders.json_values import ABSENT, display_value, json_equal
from tui.orders.paths import Path, format_path

from .item_matching import match_items

ChangeKind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """The difference at one path. ``old`` and ``new`` are JSON values or ``ABSENT``.

    ``moved`` is an item that changed its place among those that stayed: ``old`` and ``new`` are places from
    0. The position in ``path`` is the new one, for a removed item the old one.
    """

    path: Path
    kind: ChangeKind
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ChangeDescription:
    """A change as text. The texts contain data of the order: escape them before they are shown."""

    field: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"


def describe(change: Change, *, decimals: int = DECIMALS) -> ChangeDescription:
    """Describe a change, with amounts as shown text."""
    field = format_path(change.path)
    if change.kind == "moved":
        return ChangeDescription(field, f"place {change.old + 1}", f"place {change.new + 1}")
    return ChangeDescription(
        field,
        describe_value(change.path, change.old, decimals=decimals),
        describe_value(change.path, change.new, decimals=decimals),
    )


def describe_value(path: Path, value: Any, *, decimals: int = DECIMALS) -> str:
    """The value at a path as shown text: amounts with decimals, text unquoted, the rest as JSON."""
    if value is ABSENT:
        return "(none)"
    if is_money(path) and isinstance(value, int | float) and not isinstance(value, bool):
        return format_amount(value, decimals=decimals)
    if is_item(path) and isinstance(value, dict):
        return _item(value, decimals)
    if isinstance(value, str) and not _could_be_mistaken(path, value):
        return value
    return json.dumps(value, ensure_ascii=False)


def is_money(path: Path) -> bool:
    """Whether the path leads to an amount in minor units."""
    name = path[-1]
    return "metadata" not in path and isinstance(name, str) and (name == "price" or name.endswith("amount"))


def is_item(path: Path) -> bool:
    """Whether the path names one item of the order."""
    return len(path) == 2 and path[0] == "items"


def _could_be_mistaken(path: Path, text: str) -> bool:
    """A text that reads like nothing, like null or, in metadata, like a value of another type."""
    return text.strip() in ("", "null", "(none)") or ("metadata" in path and display_value(text) != text)


def _item(item: dict[str, Any], decimals: int) -> str:
    embedded = [item.get("product"), item.get("sku")]
    names = [part.get("name") or part.get("sku") for part in embedded if isinstance(part, dict)]
    named = [*names, item.get("source_id"), item.get("sku_id"), item.get("product_id"), "an item"]
    text = next(str(name) for name in named if name)
    if isinstance(quantity := item.get("quantity"), int):
        text += f" × {quantity}"
    if isinstance(amount := item.get("amount"), int):
        text += f", {format_amount(amount, decimals=decimals)}"
    return text


ITEMS: Path = ("items",)


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The changes that lead from ``old`` to ``new``, in the order of their fields; empty when equal.

    Objects are compared key by key however deep, items one by one (by identity, see ``identity``), other
    lists as a whole.
    """
    return list(_between((), old, new))


def _between(path: Path, old: Any, new: Any) -> Iterator[Change]:
    if json_equal(old, new):
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
    pairs = match_items(old, new)
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
