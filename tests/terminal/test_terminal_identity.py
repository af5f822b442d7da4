"""Which terminal the environment tells of."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.console import Console

from tests.support.hostile import HOSTILE
from tui.terminal.terminal_identity import TRUE_COLOURS, colours, identify

RICHES = {
    None: 1,
    ColorSystem.STANDARD: 16,
    ColorSystem.EIGHT_BIT: 256,
    ColorSystem.TRUECOLOR: TRUE_COLOURS,
}


@pytest.mark.parametrize(
    ("environ", "name", "version"),
    [
        ({"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.4"}, "iTerm2", "3.5.4"),
        ({"TERM_PROGRAM": "Apple_Terminal", "TERM_PROGRAM_VERSION": "453"}, "Apple Terminal", "453"),
        ({"TERM_PROGRAM": "vscode", "TERM_PROGRAM_VERSION": "1.99.0"}, "VS Code", "1.99.0"),
        ({"TERM_PROGRAM": "a new one"}, "a new one", ""),
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, "kitty", ""),
        ({"TERM": "xterm-kitty"}, "kitty", ""),
        ({"WT_SESSION": "c0ffee"}, "Windows Terminal", ""),
        ({"VTE_VERSION": "7600"}, "GNOME Terminal or another of VTE", "7600"),
        ({"KONSOLE_VERSION": "240802"}, "Konsole", "240802"),
        ({"TERMINAL_EMULATOR": "JetBrains-JediTerm"}, "JetBrains' terminal", ""),
        ({"LC_TERMINAL": "iTerm2", "LC_TERMINAL_VERSION": "3.5"}, "iTerm2", "3.5"),
        ({"TERM": "foot-extra"}, "foot", ""),
        ({"TERM": "linux"}, "the Linux console", ""),
        ({"TERM": "xterm-256color"}, "", ""),
        ({}, "", ""),
    ],
)
def test_a_terminal_is_known_by_what_it_leaves(environ: dict[str, str], name: str, version: str) -> None:
    """Its own variables first, those that come through SSH after, ``TERM`` last."""
    found = identify(environ)
    assert (found.name, found.version) == (name, version)


def test_a_multiplexer_is_told_apart_from_the_terminal_around_it() -> None:
    """Its own name stands where the terminal's was; what else that left still tells of it."""
    inside = {"TMUX": "/tmp/tmux-1/default,1,0", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"}
    found = identify({**inside, "KITTY_WINDOW_ID": "1"})
    assert (found.multiplexer, found.multiplexer_version, found.name) == ("tmux", "3.4", "kitty")
    assert identify({"STY": "1.pts-0"}).multiplexer == "screen"
    assert identify({"ZELLIJ": "0"}).multiplexer == "zellij"
    assert identify({"TERM": "xterm"}).multiplexer == ""


def test_ssh_is_told() -> None:
    """By either variable of its own."""
    assert identify({"SSH_TTY": "/dev/pts/1"}).remote
    assert identify({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}).remote
    assert not identify({}).remote


@pytest.mark.parametrize("colour_term", ["", "truecolor", "24bit", "TrueColor", "yes"])
@pytest.mark.parametrize(
    "term",
    ["", "dumb", "unknown", "xterm", "xterm-256color", "xterm-kitty", "screen-16color", "tmux-256color"],
)
def test_colours_are_those_that_the_explorer_uses(term: str, colour_term: str) -> None:
    """The same answer as the library that draws it."""
    environ = {"TERM": term, "COLORTERM": colour_term}
    drawn = Console(force_terminal=True, _environ=environ)._detect_color_system()
    assert colours(environ) == RICHES[drawn]


def test_any_text_may_be_in_the_environment() -> None:
    """It is taken as it is, and nothing fails over it."""
    for text in HOSTILE:
        found = identify(
            {"TERM_PROGRAM": text, "TERM_PROGRAM_VERSION": text, "TERM": text, "COLORTERM": text}
        )
        assert found.version in (text, "")
