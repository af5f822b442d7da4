"""A random walk of keys through the whole program, on a service that is slow, failing and unusual."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.odd_service.catalogue import FAMILIES
from tests.support.odd_service.exchange import Exchange
from tests.support.odd_service.proxy import Proxy, proxied
from tests.support.odd_service.ways import Way
from tests.support.sandbox import an_order, running_sandbox
from tests.support.screen_recording import RecordingTerminal

ORDERS = 230
SIZES = ((80, 24), (100, 30), (120, 36))
WAYS: tuple[Way, ...] = tuple(way for family in FAMILIES.values() for way in family)
KEYS = 200
LONGEST_END = 90.0
"""Seconds that the program may take to end: it waits for a change that is being sent."""

_EDITORS = {
    "fails": "#!/bin/sh\nexit 1\n",
    "quits vi with an error": '#!/bin/sh\nexec vi -u NONE -c cq "$1"\n',
    "vi": '#!/bin/sh\nexec vi -u NONE "$1"\n',
    "changes nothing": "#!/bin/sh\nexit 0\n",
    "writes garbage": '#!/bin/sh\nhead -c 300 /dev/urandom > "$1"\n',
    "leaves the terminal raw": (
        "#!/bin/sh\nprintf '\\033[?1049h\\033[?25l\\033[?1003h'\nstty raw -echo\nexit 3\n"
    ),
    "is ended": "#!/bin/sh\nkill -TERM $$\n",
    "writes an order": '#!/bin/sh\nprintf \'{"source_id": "edited", "amount": 700}\' > "$1"\n',
}

_LEADS = (
    "\r",
    "\x1b",
    "j",
    "s",
    "i",
    "x",
    "J",
    "R",
    "n",
    "e",
    "S",
    ":",
    "/",
    "T",
    "c",
    "?",
    "p",
    "!",
    "I",
    "u",
)
"""Keys that open something, or take it; they come more often."""

_OTHERS = (
    *"abdfghklmortvwyzADEFGHLMPUWXY0123456789,.;@#$%^&*()_+-=[]{}\"'<> ",
    "\t", "\x1b[Z", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x7f",
    "\x1b[3~", "\x03", "\x04", "\x05", "\x06", "\x0e", "\x0f", "\x10", "\x12", "\x13", "\x15", "\x19", "\x1a",
)  # fmt: skip

_COURSES: tuple[tuple[str, ...], ...] = (
    ("n", "W", "1", "\t", "\t", "5", "\x13", "think", "y"),
    ("n", "W", "2", "\x13", "y", "y"),
    ("n", "\x05", "think", "\x1b"),
    ("e", "\x05", "think", "\x13", "think", "y"),
    ("S", "j", "\r", "think", "y"),
    ("S", "\r", "y"),
    (" ", " ", "S", "j", "\r", "think", "y"),
    ("u", "think", "y"),
    ("u", "y"),
    ("i", *"in.csv", "\r", "\x13", "think", "y"),
    ("i", *"in.jsonl", "\r", "y", "\r"),
    ("x", "think", "\x13"),
    ("x", "\x13", "y"),
    ("J", "\r", "j", "\r", "\x1b", "\x1b"),
    ("p", "j", "\r"),
    ("!", "think", *"list limit 3", "\r"),
    ("!", "think", *"create source_id=R1 amount=5", "\r", "think", "y", "\r", "think", *"exit", "\r"),
    ("!", "create source_id=R2 amount=5\ry\r", "exit\r"),
    ("!", "think", "update source-7 status=PAID\r", "y\r", "think", "exit\r"),
    ("!", "think", "exit\r"),
    ("/", *"amount>1100", "\r"),
    ("r", "r", "G", "r"),
)
"""Keys in an order that leads somewhere; ``think`` is a pause in which a question can be read."""

_FAULTS = (b"Traceback", b"bug in Ordex", b"unexpected error")


@dataclass
class Walk:
    """One walk: what it presses follows from its number."""

    number: int
    folder: Path
    proxy: Proxy
    terminal: RecordingTerminal
    rng: random.Random
    faults: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    _is_hidden: bool = False

    def run(self, keys: int) -> list[str]:
        """Walk, end the program, and look back; what does not hold."""
        pause = 1 / self.rng.uniform(5, 50)
        self.terminal.settle(self.rng.choice((0.2, 1.0, 2.5)))
        course: list[str] = []
        for at in range(keys):
            if at % 40 == 10:
                self._change_service()
            if not course:
                course = self._next_course()
            self._press(course.pop(0), pause)
            if not self.terminal.child.isalive():
                break
        self.proxy.way, self.proxy.delay = None, 0.0
        self._end()
        self._look_back()
        return self.faults

    def _next_course(self) -> list[str]:
        if self.rng.random() < 0.25:
            return list(self.rng.choice(_COURSES))
        return [self.rng.choice(_LEADS if self.rng.random() < 0.5 else _OTHERS)]

    def _press(self, key: str, pause: float) -> None:
        if key == "think":
            self.terminal.settle(self.rng.uniform(0.6, 1.2))
            return
        self.terminal.key(key)
        self.terminal.settle(pause * self.rng.uniform(0.5, 1.5))
        self._check_facts()

    def _change_service(self) -> None:
        way = self.rng.choice((None, *self.rng.sample(WAYS, 3)))
        self._is_hidden |= way is not None and way.hides
        self.ways.append(str(way))
        self.proxy.way = way
        self.proxy.delay = self.rng.choice((0.0, 0.0, 0.1, 0.4, 1.5))

    def _check_facts(self) -> None:
        line = self.terminal.lines[-2]
        whole = re.search(r"^ all ([\d,]+) loaded", line)
        if whole and not self._is_hidden and _number(whole[1]) < ORDERS:
            self.faults.append(f"says {whole[0]!r} of {ORDERS}")
        part = re.search(r"^ ([\d,]+) of ([\d,-]+) loaded", line)
        if part and (part[2].startswith("-") or _number(part[1]) >= _number(part[2])):
            self.faults.append(f"says {part[0]!r}")

    def _end(self) -> None:
        """Close whatever is open, one by one: an editor, dialogs, the REPL, the explorer."""
        terminal, until = self.terminal, time.monotonic() + LONGEST_END
        while terminal.child.isalive() and time.monotonic() < until:
            for key in self._ways_out():
                if terminal.child.isalive():
                    terminal.key(key)
                    terminal.settle(0.8 if key == "\x11" else 0.25)
        try:
            code = terminal.end(limit=20)
        except AssertionError as error:
            os.kill(terminal.child.pid, signal.SIGABRT)  # writes where each thread is
            terminal.settle(5)
            stacks = bytes(terminal.raw).rpartition(b"Fatal Python error")[2].decode("utf-8", "replace")
            self.faults.append(f"hangs: {error}\n{stacks}")
            return
        was_interrupted = code == 130 and b"interrupted" in terminal.raw  # ctrl+c before the explorer is open
        if code and not was_interrupted:
            self.faults.append(f"exit code {code}")
        self.faults += terminal.left_behind()

    def _ways_out(self) -> tuple[str, ...]:
        screen = self.terminal.text
        if re.search(r"^~$", screen, re.MULTILINE) or '"order.json"' in screen or "order.json" in screen:
            return ("\x1b", "\x1b", ":cq!\r")
        is_repl = re.search(r"\[RW?\]( MASKED)?>", screen) is not None
        if is_repl or "ctrl-d exits" in screen or "[y/N]" in screen:
            return ("\x03", "exit\r")
        return ("\x03", "q") if self._pages() else ("\x1b", "\x11", "y")

    def _pages(self) -> bool:
        """Whether a pager has the terminal: it is left by keys of its own."""
        children = Path(f"/proc/{self.terminal.child.pid}/task").glob("*/children")
        numbers = " ".join(each.read_text() for each in children).split()
        return any(Path(f"/proc/{number}/comm").read_text().strip() == "less" for number in numbers)

    def _look_back(self) -> None:
        raw = bytes(self.terminal.raw)
        for word in _FAULTS:
            if word in raw:
                text = raw[raw.index(word) :][:4000].decode("utf-8", "replace")
                self.faults.append(f"shows {word.decode()!r}: {text}")
        allowed = self.terminal.confirmations()
        used = [question.requests for _, question in allowed]
        for write in _writes(self.proxy):
            for number, (at, _) in enumerate(allowed):
                if at <= write.at and used[number] > 0:
                    used[number] -= 1
                    break
            else:
                self.faults.append(f"sent unconfirmed: {write.kind} {write.target} {write.body[:200]!r}")


def _writes(proxy: Proxy) -> Iterator[Exchange]:
    """Requests that change orders, each once however often it was tried."""
    seen = set()
    for exchange in proxy.seen:
        key = (exchange.kind, exchange.target, exchange.body)
        if exchange.kind in {"create", "update", "import", "delete"} and key not in seen:
            seen.add(key)
            yield exchange


def _number(text: str) -> int:
    return int(text.replace(",", ""))


@contextmanager
def random_walk(number: int, folder: Path) -> Iterator[Walk]:
    """Start Ordex with an editor, files, profiles and an odd service that follow from the number."""
    rng = random.Random(number)
    editor = folder / "editor"
    editor.write_text(rng.choice(list(_EDITORS.values())))
    editor.chmod(0o755)
    (folder / "in.csv").write_text("source_id,amount\n" + "".join(f"k-{n},{n}\n" for n in range(40)))
    (folder / "in.jsonl").write_text("".join(json.dumps({"source_id": f"l-{n}"}) + "\n" for n in range(9)))
    config = folder / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[profiles.other]\nkind = "sandbox"\n')
    columns, lines = rng.choice(SIZES)
    orders = [an_order(at) for at in range(ORDERS)]
    with running_sandbox(orders=orders) as sandbox, proxied(sandbox) as proxy:
        environ = {
            "ORDEX_HOME": str(folder / "home"),
            "VISUAL": "/nowhere/editor" if rng.random() < 0.1 else str(editor),
            "PYTHONFAULTHANDLER": "1",
            "VOUCHERIFY_APP_ID": sandbox.app_id,
            "VOUCHERIFY_APP_TOKEN": sandbox.app_token,
            "VOUCHERIFY_API_BASE_URL": proxy.url,
        }
        terminal = RecordingTerminal(
            ["--write"], columns=columns, lines=lines, environ=environ, folder=folder
        )
        try:
            yield Walk(number, folder, proxy, terminal, rng)
        finally:
            terminal.close()
