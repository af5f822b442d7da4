"""Long use of one explorer: it holds no more memory, descriptors or threads than after its first minutes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.long_session import Held, long_session

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

MEGABYTE = 1_000_000


def assert_no_growth(before: Held, after: Held, *, memory: float) -> None:
    """Fail if more is held than before; ``memory`` is what may be added, in bytes."""
    assert after.resident - before.resident <= memory
    assert after.descriptors <= before.descriptors
    assert after.threads <= before.threads + 2  # workers of a pool start when they are first needed


@pytest.mark.timeout(300)
def test_the_repl_and_back_frees_the_screens(tmp_path: Path) -> None:
    """Each round kept the screens that were closed, 10 MB."""
    with long_session(tmp_path, pause=0.0) as session:
        session.visit_repl(3)
        before = session.measure()
        session.visit_repl(5)
        assert_no_growth(before, session.measure(), memory=25 * MEGABYTE)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_refreshing_holds_no_more(tmp_path: Path) -> None:
    """Each refresh kept the orders that it replaced."""
    with long_session(tmp_path, pause=0.0) as session:
        session.refresh(300)
        before = session.measure()
        session.refresh(500)
        assert_no_growth(before, session.measure(), memory=6 * MEGABYTE)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_ten_minutes_of_use_hold_no_more(tmp_path: Path) -> None:
    """Refreshes, details, filters, forms, dialogs and the REPL, again and again."""
    with long_session(tmp_path) as session:
        session.use(150)
        before = session.held[-1]
        session.use(450)
        assert_no_growth(before, session.held[-1], memory=0.15 * before.resident)


@pytest.mark.nightly
@pytest.mark.timeout(6000)
def test_an_hour_of_use_holds_no_more(tmp_path: Path) -> None:
    """The same for an hour, from the tenth minute on."""
    with long_session(tmp_path) as session:
        session.use(600)
        before = session.held[-1]
        session.use(3000)
        assert_no_growth(before, session.held[-1], memory=0.15 * before.resident)
