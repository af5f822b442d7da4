"""Which terminal and tmux the process runs in, according to the environment and tmux.

The terminal itself is not queried: its answer may be missing, or arrive as keys.
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
"""Values of ``TERM_PROGRAM`` and the names of the terminals."""

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
"""Variables that terminals set: the name, and the variable with the version."""

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
    """A terminal as described by environment variables, whose texts are not visible text yet.

    ``name`` and ``version`` are empty if unknown. Inside a multiplexer they describe the outer terminal at
    the time when the multiplexer started. ``colours`` is 1, 16, 256 or ``TRUE_COLOURS``.
    """

    name: str
    version: str
    term: str
    multiplexer: Multiplexer
    multiplexer_version: str
    remote: bool
    colours: int


def identify(environ: Mapping[str, str]) -> TerminalIdentity:
    """Identify the terminal from the environment."""
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
    """The number of colours, from ``COLORTERM``, else from the suffix of ``TERM``."""
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
"""Seconds to wait for tmux's answer."""

_OFF = ("", "0", "off")

_ASKED = ("version", "client_termtype", "client_termname", "set-clipboard", "allow-passthrough")


@dataclass(frozen=True, slots=True)
class Tmux:
    """A running tmux. ``outer`` is the name of the outer terminal, else its ``TERM``, or empty.

    ``clipboard`` and ``passthrough`` are whether programs may set the clipboard and send sequences to the
    outer terminal; ``hands_on`` is whether tmux can send its buffer to the outer terminal.
    """

    version: str
    outer: str
    clipboard: bool
    passthrough: bool
    hands_on: bool = True


def ask_tmux(environ: Mapping[str, str], *, seconds: float = SECONDS) -> Tmux | None:
    """Query the tmux that the process runs in; ``None`` without tmux or an answer. Blocks."""
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
    """Parse tmux's answer; ``None`` if it is malformed."""
    values = text.rstrip("\n").split("\t")
    if len(values) != len(_ASKED):
        return None
    version, kind, name, clipboard, passthrough = (each.strip() for each in values)
    return Tmux(
        version,
        kind or name,
        clipboard=clipboard in ("on", "2"),
        passthrough=passthrough not in _OFF,
        hands_on=clipboard not in _OFF,
    )
