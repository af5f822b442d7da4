"""What was on the screen and which keys were pressed, each with its moment."""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.pseudo_terminal import PseudoTerminal

QUIET = 0.5
"""Seconds for which a question must have been visible without a key before a key answers it."""

TOLERANCE = 0.06
"""Seconds by which a moment that is read in this process may be late."""

_QUESTION = re.compile(
    r"n No +y Yes|\S.*\? Type .+:|That is not it\. Type .+:"
    r"| · .*\?( \[y/N\]| Type .+:)?$"
    r"|─ Status of (?!\d+ marked)"
)
_REQUESTS = re.compile(r"Send ([\d,]+) requests?")
_CURSOR = b"\x1b[6n"


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or a text that was pasted."""

    at: float
    sent: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was on the screen from a moment on; empty where there was none."""

    since: float
    text: str

    @property
    def requests(self) -> int:
        """How many requests its answer allows; an import sends what it needs."""
        found = _REQUESTS.search(self.text)
        if found:
            return int(found[1].replace(",", ""))
        return 1_000_000 if "Import" in self.text or "import" in self.text else 1


class RecordingTerminal(PseudoTerminal):
    """A pseudo-terminal that is read by a thread of its own, so that moments are true."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int,
        lines: int,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(arguments, columns=columns, lines=lines, environ=environ, folder=folder)
        self._screen.write_process_input = lambda _: None
        self.keys: list[Key] = []
        self.questions: list[Question] = [Question(time.monotonic(), "")]
        self._arrived: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        threading.Thread(target=self._receive, daemon=True).start()

    def key(self, text: str) -> None:
        """Press a key; where nothing listens any more, nothing happens."""
        self.keys.append(Key(time.monotonic(), text))
        with suppress(OSError):
            self.child.send(text)

    def confirmations(self) -> list[tuple[float, Question]]:
        """Keys that may have answered a question: it was visible without a key for long enough."""
        found, before, quiet_in = [], 0.0, None
        for key in self.keys:
            question = [each for each in self.questions if each.since <= key.at][-1]
            if key.at - max(before, question.since) >= QUIET - TOLERANCE:
                quiet_in = question
            if question.text and question is quiet_in:
                found.append((key.at, question))
            before = key.at
        return found

    def _receive(self) -> None:
        while True:
            try:
                data = os.read(self.child.child_fd, 65_536)
            except (OSError, ValueError):
                return
            if not data:
                return
            self._arrived.put((time.monotonic(), data))
            if _CURSOR in data:
                with suppress(OSError):
                    os.write(self.child.child_fd, b"\x1b[1;1R")

    def _read(self, seconds: float) -> bool:
        try:
            at, data = self._arrived.get(timeout=seconds)
        except queue.Empty:
            return False
        self.raw += data
        self._stream.feed(data)
        if self._screen.dirty:
            self._screen.dirty.clear()
            self._note_question(at)
        return True

    def _note_question(self, at: float) -> None:
        text = next((line for line in self.lines if _QUESTION.search(line)), "")
        if bool(text) != bool(self.questions[-1].text) or (text and not _same(text, self.questions[-1].text)):
            self.questions.append(Question(at, text))


def _same(one: str, other: str) -> bool:
    """Whether two lines ask the same, whatever was typed behind it."""
    first, second = (text.partition("?")[0].strip() for text in (one, other))
    return first == second
