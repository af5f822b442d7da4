"""Hours at the explorer: the same rounds of keys again and again, and what the process holds after each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.served_process import account, served_process

_FILTER = "status = PAID"
_LIST = "of 2,500 loaded"

_EXPLORER: tuple[tuple[str, str], ...] = (
    *((key, _LIST) for key in ("r", "j", "j", "k", "\r", "1", "2", "3", "4", "5", "6", "r", "\x1b")),
    ("/", "enter done"),
    *((key, "") for key in _FILTER),
    ("\r", "filter"),
    ("j", ""),
    ("\x1b", _LIST),
    ("n", "New order"),
    *((key, "New order") for key in "A-17"),
    ("\x1b", ""),
    *((key, "") for key in ("J", "\x1b", "R", "\x1b", "x", "\x1b", "I", "\x1b", "?", "\x1b", "c", "\x1b")),
    ("s", ""),
    ("\x1b", _LIST),
)
"""Keys, and what each leads to. A screen that closes in two steps is closed by ``_back_to_the_list``."""

_REPL: tuple[tuple[str, str], ...] = (
    ("!", "ctrl-d exits"),
    ("list limit 3\r", "3 of 2,500 orders"),
    ("exit\r", _LIST),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds. ``at`` is seconds since the first key, ``resident`` is in bytes."""

    at: float
    resident: int
    descriptors: int
    threads: int

    @classmethod
    def by(cls, process: int, at: float) -> Held:
        """Read it from ``/proc``."""
        folder = Path(f"/proc/{process}")
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        return cls(
            at,
            int(status["VmRSS"].split()[0]) * 1024,
            len(list((folder / "fd").iterdir())),
            int(status["Threads"]),
        )


@dataclass
class LongSession:
    """An explorer that is used. ``held`` is one measurement a round; ``waits`` are keys and first bytes."""

    terminal: PseudoTerminal
    pause: float
    begun: float = field(default_factory=time.monotonic)
    held: list[Held] = field(default_factory=list)
    waits: list[tuple[float, float]] = field(default_factory=list)
    """Seconds since the first key, and seconds from a key to the first byte that came after it."""

    def use(self, seconds: float, *, repl_every: int = 4) -> None:
        """Play rounds for so long; one in ``repl_every`` goes through the REPL."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for key, wanted in _EXPLORER:
                if key == "/":
                    self._back_to_the_list()
                self.press(key, wanted)
            self._back_to_the_list()
            if len(self.held) % repl_every == 0:
                self.visit_repl()
            self.measure()

    def visit_repl(self, times: int = 1) -> None:
        """Go to the REPL and back."""
        for _ in range(times):
            for key, wanted in _REPL:
                self.press(key, wanted, is_timed=False)

    def refresh(self, times: int) -> None:
        """Press ``r`` so many times, and wait for each reading."""
        for _ in range(times):
            calls = self.terminal.text.rpartition("calls left")[0][-20:]
            self.terminal.child.send("r")
            self.terminal.wait_for(lambda screen, calls=calls: calls not in screen)

    def measure(self) -> Held:
        """Note what is held now."""
        self.held.append(Held.by(self.terminal.child.pid, time.monotonic() - self.begun))
        return self.held[-1]

    def press(self, key: str, wanted: str = "", *, is_timed: bool = True) -> None:
        """Send a key, wait for its first byte, and for what it leads to."""
        terminal = self.terminal
        sent, before = time.monotonic(), len(terminal.raw)
        terminal.child.send(key)
        while len(terminal.raw) == before and time.monotonic() < sent + 1:
            terminal._read(0.05)
        if is_timed and len(terminal.raw) > before:
            self.waits.append((sent - self.begun, time.monotonic() - sent))
        if wanted:
            terminal.wait_for(wanted, limit=60)
        terminal.settle(self.pause)

    def _back_to_the_list(self) -> None:
        # The footer tells where the focus is: "/ find" is the detail's.
        self.terminal.insist(
            "\x1b", lambda screen: _LIST in screen and "/ filter" in screen and "New order" not in screen
        )


@contextmanager
def long_session(home: Path, *, pause: float = 0.1) -> Iterator[LongSession]:
    """Serve a sandbox and open an explorer on it; ``pause`` is the seconds between two keys."""
    with served_process("--rate-limit", "9000000/3600") as told:
        environ = {"ORDEX_HOME": str(home), "VISUAL": "true", **account(told)}
        terminal = PseudoTerminal(["--write"], columns=120, lines=40, environ=environ)
        try:
            terminal.wait_for(_LIST, limit=60)
            yield LongSession(terminal, pause)
        finally:
            terminal.close()
