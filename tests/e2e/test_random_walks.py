"""Random keys through the explorer, the REPL, editors, forms, jobs and profiles, on an odd service."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.random_walk import KEYS, random_walk

pytestmark = pytest.mark.terminal

SHORT = 50
"""Keys of a walk in the short form."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("number", [2, 5])
def test_a_short_walk(number: int, tmp_path: Path) -> None:
    """No crash, no hang, no dead terminal, and no change that was not agreed to."""
    with random_walk(number, tmp_path) as walk:
        assert walk.run(SHORT) == [], walk.ways


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", range(300))
def test_a_walk(number: int, tmp_path: Path) -> None:
    """The same, at length."""
    with random_walk(number, tmp_path) as walk:
        assert walk.run(KEYS) == [], walk.ways
