"""Which terminals are told of what has ended, and that nothing but words of ours is in it."""

from __future__ import annotations

import re

import pytest

from tests.support.hostile import CONTROLS, ESCAPES
from tests.support.terminal_codes import foreign_codes
from tui.terminal.desktop_notification import (
    Form,
    NotificationRoute,
    notification_route,
    notification_sequence,
    tmux_passes_through,
)

FORMS: tuple[Form, ...] = ("osc9", "osc99", "osc777")
XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"TERM": "xterm-kitty"}, NotificationRoute("osc99")),
        ({**XTERM, "KITTY_WINDOW_ID": "1"}, NotificationRoute("osc99")),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app"}, NotificationRoute("osc9")),
        ({**XTERM, "TERM_PROGRAM": "WezTerm"}, NotificationRoute("osc9")),
        ({"TERM": "xterm-ghostty"}, NotificationRoute("osc9")),
        ({"TERM": "foot-extra"}, NotificationRoute("osc777")),
        ({"TERM": "rxvt-unicode-256color"}, NotificationRoute("osc777")),
        ({**XTERM, "LC_TERMINAL": "iTerm2", "TMUX": "/tmp/tmux,1,0"}, NotificationRoute("osc9", tmux=True)),
        ({**XTERM, "TERM_PROGRAM": "tmux", "TMUX": "/tmp/tmux,1,0"}, None),
        ({"TERM": "xterm-kitty", "STY": "1.pts-0"}, None),
        ({"TERM": "dumb", "TERM_PROGRAM": "iTerm.app"}, None),
        ({**XTERM, "TERM_PROGRAM": "Apple_Terminal"}, None),
        (XTERM, None),
        ({}, None),
    ],
)
def test_terminals_that_show_notifications_are_known(
    environ: dict[str, str], way: NotificationRoute | None
) -> None:
    """The others get nothing that they might print or ring for."""
    assert notification_route(environ) == way


@pytest.mark.parametrize("form", FORMS)
def test_the_words_are_in_it(form: Form) -> None:
    """Title and text, each kind in its own dress, ended as that kind is."""
    sent = notification_sequence(NotificationRoute(form), "Import of a.csv", "5 of 5 orders imported.")
    assert "Import of a.csv" in sent
    assert "5 of 5 orders imported." in sent
    assert foreign_codes(sent.encode()) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("attack", sorted({*ESCAPES, *CONTROLS, ";9;4;1", "Łódź\x9c"}), ids=ascii)
def test_a_hostile_name_stays_words(form: Form, attack: str) -> None:
    """No name ends the sequence early, begins another, or adds a field to it."""
    sent = notification_sequence(NotificationRoute(form), f"Import of {attack}", attack)
    plain = notification_sequence(NotificationRoute(form), "Import of x", "x")
    assert sent.isascii()
    controls = re.compile(r"[\x00-\x1f\x7f;]")
    assert controls.findall(sent) == controls.findall(plain)


def test_tmux_is_passed_in_its_own_dress() -> None:
    """Escapes are doubled within, and the whole is one string for tmux."""
    sent = notification_sequence(NotificationRoute("osc9", tmux=True), "a", "b")
    assert sent == "\x1bPtmux;\x1b\x1b]9;a: b\x07\x1b\\"


def test_without_tmux_nothing_passes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is not there, or does not answer, is a no."""
    assert not tmux_passes_through({"PATH": "/nonexistent"})
