"""Which terminal this is, as far as the environment says.

Pure: nothing is asked of the terminal itself, since an answer may never come, or come as keys.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .redaction import environment_for_programs

Multiplexer = Literal["", "tmux", "screen", "zellij"]

TRUE_COLOURS = 1 << 24

_PROGRAMS = {
    "Apple_Terminal": "Apple Terminal",
    "iTerm.app": "iTerm2",
    "vscode": "VS Code",
    "WarpTerminal": "Warp",
    "Hyper": "Hyper",
    "ghostty": "Ghostty",
    "rio": "Rio",
    "mintty": "mintty",
    "WezTerm": "WezTerm",
    "Tabby": "Tabby",
    "contour": "Contour",
    "BobTerm": "Bobcat",
}
"""What ``TERM_PROGRAM`` says, and what people call it."""

_MARKS = (
    ("KITTY_WINDOW_ID", "kitty", ""),
    ("ALACRITTY_WINDOW_ID", "Alacritty", ""),
    ("WEZTERM_PANE", "WezTerm", ""),
    ("GHOSTTY_RESOURCES_DIR", "Ghostty", ""),
    ("WT_SESSION", "Windows Terminal", ""),
    ("KONSOLE_VERSION", "Konsole", "KONSOLE_VERSION"),
    ("VTE_VERSION", "GNOME Terminal or another of VTE", "VTE_VERSION"),
    ("TERMINATOR_UUID", "Terminator", ""),
    ("ITERM_SESSION_ID", "iTerm2", ""),
    ("XTERM_VERSION", "xterm", "XTERM_VERSION"),
)
"""Variables that a terminal leaves, the terminal, and the variable with its version."""

_TERMS = {
    "xterm-kitty": "kitty",
    "xterm-ghostty": "Ghostty",
    "alacritty": "Alacritty",
    "wezterm": "WezTerm",
    "contour": "Contour",
    "linux": "the Linux console",
}


@dataclass(frozen=True, slots=True)
class TerminalIdentity:
    """A terminal, told by its environment; texts come from there, so make them visible before showing them.

    ``name`` and ``version`` are empty where they are not known. Inside a multiplexer they are those of the
    terminal around it, as they were when the multiplexer began. ``multiplexer_version`` likewise.
    ``colours`` are what programs use here: 1, 16, 256 or ``TRUE_COLOURS``.
    """

    name: str
    version: str
    term: str
    multiplexer: Multiplexer
    multiplexer_version: str
    remote: bool
    colours: int


def identify(environ: Mapping[str, str]) -> TerminalIdentity:
    """What the environment says of the terminal."""
    multiplexer = _multiplexer(environ)
    name, version = _terminal(environ)
    inner = environ.get("TERM_PROGRAM") == "tmux" and multiplexer == "tmux"
    return TerminalIdentity(
        name=name,
        version=version,
        term=environ.get("TERM", ""),
        multiplexer=multiplexer,
        multiplexer_version=environ.get("TERM_PROGRAM_VERSION", "") if inner else "",
        remote=bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")),
        colours=colours(environ),
    )


def colours(environ: Mapping[str, str]) -> int:
    """How many colours programs use here: what ``COLORTERM`` says, else what ``TERM`` ends in."""
    term = environ.get("TERM", "").strip().lower()
    if term in ("dumb", "unknown"):
        return 1
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE_COLOURS
    return 256 if term.rpartition("-")[2] in ("256color", "kitty") else 16


def _multiplexer(environ: Mapping[str, str]) -> Multiplexer:
    if environ.get("TMUX"):
        return "tmux"
    if environ.get("STY"):
        return "screen"
    return "zellij" if environ.get("ZELLIJ") else ""


def _terminal(environ: Mapping[str, str]) -> tuple[str, str]:
    program = environ.get("TERM_PROGRAM", "")
    if program and program != "tmux":
        return _PROGRAMS.get(program, program), environ.get("TERM_PROGRAM_VERSION", "")
    for variable, name, version in _MARKS:
        if environ.get(variable):
            return name, environ.get(version, "") if version else ""
    if environ.get("TERMINAL_EMULATOR", "").startswith("JetBrains"):
        return "JetBrains' terminal", ""
    # iTerm2 sends these through SSH.
    if environ.get("LC_TERMINAL"):
        return environ["LC_TERMINAL"], environ.get("LC_TERMINAL_VERSION", "")
    term = environ.get("TERM", "")
    if term.startswith("foot"):
        return "foot", ""
    return _TERMS.get(term, ""), ""


SECONDS = 1.0
"""How long tmux may take to answer."""

_OFF = ("", "0", "off")

_ASKED = ("version", "client_termtype", "client_termname", "set-clipboard", "allow-passthrough")


@dataclass(frozen=True, slots=True)
class Tmux:
    """A running tmux. ``outer`` is the terminal around it as that named itself, else its ``TERM``; or empty.

    ``clipboard`` and ``passthrough`` are whether programs inside may set the clipboard, and may speak to the
    terminal around; ``hands_on`` is whether it gives its own buffer to the terminal when it is told to.
    """

    version: str
    outer: str
    clipboard: bool
    passthrough: bool
    hands_on: bool = True


def ask_tmux(environ: Mapping[str, str], *, seconds: float = SECONDS) -> Tmux | None:
    """Ask the tmux that we run in; ``None`` when there is none, or no answer. Not for the event loop."""
    if not environ.get("TMUX"):
        return None
    wanted = "\t".join(f"#{{{name}}}" for name in _ASKED)
    command = ("tmux", "display-message", "-p", wanted)
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=True,
            env=environment_for_programs(environ),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return read_answer(ended.stdout.decode("utf-8", "replace"))


def read_answer(text: str) -> Tmux | None:
    """The answer to our question; ``None`` when it is not one."""
    told = text.rstrip("\n").split("\t")
    if len(told) != len(_ASKED):
        return None
    version, kind, name, clipboard, passthrough = (each.strip() for each in told)
    return Tmux(
        version,
        kind or name,
        clipboard=clipboard in ("on", "2"),
        passthrough=passthrough not in _OFF,
        hands_on=clipboard not in _OFF,
    )
