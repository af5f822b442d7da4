"""Nothing in a paste is heard as keys."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tests.support.pseudo_terminal import PseudoTerminal
from tui.app.terminal_io.paste_parser import END, START, PasteFilter, PasteParser

PIECES = st.lists(
    st.sampled_from(["\x1b", "[", "200~", "201~", "2", "q", "m", "\x1b[31m", "\x1b]52;c;", "é"])
)
"""What pastes and keys are made of, and what begins like the end of a paste."""


def heard(*pieces: str) -> list[events.Event]:
    """The keys and pastes that come of what a terminal sends."""
    parser = PasteParser()
    return [event for piece in pieces for event in parser.feed(piece) if isinstance(event, events.Event)]


@given(PIECES.map("".join).filter(lambda text: END not in text and not text.endswith("\x1b")), st.data())
def test_a_paste_is_one_text_without_escapes(text: str, data: st.DataObject) -> None:
    """However it is cut into pieces, and whatever it holds; the key after it is heard."""
    sent = f"j{START}x{text}{END}k"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=5)))
    pieces = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True) if a < b]
    first, *pastes, last = heard(*pieces)
    assert isinstance(first, events.Key)
    assert isinstance(last, events.Key)
    assert (first.key, last.key) == ("j", "k")
    assert [type(paste) for paste in pastes] == [events.Paste]
    assert [paste.text for paste in pastes if isinstance(paste, events.Paste)] == [
        "x" + text.replace("\x1b", "")
    ]


@given(PIECES.map("".join).filter(lambda text: START not in text), st.integers(0, 30))
def test_what_is_typed_is_handed_on_at_once(text: str, cut: int) -> None:
    """A lone escape is a key, and waits for nothing."""
    taken = PasteFilter()
    assert taken.take(text[:cut]) + taken.take(text[cut:]) == text


@pytest.mark.parametrize(
    ("pieces", "keys"),
    [
        (("\x1b", "q"), ["escape", "q"]),
        (("j\x1b", "jk"), ["j", "escape", "j", "k"]),
        (("\x1bb",), ["ctrl+left"]),
        (("\x1b", "[A"), ["up"]),
        (("\x1b[", "A"), ["up"]),
        (("\x1b", "OP"), ["f1"]),
        (("\x1b", "\x1b", "q"), ["escape", "escape", "q"]),
    ],
)
def test_escape_and_a_key_soon_after_it_are_two_keys(pieces: tuple[str, ...], keys: list[str]) -> None:
    """Within 80 ms both were lost, taken for alt; what comes at once is alt, or a sequence."""
    assert [event.key for event in heard(*pieces) if isinstance(event, events.Key)] == keys


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.terminal
@pytest.mark.parametrize("key", ["\x1b", "q", "\x1b[A"])
def test_a_key_long_after_an_escape_is_only_that_key(key: str) -> None:
    """The escape was handed on when its time was over; asking for it once more crashed the explorer."""
    parser = PasteParser()
    assert list(parser.feed("\x1b")) == []
    parser._timeout_time = 0.0
    assert [event.key for event in parser.tick() if isinstance(event, events.Key)] == ["escape"]
    list(parser.feed(key))
    assert list(parser.tick()) == []


def test_a_pasted_colour_code_presses_nothing() -> None:
    """Its letters were keys: it turned masks on, opened a form, quit."""
    terminal = PseudoTerminal(["--demo"], columns=80, lines=24)
    try:
        terminal.wait_for("loaded")
        for text in ("a\x1b[31mred zzz", "a\x1b[31m q", "a\x1bb q", "\x1bq"):
            terminal.child.send(f"{START}{text}{END}")
            terminal.settle(0.5)
        assert terminal.child.isalive()
        assert "MASKED" not in terminal.text
        assert "loaded" in terminal.text
        terminal.press("q")
        assert terminal.end() == 0
    finally:
        terminal.close()
