"""Ordex in a real pseudo-terminal: type keys, read the screen, see what the terminal was left as."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent


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
    ) -> None:
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            command[0],
            [*command[1:], *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **(environ or {})},
            dimensions=(lines, columns),
            timeout=30,
        )

    @property
    def lines(self) -> list[str]:
        """The screen's lines as they stand."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def press(self, *keys: str) -> None:
        """Send keys as a terminal would."""
        for key in keys:
            self.child.send(key)
            self.settle(0.05)

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
        """Wait for the program to end; return its exit code."""
        until = time.monotonic() + limit
        while self.child.isalive():
            if time.monotonic() > until:
                raise AssertionError(f"did not end; the screen is:\n{self.text}")
            self._read(0.05)
        self._read(0.05)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else 128)

    def close(self) -> None:
        """End the program whatever it does."""
        self.child.close(force=True)

    def left_clean(self) -> bool:
        """Whether each mode that was switched on has been switched off: screen, mouse, paste, cursor."""
        on_off = [
            (b"?1049h", b"?1049l"),
            (b"?1000h", b"?1000l"),
            (b"?1003h", b"?1003l"),
            (b"?2004h", b"?2004l"),
        ]
        balanced = all(self.raw.rfind(off) >= self.raw.rfind(on) for on, off in on_off)
        return balanced and self.raw.rfind(b"?25h") > self.raw.rfind(b"?25l")

    def _read(self, seconds: float) -> None:
        try:
            data = self.child.read_nonblocking(65_536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self._stream.feed(data)
