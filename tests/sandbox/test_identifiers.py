"""Identifiers in the real form."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from tui.sandbox.identifiers import EPOCH_MS, IdentifierGenerator


@given(st.lists(st.integers(EPOCH_MS, EPOCH_MS + 2**41), min_size=2, max_size=20).map(sorted))
def test_timed_identifiers_sort_by_time_and_never_repeat(moments: list[int]) -> None:
    """18 hex digits, in the order in which they were made."""
    mint = IdentifierGenerator(random.Random(1))
    made = [mint.timed("ord_", moment) for moment in moments]
    assert made == sorted(set(made))
    assert all(re.fullmatch(r"ord_[0-9a-f]{18}", identifier) for identifier in made)


def test_random_identifiers_are_24_characters() -> None:
    """Customers and exports: base 62, repeatable from a seed."""
    made = [IdentifierGenerator(random.Random(2)).random("cust_") for _ in range(2)]
    assert made[0] == made[1]
    assert re.fullmatch(r"cust_[0-9A-Za-z]{24}", made[0])
