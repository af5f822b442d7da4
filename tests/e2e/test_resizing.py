"""The window changes its size while the explorer runs."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Open

pytestmark = pytest.mark.terminal


def test_the_window_is_pulled_larger_and_smaller(open_ordex: Open) -> None:
    """Each size gets its own layout; too small a window says so, and a large one comes back."""
    terminal = open_ordex(size=(80, 24))
    terminal.wait_for("100 of 2,500")
    terminal.resize(120, 40)
    terminal.wait_for("Source ID")
    terminal.resize(50, 16)
    terminal.wait_for(lambda screen: "Source ID" not in screen and "Status" in screen)
    terminal.resize(30, 8)
    terminal.wait_for("at least 40")
    terminal.resize(80, 24)
    terminal.wait_for("100 of 2,500")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []
