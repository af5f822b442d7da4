"""On which line of a TOML text each key stands; Python's own reader does not tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache

from .config_layout import Layout, Path, layout_of


@lru_cache(maxsize=4)
def find_lines(text: str) -> Mapping[Path, int]:
    """The line, counted from 1, on which each key and each table is first named, by its parts.

    Args:
        text: a TOML text that can be read.
    """
    begins = [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]
    lines: dict[Path, int] = {}
    for path, place in sorted(_named(layout_of(text)), key=lambda named: named[1]):
        lines.setdefault(path, bisect_right(begins, place))
    return lines


def _named(layout: Layout) -> Iterator[tuple[Path, int]]:
    """Every key and table with the place where it is named; dotted ones name those on the way too."""
    for header in layout.headers:
        for depth in range(len(header.path)):
            yield header.path[: depth + 1], header.start
    for entry in layout.entries:
        for depth in range(len(entry.table), len(entry.path)):
            yield entry.path[: depth + 1], entry.start
