"""What of a status line fits in how many cells. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tui.actions.action import Action
from tui.orders.loaded import Fact
from tui.terminal.cells import cell_width, cut

BETWEEN = " · "


def fit_facts(facts: Sequence[Fact], width: int) -> str:
    """Say as much as fits: first in full, then shortened from the least important on, then without those.

    Facts of rank 0 are shortened last and never left out.
    """
    chosen = [(fact, fact.text) for fact in facts]
    for fact in sorted(facts, key=lambda fact: -fact.rank):
        if _length([text for _, text in chosen]) <= width:
            break
        chosen = [(known, known.short if known is fact else text) for known, text in chosen]
    for fact in sorted((f for f in facts if f.rank), key=lambda fact: -fact.rank):
        if _length([text for _, text in chosen]) <= width:
            break
        chosen = [(known, text) for known, text in chosen if known is not fact]
    return cut(BETWEEN.join(text for _, text in chosen), width)


def fit_hints(actions: Sequence[Action], width: int, *, gap: int = 2) -> list[Action]:
    """The actions whose ``key title`` fit in a line, in the order given. The first two always stay."""
    kept: list[Action] = []
    used = 0
    for action in actions:
        needed = cell_width(f"{action.key} {action.title.lower()}") + (gap if kept else 0)
        if len(kept) >= 2 and used + needed > width:
            continue
        kept.append(action)
        used += needed
    return kept


def _length(texts: Sequence[str]) -> int:
    return sum(cell_width(text) for text in texts) + cell_width(BETWEEN) * max(0, len(texts) - 1)
