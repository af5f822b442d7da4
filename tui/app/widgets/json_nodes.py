"""A JSON document as lines of a foldable tree: pure, lazy, and never deeper than the unfolded part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from tui.orders.paths import Path
from tui.terminal.cells import cell_width
from tui.terminal.visible import LIMIT, visible

LINES_LIMIT = 20_000
"""Lines that unfolding all makes at most; single folds can still be opened past it."""

WRAP_WIDTH = 24
"""Cells a wrapped text gets at least, however narrow the window."""


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree.

    ``opened`` is ``None`` for what cannot be folded. ``part`` is a piece of a long text that is unfolded
    over several lines; such a line has its text's path.
    """

    path: Path
    value: Any
    depth: int
    opened: bool | None = None
    part: str | None = None


def children(value: Any) -> Iterator[tuple[str | int, Any]]:
    """Keys and values of an object, positions and elements of an array; nothing for the rest."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def can_fold(value: Any, room: int) -> bool:
    """Whether a value takes more than its line: a filled container, or a text longer than ``room``."""
    if isinstance(value, str):
        return len(value) > room or "\n" in value
    return isinstance(value, dict | list) and bool(value)


def flatten(document: Any, opened: Collection[Path], *, width: int) -> list[Node]:
    """The lines of a document with the given paths unfolded. Only what is unfolded is walked."""
    nodes: list[Node] = []
    stack: list[tuple[Iterator[tuple[str | int, Any]], Path, int]] = [(children(document), (), 0)]
    while stack:
        siblings, path, depth = stack[-1]
        for key, value in siblings:
            here: Path = (*path, key)
            room = text_room(width, depth, key)
            folds = can_fold(value, room)
            is_open = folds and here in opened
            nodes.append(Node(here, value, depth, is_open if folds else None))
            if is_open and isinstance(value, str):
                nodes += _wrapped(value, here, depth + 1, width)
            elif is_open:
                stack.append((children(value), here, depth + 1))
                break
        else:
            stack.pop()
    return nodes


def text_room(width: int, depth: int, key: str | int) -> int:
    """The width that is left for a text beside its key."""
    return max(WRAP_WIDTH, width - indent(depth, width) - min(len(str(key)), width) - 6)


def indent(depth: int, width: int) -> int:
    """Cells a line of that depth is moved in: two a level, at most half the width."""
    return min(2 * depth, max(0, width // 2))


def unfolded(document: Any, *, levels: int | None = None, lines: int = LINES_LIMIT) -> set[Path]:
    """What to unfold for that many levels (all when ``None``), as long as it makes at most ``lines``."""
    opened: set[Path] = set()
    shown = sum(1 for _ in children(document))
    level = _filled((), document)
    while level and (levels is None or levels > 0):
        shown += sum(len(value) for _, value in level)
        if shown > lines:
            break
        opened.update(path for path, _ in level)
        level = [below for path, value in level for below in _filled(path, value)]
        levels = None if levels is None else levels - 1
    return opened


def _filled(path: Path, value: Any) -> list[tuple[Path, Any]]:
    return [
        ((*path, key), child) for key, child in children(value) if isinstance(child, dict | list) and child
    ]


def find(document: Any, needle: str) -> list[Path]:
    """Paths whose key or value holds the text (any case), in the order of the document."""
    wanted = needle.lower()
    found: list[Path] = []
    stack: list[tuple[Iterator[tuple[str | int, Any]], Path]] = []
    if wanted:
        stack.append((children(document), ()))
    while stack:
        siblings, path = stack[-1]
        for key, value in siblings:
            here: Path = (*path, key)
            if (isinstance(key, str) and wanted in key.lower()) or wanted in searched_text(value):
                found.append(here)
            if isinstance(value, dict | list):
                stack.append((children(value), here))
                break
        else:
            stack.pop()
    return found


def searched_text(value: Any) -> str:
    """The text of a value to search: its text in small letters; nothing in a container."""
    if isinstance(value, str):
        return value.lower()
    return "" if isinstance(value, dict | list) else scalar(value).lower()


def scalar(value: Any) -> str:
    """A JSON value that is neither a text nor a container, as JSON writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return str(value)
    except ValueError:  # Python refuses to write integers of thousands of digits
        return f"a number of {value.bit_length():,} bits"


def _wrapped(text: str, path: Path, depth: int, width: int) -> Iterator[Node]:
    room = max(WRAP_WIDTH, width - indent(depth, width) - 3)
    for written in visible(text, multiline=True, limit=LIMIT).split("\n"):
        rest = written
        while True:
            taken = _fitting(rest, room)
            yield Node(path, text, depth, None, rest[:taken])
            rest = rest[taken:]
            if not rest:
                break


def _fitting(text: str, room: int) -> int:
    """How many characters fit in a line, cut at a space when there is one in its second half."""
    if cell_width(text) <= room:
        return len(text)
    taken, cells = 0, 0
    for character in text:
        cells += cell_width(character)
        if cells > room:
            break
        taken += 1
    space = text.rfind(" ", taken // 2, taken)
    return max(1, space + 1 if space > 0 else taken)
