"""Desktop notifications by escape sequence, in terminals that are known to support them.

The text is reduced to ASCII: some terminals read bytes of other characters as the end of a sequence.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .redaction import environment_for_programs
from .visible import visible

Form = Literal["osc9", "osc99", "osc777"]
"""The sequences of iTerm2 (also WezTerm, Ghostty), kitty, and rxvt (also foot)."""

LIMIT = 200
"""Characters of the text at most."""

SECONDS = 1.0
"""Seconds to wait for tmux's answer."""


@dataclass(frozen=True, slots=True)
class NotificationRoute:
    """The sequence of a terminal, and whether it has to pass through tmux."""

    form: Form
    tmux: bool = False


def notification_route(environ: Mapping[str, str]) -> NotificationRoute | None:
    """The sequence for the terminal of this environment; ``None`` if it is not known to support any."""
    if environ.get("TERM", "") in ("", "dumb") or environ.get("STY"):
        return None
    form = _form(environ)
    return None if form is None else NotificationRoute(form, tmux=bool(environ.get("TMUX")))


def tmux_passes_through(environ: Mapping[str, str]) -> bool:
    """Whether tmux passes unknown sequences on (``allow-passthrough``). Blocks for a moment."""
    try:
        result = subprocess.run(
            ["tmux", "show-options", "-Apv", "allow-passthrough"],  # noqa: S607 - the one around us
            capture_output=True,
            env=environment_for_programs(environ),
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return result.stdout.strip() in (b"on", b"all")


def notification_sequence(way: NotificationRoute, title: str, text: str) -> str:
    """The escape sequence that shows a notification."""
    head, body = _plain(title), _plain(text)
    if way.form == "osc9":
        bare = f"\x1b]9;{head}: {body}\x07"
    elif way.form == "osc777":
        bare = f"\x1b]777;notify;{head};{body}\x07"
    else:
        bare = f"\x1b]99;i=ordex:d=0:o=unfocused;{head}\x1b\\\x1b]99;i=ordex:d=1:p=body;{body}\x1b\\"
    return "\x1bPtmux;" + bare.replace("\x1b", "\x1b\x1b") + "\x1b\\" if way.tmux else bare


def _form(environ: Mapping[str, str]) -> Form | None:
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if term == "xterm-kitty" or environ.get("KITTY_WINDOW_ID"):
        return "osc99"
    if program in ("iTerm.app", "WezTerm", "ghostty") or term == "xterm-ghostty":
        return "osc9"
    if environ.get("LC_TERMINAL") == "iTerm2" or environ.get("WEZTERM_PANE"):
        return "osc9"
    return "osc777" if term.startswith(("foot", "rxvt-unicode")) else None


def _plain(text: str) -> str:
    """Visible ASCII without the separators of sequences."""
    return visible(text, limit=LIMIT).encode("ascii", "replace").decode().replace(";", ",")
