"""What is replaced by a second enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui.app.dialogs.replace_confirmation import READING, ReplaceConfirmation


class Drawn:
    """Stands for a screen: what is to be done after it was drawn."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def call_after_refresh(self, do: Callable[[], None]) -> None:
        """Keep it."""
        self.waiting.append(do)


def test_a_warning_counts_once_it_could_be_read() -> None:
    """Not before it is drawn, nor the moment after; of something else it has to be warned anew."""
    now = 100.0
    drawn = Drawn()
    screen: Any = drawn
    replacing = ReplaceConfirmation(screen, clock=lambda: now)
    assert not replacing.is_agreed("old.csv")
    now += 10
    assert not replacing.is_agreed("old.csv")
    drawn.waiting.pop()()
    assert not replacing.is_agreed("old.csv")
    now += READING
    assert replacing.is_agreed("old.csv")
    assert not replacing.is_agreed("other.csv")
    assert drawn.waiting
