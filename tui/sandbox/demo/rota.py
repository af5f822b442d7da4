"""Which orders show something rare, whatever the seed.

Chance alone would leave some seeds without a 40-item order. The rota counts from the newest order, so that
the first page a newcomer sees has something of everything.
"""

from __future__ import annotations

from typing import Literal

Showpiece = Literal[
    "wholesale", "mismatch", "amount_only", "unlisted", "draft", "rollback", "stacked", "note"
]

_FIRST_AND_EVERY: dict[Showpiece, tuple[int, int]] = {
    "wholesale": (17, 613),
    "mismatch": (31, 409),
    "amount_only": (9, 67),
    "unlisted": (44, 499),
    "draft": (12, 811),
    "rollback": (83, 97),
    "stacked": (22, 71),
    "note": (5, 37),
}


def showpiece(place: int) -> tuple[Showpiece | None, int]:
    """What the order at ``place`` shows (0 is the newest), and for the how-manieth time (from 0)."""
    for kind, (first, every) in _FIRST_AND_EVERY.items():
        times, rest = divmod(place - first, every)
        if rest == 0 and times >= 0:
            return kind, times
    return None, 0
