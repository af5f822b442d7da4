"""Candidates of completion and their rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

MOST = 100
"""How many completions are given at once."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could stand at the cursor; ``kind`` is shown beside it."""

    text: str
    kind: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """``text`` takes the place of what stands from ``start`` to the cursor; ``display`` is what is listed."""

    text: str
    start: int
    display: str
    kind: str
    help: str = ""


def matching_values(values: Sequence[str], prefix: str, used: Mapping[str, int]) -> list[str]:
    """The values that contain the prefix, the likeliest first, found before anything is made of them.

    Those that were used come first, then the order given.
    """
    wanted = prefix.casefold()
    first = [value for value in values if value.casefold().startswith(wanted)]
    if len(first) < MOST and wanted:
        taken = set(first)
        first += [value for value in values if wanted in value.casefold() and value not in taken][:MOST]
    known = [value for value in first if value in used] if used else []
    return [*sorted(known, key=lambda value: -used[value]), *first[:MOST]]


def rank_candidates(
    candidates: Iterable[Candidate], prefix: str, start: int, used: Mapping[str, int]
) -> list[Completion]:
    """Those that match: what begins with the prefix, then what contains it, then its letters in order.

    Among equals the most used comes first, then the order given.
    """
    wanted = prefix.casefold()
    found: dict[str, tuple[tuple[int, int, int], Candidate]] = {}
    for number, candidate in enumerate(candidates):
        match = _match(candidate.text.casefold(), wanted)
        if match is not None and candidate.text not in found:
            found[candidate.text] = ((match, -used.get(candidate.text, 0), number), candidate)
    best = nsmallest(MOST, found.values(), key=lambda pair: pair[0])
    return [Completion(each.text, start, each.text, each.kind, each.help) for _, each in best]


def _match(text: str, wanted: str) -> int | None:
    """0 for a beginning, 1 for a part, 2 for letters in their order, ``None`` for no match."""
    if text.startswith(wanted):
        return 0
    if wanted in text:
        return 1
    if len(wanted) > 1 and text[:1] == wanted[:1]:
        letters = iter(text)
        if all(letter in letters for letter in wanted):
            return 2
    return None
