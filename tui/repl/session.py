"""A conversation: lines are read, run, and learnt from, until the person leaves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from .interrupting import Interrupted, interruptible
from .knowledge import Knowledge
from .leave import Leave
from .usage import Usage, history_path

if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.profile import Profile

    from .interpreter import Interpreter


class LineReader(Protocol):
    """Where lines come from."""

    async def read(self, profile: Profile, history: Path) -> str:
        """One logical line.

        Raises:
            EOFError: there are no more.
            KeyboardInterrupt: the line was given up.
        """


class Conversation:
    """One person's session at a prompt."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self.knowledge = Knowledge()
        self._profile = ""
        self._usage = Usage()

    async def run(self, reader: LineReader) -> Leave:
        """Read and run lines until one leaves, or there are no more."""
        interpreter = self._interpreter
        try:
            while interpreter.leave is None:
                await self._learn()
                profile = interpreter.connection.profile
                try:
                    line = await reader.read(profile, history_path(interpreter.folders, profile.name))
                except KeyboardInterrupt:
                    continue
                except EOFError:
                    return Leave(profile=profile)
                await self._run(line)
        finally:
            self._usage.save()
        return interpreter.leave

    async def _run(self, line: str) -> None:
        try:
            await interruptible(self._interpreter.execute(line))
        except Interrupted:
            self._interpreter.output.note("stopped")
        self._usage.note(line)

    async def _learn(self) -> None:
        """Bring what completion knows up to date; the profile may be another one now."""
        interpreter = self._interpreter
        name = interpreter.connection.profile.name
        if name != self._profile:
            self._usage.save()
            self._profile, self._usage = name, await asyncio.to_thread(Usage.of, interpreter.folders, name)
        from .query_book import QueryBook

        queries = await asyncio.to_thread(QueryBook(interpreter.folders).read)
        self.knowledge = Knowledge.of(interpreter.memory, dict(self._usage.counts), tuple(queries))
