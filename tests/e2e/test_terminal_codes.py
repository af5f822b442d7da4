"""The net of the other tests: it lets through what draws, and nothing that an order could send."""

from __future__ import annotations

import pytest

from tests.support.hostile import CONTROLS, ESCAPES, LIKE_DRAWING
from tests.support.terminal_codes import foreign_codes, modes_left_on, text_of
from tui.terminal.visible import hidden_characters

DRAWN = (
    b"\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[?2026$p\x1b[1;1H\x1b[1;38;2;1;2;3mOrdex\x1b[0m\r\n\x1b]22;default\x07"
)


def test_drawing_is_let_through() -> None:
    """Modes, colours, moves and the pointer's shape are ours; the text is what remains."""
    assert foreign_codes(DRAWN) == []
    assert "Ordex" in text_of(DRAWN)
    assert modes_left_on(DRAWN + b"\x1b[?1049l") == set()


@pytest.mark.parametrize("attack", sorted({*ESCAPES, *CONTROLS} - set(LIKE_DRAWING)), ids=ascii)
def test_attacks_are_caught(attack: str) -> None:
    """Each escape and control is either a foreign code or a character that acts or hides."""
    raw = DRAWN + attack.encode() + DRAWN
    assert foreign_codes(raw) or hidden_characters(text_of(raw))
