"""What of a status line fits in how many cells. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from tui.orders.loaded import Fact
from tui.terminal.cells import cell_width, cut

BETWEEN = " · "

LEAST = 4
"""Facts of this rank and above go before any other is shortened."""


def fit_facts(facts: Sequence[Fact], width: int) -> str:
    """Say as much as fits: in full; shortened from the least important on; without those of high rank.

    Facts of rank 0 are shortened only after the least important are gone, and never left out.
    """
    spare = sorted((fact for fact in facts if fact.rank), key=lambda fact: -fact.rank)
    least = [fact for fact in spare if fact.rank >= LEAST]
    steps = [
        *((fact, True) for fact in spare),
        *((fact, False) for fact in least),
        *((fact, True) for fact in facts if not fact.rank),
        *((fact, False) for fact in spare if fact.rank < LEAST),
    ]
    said = {id(fact): fact.text for fact in facts}
    for fact, stays in steps:
        if _length(said.values()) <= width:
            break
        if stays:
            said[id(fact)] = fact.short
        else:
            del said[id(fact)]
    return cut(BETWEEN.join(said.values()), width)


class Hint(Protocol):
    """A key as people write it, and what it does: an action, or what a pane offers."""

    @property
    def key(self) -> str:
        """Such as ``ctrl+d``."""

    @property
    def title(self) -> str:
        """A word or two."""


def fit_hints(actions: Sequence[Hint], width: int, *, gap: int = 2) -> list[Hint]:
    """The hints whose ``key title`` fit in a line, in the order given. The first two always stay."""
    kept: list[Hint] = []
    used = 0
    for action in actions:
        needed = cell_width(f"{action.key} {action.title.lower()}") + (gap if kept else 0)
        if len(kept) >= 2 and used + needed > width:
            continue
        kept.append(action)
        used += needed
    return kept


def _length(texts: Collection[str]) -> int:
    return sum(cell_width(text) for text in texts) + cell_width(BETWEEN) * max(0, len(texts) - 1)
