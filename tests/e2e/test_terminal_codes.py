"""The net of the other tests: it lets through what draws, and nothing that an order could send."""

from __future__ import annotations

import pytest

from tests.support.answering_terminal import answers_to
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


@pytest.mark.parametrize(
    "question",
    [b"\x1b[c", b"\x1b[6n", b"\x1b[>0q", b"\x1bP$qm\x1b\\", b"\x1b]52;c;?\x07", b"\x05", b"\x1b[21t"],
)
def test_questions_are_answered(question: bytes) -> None:
    """A question that slipped through would come back as keys; drawing asks nothing that is answered so."""
    assert answers_to(DRAWN + question + DRAWN)
    assert answers_to(DRAWN + "▚ 한국".encode()) == b""
