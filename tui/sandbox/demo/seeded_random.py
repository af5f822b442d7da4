"""Random choices that are the same for a seed on every version of Python."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class SeededRandom:
    """A seeded source of choices; one name of a seed is one sequence.

    Args:
        seed: what makes the sequence; text is hashed by ``random.Random`` itself.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - demo data, nothing secret

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit - 1``."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, percent: float) -> bool:
        """True in that many cases of a hundred."""
        return self._random() * 100 < percent

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, each as likely."""
        return values[int(self._random() * len(values))]

    def text(self, alphabet: str, length: int) -> str:
        """``length`` characters of the alphabet."""
        return "".join([self.pick(alphabet) for _ in range(length)])


class WeightedChoice(Generic[T]):
    """Values of which some come more often.

    Args:
        weighted: each value with its weight, a positive integer.
    """

    def __init__(self, weighted: Iterable[tuple[T, int]]) -> None:
        pairs = list(weighted)
        self._values = [value for value, _ in pairs]
        self._bounds = list(accumulate(weight for _, weight in pairs))

    def pick(self, draw: SeededRandom) -> T:
        """One of the values, with the probability of its weight."""
        return self._values[bisect_right(self._bounds, draw.below(self._bounds[-1]))]
