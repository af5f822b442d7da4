"""Copies text to the user's clipboard by the first route that works.

``plan`` lists the routes for an environment and can be tested without a terminal; ``copy`` tries them in
order. Programs receive the text on standard input, never through a shell or as an argument, since arguments
are visible to every user of the machine.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.errors import OrdexError
from tui.files.atomic_write import atomic_write
from tui.files.private_folder import make_private_folder

from .redaction import environment_for_programs

TERMINAL_LIMIT = 74_994
"""Bytes in an OSC 52 sequence at most: common terminals drop sequences over 100,000 characters."""

PROGRAM_SECONDS = 2.0
"""Seconds to wait for a clipboard program before the next route is tried."""

SCREEN_CHUNK = 76
"""Characters of a pass-through string at most: GNU screen cuts longer ones."""

FILE_NAME = "clipboard.txt"

Kind = Literal["program", "terminal", "file"]
Which = Callable[[str], str | None]


class ClipboardError(OrdexError):
    """No route worked; the message names each route and why it failed."""

    title = "Nothing was copied"


@dataclass(frozen=True, slots=True)
class ClipboardRoute:
    """A route to the clipboard.

    ``argv`` is the command of a program. ``wrap`` names the multiplexer that a terminal sequence must pass.
    """

    kind: Kind
    name: str
    argv: tuple[str, ...] = ()
    wrap: Literal["", "tmux", "screen"] = ""


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """The result of a copy: the route, the number of UTF-8 bytes, and a message for the user."""

    way: ClipboardRoute
    bytes: int
    note: str


_PBCOPY = ("pbcopy",)
_CLIP = ("clip.exe",)
_WAYLAND = ("wl-copy",)
_X11 = (("xclip", "-selection", "clipboard", "-in"), ("xsel", "--clipboard", "--input"))
_TMUX = ("tmux", "load-buffer", "-w", "-")
"""Sets tmux's buffer and, from tmux 3.2, the outer terminal's clipboard; older versions lack ``-w``."""

_TO_FILE = ClipboardRoute("file", "file")


def plan(
    environ: Mapping[str, str], *, which: Which, platform: str, release: str = "", prefer: str = ""
) -> tuple[ClipboardRoute, ...]:
    """The routes to try, best first; the last one is always the file.

    Args:
        environ: the environment variables.
        which: finds the path of a program, like ``shutil.which``.
        platform: ``sys.platform``.
        release: the kernel's release; on WSL it contains ``microsoft``.
        prefer: the name of the route to try first, if it is available.

    Over SSH, programs fill the clipboard of the remote machine, so the user's terminal comes first. An X
    display that is forwarded over SSH belongs to the user, too.
    """
    native = _programs(_native_commands(environ, platform, release), which)
    display = _programs(_X11 if environ.get("DISPLAY") else (), which)
    terminal = [*(_programs((_TMUX,), which) if environ.get("TMUX") else ()), *_terminal(environ)]
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    ways = [*display, *terminal, *native] if remote else [*native, *display, *terminal]
    ways.append(_TO_FILE)
    return tuple(sorted(ways, key=lambda way: way.name != prefer))


def plan_here(prefer: str = "") -> tuple[ClipboardRoute, ...]:
    """The plan for this process."""
    release = os.uname().release if hasattr(os, "uname") else ""
    return plan(os.environ, which=shutil.which, platform=sys.platform, release=release, prefer=prefer)


def copy(
    text: str,
    *,
    ways: Sequence[ClipboardRoute],
    write: Callable[[str], object] | None,
    folder: Path,
    seconds: float = PROGRAM_SECONDS,
) -> CopyOutcome:
    """Copy by the first route that works. Blocks up to ``seconds`` for each program.

    Args:
        text: the text; lone surrogates are escaped, since no clipboard accepts them.
        ways: the result of ``plan``.
        write: writes the terminal sequence; ``None`` without a terminal.
        folder: the folder of the file, created with mode 0700.
        seconds: the time limit of one program.

    Raises:
        ClipboardError: not even the file can be written.
    """
    encoded = text.encode("utf-8", "backslashreplace")
    failures: list[str] = []
    for way in ways:
        try:
            note = _by(way, encoded, write, folder, seconds)
        except (OSError, subprocess.SubprocessError, ClipboardError) as error:
            failures.append(f"{way.name}: {_reason(error, seconds)}")
        else:
            return CopyOutcome(way, len(encoded), note)
    raise ClipboardError("no clipboard accepted the text: " + "; ".join(failures))


def osc52(encoded: bytes, wrap: str = "") -> str:
    """The sequence that asks the terminal to set its clipboard, wrapped for the multiplexer.

    tmux receives it both wrapped (for ``allow-passthrough``) and plain (for ``set-clipboard on``), since
    either setting may be on.
    """
    bare = "\x1b]52;c;" + base64.b64encode(encoded).decode("ascii") + "\x07"
    if wrap == "tmux":
        return "\x1bPtmux;" + bare.replace("\x1b", "\x1b\x1b") + "\x1b\\" + bare
    if wrap == "screen":
        chunks = (bare[at : at + SCREEN_CHUNK] for at in range(0, len(bare), SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return bare


def _native_commands(environ: Mapping[str, str], platform: str, release: str) -> tuple[tuple[str, ...], ...]:
    if platform == "darwin":
        return (_PBCOPY,)
    if platform in ("win32", "cygwin", "msys"):
        return (_CLIP,)
    under_windows = "WSL_DISTRO_NAME" in environ or "WSL_INTEROP" in environ or "microsoft" in release.lower()
    wayland = (_WAYLAND,) if environ.get("WAYLAND_DISPLAY") else ()
    return ((_CLIP,) if under_windows else ()) + wayland


def _programs(commands: Sequence[tuple[str, ...]], which: Which) -> list[ClipboardRoute]:
    found = ((command, which(command[0])) for command in commands)
    return [
        ClipboardRoute("program", command[0].removesuffix(".exe"), (path, *command[1:]))
        for command, path in found
        if path
    ]


def _terminal(environ: Mapping[str, str]) -> list[ClipboardRoute]:
    if environ.get("TERM", "") in ("", "dumb") and not environ.get("TMUX"):
        return []
    if environ.get("TMUX"):
        return [ClipboardRoute("terminal", "terminal", wrap="tmux")]
    return [ClipboardRoute("terminal", "terminal", wrap="screen" if environ.get("STY") else "")]


def _by(
    way: ClipboardRoute, encoded: bytes, write: Callable[[str], object] | None, folder: Path, seconds: float
) -> str:
    if way.kind == "program":
        _run(way, encoded, seconds)
        return "in tmux's buffer, passed to the terminal" if way.name == "tmux" else f"copied with {way.name}"
    if way.kind == "terminal":
        if write is None:
            raise ClipboardError("there is no terminal")
        if len(encoded) > TERMINAL_LIMIT:
            raise ClipboardError(f"more than {TERMINAL_LIMIT:,} bytes do not fit in a terminal sequence")
        write(osc52(encoded, way.wrap))
        return "sent to the terminal, which does not confirm it"
    return f"no clipboard was reached; saved to {_save(encoded, folder)}"


def _run(way: ClipboardRoute, encoded: bytes, seconds: float) -> None:
    # Discard the output: wl-copy and xclip leave a process behind that would keep a pipe open.
    subprocess.run(  # noqa: S603 - a fixed command found on PATH, no shell, data only on stdin
        way.argv,
        input=_for_windows(encoded) if way.name == "clip" else encoded,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment_for_programs(os.environ) | ({"LC_CTYPE": "UTF-8"} if way.name == "pbcopy" else {}),
        timeout=seconds,
        check=True,
    )


def _for_windows(encoded: bytes) -> bytes:
    """Encode for ``clip.exe``, which reads the console's code page or UTF-16, but not UTF-8."""
    return encoded if encoded.isascii() else encoded.decode("utf-8").encode("utf-16-le")


def _save(encoded: bytes, folder: Path) -> Path:
    make_private_folder(folder)
    destination = folder / FILE_NAME
    with atomic_write(destination, overwrite=True, durable=False, follow_link=False) as file:
        file.write(encoded)
    return destination


def _reason(error: Exception, seconds: float) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"no answer in {seconds:g} s"
    if isinstance(error, subprocess.CalledProcessError):
        return f"exit code {error.returncode}"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)
