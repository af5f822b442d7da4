from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.demo.seeded_random import SeededRandom, WeightedChoice


@given(seed=st.text(), low=st.integers(-1000, 1000), span=st.integers(0, 1000))
def test_numbers_stay_in_their_range(seed: str, low: int, span: int) -> None:
    """``between`` includes both ends and nothing outside."""
    draw = SeededRandom(seed)
    assert all(low <= draw.between(low, low + span) <= low + span for _ in range(50))


def test_a_seed_is_one_sequence_on_every_python() -> None:
    """The numbers of a seed are known once and for all."""
    draw = SeededRandom("1 shop")
    assert [draw.below(1000) for _ in range(6)] == [433, 127, 59, 919, 756, 782]
    assert draw.text("ab", 6) == "aaaabb"


def test_weights_are_kept() -> None:
    """A value comes as often as its weight says."""
    draw, weighted = SeededRandom("weights"), WeightedChoice((("often", 9), ("seldom", 1)))
    counts = Counter(weighted.pick(draw) for _ in range(5000))
    assert 8 < counts["often"] / counts["seldom"] < 10.5


def test_certain_and_impossible_chances() -> None:
    """A hundred percent always happens, zero never."""
    draw = SeededRandom("chance")
    assert all(draw.chance(100) and not draw.chance(0) for _ in range(1000))
