"""Ordex in a real pseudo-terminal: type keys, read the screen, see what the terminal was left as."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte

from tests.support.terminal_codes import modes_left_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent


def children_of(process: int) -> list[int]:
    """The processes that a process started."""
    told = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(word) for word in told.stdout.split()]


def is_running(process: int) -> bool:
    """Whether a process is there and has not ended."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()[:1] not in ("", "Z")


def hear_every_signal() -> None:
    """Begin as under a shell: tests that run in the background would hand on signals that they ignore."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class _Screen(pyte.Screen):
    """pyte's, which fails where vi asks for the keyboard's modifiers by a private ``m``."""

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        """Leave the style as it is where the sequence is private."""
        if not private:
            super().select_graphic_rendition(*attributes)


class PseudoTerminal:
    """A program run in a pseudo-terminal of a given size, its screen kept by an emulator."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int,
        lines: int,
        environ: Mapping[str, str] | None = None,
        command: Sequence[str] = (sys.executable, "-m", "tui"),
        folder: Path | None = None,
    ) -> None:
        self.raw = bytearray()
        self._screen = _Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            command[0],
            [*command[1:], *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **(environ or {})},
            dimensions=(lines, columns),
            timeout=30,
            cwd=folder,
            preexec_fn=hear_every_signal,
        )
        # A terminal answers what it is asked: an answer to something hostile would come back as keys.
        self._screen.write_process_input = self.child.send
        self._before = termios.tcgetattr(self.child.child_fd)

    @property
    def lines(self) -> list[str]:
        """The screen's lines as they stand."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size, as a user does who pulls at its corner."""
        self._screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def press(self, *keys: str) -> None:
        """Send keys as a terminal would."""
        for key in keys:
            self.child.send(key)
            self.settle(0.05)

    def answer(self, key: str) -> None:
        """Press a key in answer to a question, once that accepts one: visible and quiet for half a second."""
        self.settle(0.9)
        self.press(key)

    def insist(self, key: str, wanted: str | Callable[[str], bool], *, limit: float = 30) -> str:
        """Press a key until it took effect: for keys that a moment too soon mean nothing.

        It is pressed again only after a while: on a slow machine it would be typed into what it opens.
        """
        condition = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        until = again = time.monotonic()
        until += limit
        while not condition(self.text):
            now = time.monotonic()
            if now > until:
                raise AssertionError(f"{key!r} never led to {wanted!r} on:\n{self.text}")
            if now >= again:
                self.press(key)
                again = now + 6
            self._read(0.02)
        return self.text

    def settle(self, seconds: float = 0.2) -> None:
        """Read what comes within this time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._read(0.02)

    def wait_for(self, wanted: str | Callable[[str], bool], *, limit: float = 30) -> str:
        """Wait until the text is on the screen, or the condition holds; return the screen.

        Raises:
            AssertionError: it did not come in time; the screen is in the message.
        """
        condition = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        until = time.monotonic() + limit
        while not condition(self.text):
            if time.monotonic() > until:
                raise AssertionError(f"never saw {wanted!r} on:\n{self.text}")
            self._read(0.05)
        return self.text

    def end(self, *, limit: float = 15) -> int:
        """Wait for the program to end; return its exit code, or 128 and the signal that ended it."""
        until = time.monotonic() + limit
        while self.child.isalive():
            if time.monotonic() > until:
                raise AssertionError(f"did not end; the screen is:\n{self.text}")
            self._read(0.05)
        while self._read(0.05):
            pass
        self._after = termios.tcgetattr(self.child.child_fd)
        self.child.close()
        if self.child.exitstatus is None:
            return 128 + int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def end_of(self, process: int, *, limit: float = 15) -> None:
        """Wait for the end of a process that the child started, or that it became an orphan of."""
        until = time.monotonic() + limit
        while is_running(process):
            if time.monotonic() > until:
                raise AssertionError(f"process {process} did not end; the screen is:\n{self.text}")
            self._read(0.05)
        while self._read(0.05):
            pass
        self._after = termios.tcgetattr(self.child.child_fd)

    def vanish(self, *, limit: float = 15) -> int:
        """Close the window under the program; wait until it has ended and return its exit code."""
        self.child.ptyproc.fileobj.close()
        self.child.ptyproc.closed = True
        until = time.monotonic() + limit
        while self.child.isalive():
            if time.monotonic() > until:
                raise AssertionError("it lives on without a terminal")
            time.sleep(0.05)
        return int(self.child.exitstatus if self.child.exitstatus is not None else 128)

    def close(self) -> None:
        """End the program whatever it does."""
        self.child.close(force=True)

    def left_behind(self) -> list[str]:
        """What the program, which has ended, did not put back: modes, keyboard, cursor, line discipline."""
        left = [f"mode {mode} is on" for mode in sorted(modes_left_on(bytes(self.raw)) - {7, 25})]
        if self.raw.rfind(b"\x1b[?25h") < self.raw.rfind(b"\x1b[?25l"):
            left.append("the cursor is hidden")
        if self.raw.rfind(b"\x1b[?7h") < self.raw.rfind(b"\x1b[?7l"):
            left.append("lines do not wrap")
        if len(re.findall(rb"\x1b\[>\d+u", self.raw)) > self.raw.count(b"\x1b[<u"):
            left.append("the keyboard reports otherwise")
        if self._after != self._before:
            left.append("the line discipline is another")
        if re.search(rb"\x1b\][012];|\x1bk", self.raw):
            left.append("the title was changed")
        if self._style_left():
            left.append("the style of the text is another")
        return left

    def _style_left(self) -> bool:
        """Whether text that came now would be coloured."""
        style = self._screen.cursor.attrs
        return style._replace(data=" ") != self._screen.default_char._replace(data=" ")

    def _read(self, seconds: float) -> bool:
        try:
            data = self.child.read_nonblocking(65_536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)
