"""The loop of the REPL: read a line, run it, learn for completion.

The prompt shows before the interpreter is imported, which happens at the first key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from .repl_state import ExitRequest

if TYPE_CHECKING:
    from pathlib import Path

    from tui.actions.account_status import AccountStatus
    from tui.orders.privacy import Masks
    from tui.repl.completion.knowledge import Knowledge
    from tui.repl.completion.usage import WordUsage
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile

    from .connection import Connection
    from .interpreter import Interpreter


class LineReader(Protocol):
    """A source of lines."""

    async def read(self, standing: Callable[[], AccountStatus], history: Path) -> str:
        """Read one logical line; ``standing`` returns the current state of the account.

        Raises:
            EOFError: there are no more lines.
            KeyboardInterrupt: the user cancelled the line.
        """


class ReplLoop:
    """A session at a prompt."""

    def __init__(
        self,
        connection: Connection,
        folders: Folders,
        interpreter: Callable[[], Interpreter],
        masks: Masks,
    ) -> None:
        self._connection = connection
        self._folders = folders
        self._interpreter = interpreter
        self._masks = masks
        self._knowledge: Knowledge | None = None
        self._usage: tuple[str, WordUsage] | None = None

    async def run(self, reader: LineReader) -> ExitRequest:
        """Read and run lines until one ends the session or the input ends."""
        try:
            while True:
                profile = self._connection.profile
                try:
                    line = await self._read(reader, profile)
                except KeyboardInterrupt:
                    continue
                except EOFError:
                    return ExitRequest(profile=profile)
                leave = await self._run(line)
                if leave is not None:
                    return leave
        finally:
            if self._usage is not None:
                self._usage[1].save()

    async def _read(self, reader: LineReader, profile: Profile) -> str:
        history = history_path(self._folders, profile.account)
        return await reader.read(lambda: self._connection.standing, history)

    def knowledge(self) -> Knowledge:
        """The values for completion, made on demand in the completing thread."""
        if self._knowledge is None:
            from tui.repl.completion.knowledge import Knowledge

            from .alias_file import AliasFile

            counts = dict(self._usage_now().counts)
            aliases = tuple(AliasFile(self._folders).read())
            memory = self._interpreter().memory
            self._knowledge = Knowledge.of(memory, counts, aliases, self._folders, self._masks)
        return self._knowledge

    async def _run(self, line: str) -> ExitRequest | None:
        from .signals import Interrupted, interruptible

        try:
            await interruptible(self._execute(line))
        except Interrupted:
            self._interpreter().output.note("stopped")
        self._knowledge = None
        return self._interpreter().leave

    async def _execute(self, line: str) -> None:
        self._usage_now().note(line)
        await self._interpreter().execute(line)

    def _usage_now(self) -> WordUsage:
        """The word counts of the current account."""
        from tui.repl.completion.usage import WordUsage

        account = self._connection.profile.account
        if self._usage is None or self._usage[0] != account:
            if self._usage is not None:
                self._usage[1].save()
            self._usage = (account, WordUsage.of(self._folders, account))
        return self._usage[1]


def history_path(folders: Folders, account: str) -> Path:
    """The file of the lines typed on an account."""
    from tui.settings.folders import file_name

    return folders.state / f"repl-{file_name(account)}.history"
