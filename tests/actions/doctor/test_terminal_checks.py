"""What is said of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tui.actions.doctor.finding import CheckResult
from tui.actions.doctor.terminal_checks import Streams, Terminal, look_at_terminal, terminal_section
from tui.terminal.clipboard import plan
from tui.terminal.terminal_identity import Tmux, identify

SCREEN = Streams(stdin=True, stdout=True, stderr=True, size=(120, 40), encoding="UTF-8")
PIPE = Streams(stdin=True, stdout=False, stderr=True, size=(120, 40), encoding="UTF-8")


def told(
    environ: Mapping[str, str],
    *,
    streams: Streams = SCREEN,
    tmux: Tmux | None = None,
    programs: str = "",
    **more: Any,
) -> dict[str, CheckResult]:
    """The findings by name, on a Linux machine with these clipboard programs."""
    terminal = Terminal(
        identity=identify(environ),
        streams=streams,
        tmux=tmux,
        ways=plan(environ, which=lambda name: name if name in programs.split() else None, platform="linux"),
        locale="en_GB.UTF-8",
        **{"wishes": {}, **more},
    )
    return {found.name: found for found in terminal_section(terminal).findings}


def test_a_good_terminal_has_nothing_to_do() -> None:
    """Named, in size and colours, with the clipboard's way."""
    found = told({"TERM": "xterm-kitty", "COLORTERM": "truecolor"})
    assert {finding.level for finding in found.values()} == {"ok"}
    assert found["name"].text == "kitty; TERM is xterm-kitty"
    assert found["colours"].text == "16 million"
    assert "OSC 52" in found["clipboard"].text


def test_tmux_tells_of_the_terminal_around_it() -> None:
    """By its own word before the variables', which may be of another terminal."""
    environ = {"TERM": "tmux-256color", "TMUX": "x,1,0", "KITTY_WINDOW_ID": "1", "SSH_TTY": "/dev/pts/0"}
    tmux = Tmux("3.4", "ghostty 1.1", clipboard=True, passthrough=False)
    assert told(environ, tmux=tmux)["name"].text == (
        "tmux 3.4 in ghostty 1.1, over SSH; TERM is tmux-256color"
    )
    assert told(environ)["name"].text.startswith("tmux in kitty")


def test_a_tmux_that_keeps_the_clipboard_is_warned_of() -> None:
    """What sets it free is said; it is fine when either way through is open."""
    environ = {"TERM": "tmux-256color", "TMUX": "x,1,0"}
    found = told(environ, tmux=Tmux("3.4", "", clipboard=False, passthrough=False))["clipboard"]
    assert (found.level, found.to_do) == ("warn", "tmux set -s set-clipboard on")
    for way in ({"clipboard": True, "passthrough": False}, {"clipboard": False, "passthrough": True}):
        assert told(environ, tmux=Tmux("3.4", "", **way))["clipboard"].level == "ok"


def test_the_buffer_of_tmux_is_as_good_as_its_setting() -> None:
    """Left as it comes, tmux hands its buffer on; with the setting off the text stays inside."""
    environ = {"TERM": "tmux-256color", "TMUX": "x,1,0"}
    left = told(environ, programs="tmux", tmux=Tmux("3.4", "", clipboard=False, passthrough=False))
    assert left["clipboard"].level == "ok"
    off = told(environ, programs="tmux", tmux=Tmux("3.4", "", False, False, hands_on=False))["clipboard"]
    assert (off.level, off.to_do) == ("warn", "tmux set -s set-clipboard external")


def test_a_terminal_that_leaves_the_clipboard_alone_is_warned_of() -> None:
    """By name, with what to install."""
    found = told({"TERM": "xterm-256color", "VTE_VERSION": "7600"})["clipboard"]
    assert found.level == "warn"
    assert "GNOME Terminal or another of VTE does not support it" in found.text


def test_a_dumb_terminal_has_the_linear_mode() -> None:
    """The explorer cannot be shown; copies go to a file."""
    found = told({"TERM": "dumb"})
    assert found["explorer"].level == "warn"
    assert "ordex --linear" in found["explorer"].to_do
    assert found["colours"].text == "none"
    assert "saved to a file" in found["clipboard"].text


def test_a_pipe_is_no_fault() -> None:
    """A report is often written to a file."""
    found = told({"TERM": "xterm"}, streams=PIPE)["explorer"]
    assert (found.level, found.text) == ("ok", "not from here: stdout is no terminal; commands work")


@pytest.mark.parametrize(("size", "level"), [((80, 24), "ok"), ((79, 24), "warn"), ((80, 23), "warn")])
def test_a_small_window_is_warned_of(size: tuple[int, int], level: str) -> None:
    """What the explorer is made for is 80 × 24."""
    streams = Streams(stdin=True, stdout=True, stderr=True, size=size, encoding="UTF-8")
    assert told({"TERM": "xterm"}, streams=streams)["size"].level == level


def test_another_encoding_is_warned_of() -> None:
    """Names come out wrong in it."""
    streams = Streams(stdin=True, stdout=True, stderr=True, size=None, encoding="ANSI_X3.4-1968")
    found = told({"TERM": "xterm"}, streams=streams)
    assert found["text"].level == "warn"
    assert "size" not in found


def test_no_colour_is_a_wish() -> None:
    """It is said that it is one."""
    found = told({"TERM": "xterm"}, wishes={"NO_COLOR": "1"})
    assert found["colours"].text == "none, since NO_COLOR is set"


def test_looking_takes_no_answer_from_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is written to it: an answer would come as keys."""
    look_at_terminal({"TERM": "xterm-256color"})
    assert capfd.readouterr() == ("", "")
