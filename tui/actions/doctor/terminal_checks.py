"""Checks of the terminal: which one it is, and what works in it."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass

from tui.terminal.clipboard import TERMINAL_LIMIT, ClipboardRoute, plan_here
from tui.terminal.terminal_identity import TRUE_COLOURS, TerminalIdentity, Tmux, ask_tmux, identify

from .finding import CheckResult, Section, ok, warn

COLUMNS, LINES = 80, 24
"""The smallest size that the explorer supports."""

_NO_CLIPBOARD = {
    "Apple Terminal": "",
    "GNOME Terminal or another of VTE": "",
    "xterm": "unless allowWindowOps is on",
    "iTerm2": "unless its settings let applications access the clipboard",
}
"""Terminals that ignore clipboard requests by default, and how to allow them."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams that are terminals, and the size of the first one in columns and lines."""

    stdin: bool
    stdout: bool
    stderr: bool
    size: tuple[int, int] | None
    encoding: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """What is known of the terminal. ``wishes`` are the variables by which the user asks for something."""

    identity: TerminalIdentity
    streams: Streams
    tmux: Tmux | None
    ways: tuple[ClipboardRoute, ...]
    locale: str
    wishes: Mapping[str, str]


WISHES = ("NO_COLOR", "CLICOLOR_FORCE", "ORDEX_LINEAR")


def look_at_terminal(environ: Mapping[str, str]) -> Terminal:
    """Look at the streams and the environment; tmux is asked when there is one. Not for the event loop."""
    return Terminal(
        identity=identify(environ),
        streams=_streams(),
        tmux=ask_tmux(environ),
        ways=plan_here(),
        locale=environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "",
        wishes={name: environ[name] for name in WISHES if environ.get(name)},
    )


def terminal_section(terminal: Terminal) -> Section:
    """The findings about the terminal."""
    findings = [
        _name(terminal),
        _explorer(terminal),
        *_size(terminal.streams),
        _colours(terminal),
        _text(terminal),
        _clipboard(terminal),
        ok("mouse", "used; hold Shift (Option in iTerm2, Fn in Apple Terminal) to select text with it"),
    ]
    return Section("Terminal", tuple(findings))


def _name(terminal: Terminal) -> CheckResult:
    identity, tmux = terminal.identity, terminal.tmux
    words = " ".join(part for part in (identity.name, identity.version) if part) or "an unnamed terminal"
    if identity.multiplexer == "tmux":
        version = tmux.version if tmux else identity.multiplexer_version
        around = tmux.outer if tmux and tmux.outer else words
        words = f"tmux {version}".strip() + f" in {around}"
    elif identity.multiplexer:
        words = f"{identity.multiplexer} in {words}"
    over = ", over SSH" if identity.remote else ""
    return ok("name", f"{words}{over}; TERM is {identity.term or 'not set'}")


def _explorer(terminal: Terminal) -> CheckResult:
    streams = {"stdin": terminal.streams.stdin, "stdout": terminal.streams.stdout}
    if terminal.identity.term == "dumb":
        return warn(
            "explorer",
            "cannot be shown, since TERM is dumb",
            "the commands and “ordex --linear” work; set TERM to the terminal's name",
        )
    not_one = [name for name, is_terminal in streams.items() if not is_terminal]
    if not_one:
        verb = "is" if len(not_one) == 1 else "are"
        return ok("explorer", f"not from here: {' and '.join(not_one)} {verb} no terminal; commands work")
    return ok("explorer", "can be shown: stdin and stdout are a terminal")


def _size(streams: Streams) -> tuple[CheckResult, ...]:
    if streams.size is None:
        return ()
    columns, lines = streams.size
    text = f"{columns} × {lines}"
    if columns >= COLUMNS and lines >= LINES:
        return (ok("size", text),)
    return (warn("size", f"{text}; the explorer needs {COLUMNS} × {LINES} to show all it can", "enlarge it"),)


def _colours(terminal: Terminal) -> CheckResult:
    number = terminal.identity.colours
    if "NO_COLOR" in terminal.wishes:
        return ok("colours", "none, since NO_COLOR is set")
    if number == TRUE_COLOURS:
        return ok("colours", "16 million")
    if number == 1:
        return ok("colours", "none")
    return ok(
        "colours",
        f"{number}; the nearest to the theme's are shown. set COLORTERM=truecolor if it supports more",
    )


def _text(terminal: Terminal) -> CheckResult:
    encoding, locale_name = terminal.streams.encoding, terminal.locale or "not set"
    if encoding.lower().replace("-", "") == "utf8":
        return ok("text", f"UTF-8, the locale is {locale_name}")
    return warn(
        "text",
        f"{encoding or 'of an unknown encoding'}, the locale is {locale_name}",
        "set LANG to a locale of UTF-8, such as C.UTF-8, or names and symbols are shown incorrectly",
    )


def _clipboard(terminal: Terminal) -> CheckResult:
    way = terminal.ways[0]
    if way.name == "tmux":
        return _by_tmux(terminal)
    if way.kind == "program":
        return ok("clipboard", f"by {way.name}")
    if way.kind == "file":
        return warn(
            "clipboard",
            "not available here; copies are saved to a file",
            "install wl-clipboard or xclip, or use a terminal that supports OSC 52",
        )
    through = f" through {terminal.identity.multiplexer}" if way.wrap else ""
    text = (
        f"by asking the terminal{through} (OSC 52), which does not answer; {TERMINAL_LIMIT:,} bytes at most"
    )
    return _doubted(terminal, text) or ok("clipboard", text)


def _by_tmux(terminal: Terminal) -> CheckResult:
    if terminal.tmux is not None and not terminal.tmux.hands_on:
        return warn(
            "clipboard",
            "in tmux's buffer, but tmux does not pass it to the terminal",
            "tmux set -s set-clipboard external",
        )
    return ok("clipboard", "in tmux's buffer, which passes it to the terminal if that supports OSC 52")


def _doubted(terminal: Terminal, text: str) -> CheckResult | None:
    """Why asking the terminal for its clipboard may well be in vain."""
    tmux, name = terminal.tmux, terminal.identity.name
    if tmux is not None and not (tmux.clipboard or tmux.passthrough):
        return warn(
            "clipboard",
            "by asking the terminal through tmux (OSC 52), but tmux does not allow it",
            "tmux set -s set-clipboard on",
        )
    if name in _NO_CLIPBOARD and not terminal.identity.multiplexer:
        unless = _NO_CLIPBOARD[name]
        return warn(
            "clipboard",
            f"{text}. {name} does not support it" + (f" {unless}" if unless else ""),
            "install wl-clipboard or xclip on this machine; without them nothing can be copied",
        )
    return None


def _streams() -> Streams:
    # By number: the explorer puts something else in the place of the objects.
    found = [_is_terminal(number) for number in range(3)]
    return Streams(
        stdin=found[0],
        stdout=found[1],
        stderr=found[2],
        size=_window() if any(found) else None,
        encoding=locale.getencoding(),
    )


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False


def _window() -> tuple[int, int] | None:
    for number in (1, 2, 0):
        try:
            size = os.get_terminal_size(number)
        except OSError:
            continue
        return size.columns, size.lines
    return None
