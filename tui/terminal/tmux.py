"""What tmux says of itself and of the terminal around it. It answers by a command of its own, not as keys."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from .redaction import environment_for_programs

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
