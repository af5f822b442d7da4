"""Candidates of completion and their rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

MOST = 100
"""Maximum number of completions."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible completion; ``kind`` is shown beside it."""

    text: str
    kind: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """``text`` replaces the line from ``start`` to the cursor; ``display`` is shown in the list."""

    text: str
    start: int
    display: str
    kind: str
    help: str = ""


def matching_values(values: Sequence[str], prefix: str, used: Mapping[str, int]) -> list[str]:
    """The values that contain the prefix, most used first, then in the given order."""
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
    """The matching candidates: those that start with the prefix, contain it, or have its letters in order.

    Within each group the most used come first, then the given order.
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
