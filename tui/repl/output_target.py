"""Handing a result to the shell or to a file."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.files.atomic_write import atomic_write_text
from tui.repl.line.line_error import LineError
from tui.terminal.redaction import environment_for_programs
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.actions.results import Result
    from tui.repl.line.statements import ParsedLine

    from .output import Output
    from .repl_state import Preferences, ReplState


FORMATS_BY_SUFFIX = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table"}


async def pipe_to(text: str, command: str) -> int:
    """Pipe the text to a shell command and wait for it; returns its exit code.

    The command is the user's own text: no value of an order is ever inserted into it. Cancelling the caller
    ends the command.
    """
    data = text.encode("utf-8", "backslashreplace")
    with broken_pipes_are_errors():
        process = await asyncio.to_thread(_start, command)
        feeding = asyncio.create_task(asyncio.to_thread(process.communicate, data))
        try:
            await asyncio.shield(feeding)
        except asyncio.CancelledError:
            process.terminate()
            await feeding
            raise
    return process.returncode


def _start(command: str) -> subprocess.Popen[bytes]:
    environ = environment_for_programs(os.environ)
    return subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environ)  # noqa: S602 - asked for


@contextmanager
def broken_pipes_are_errors() -> Iterator[None]:
    """While this lasts, a command that stops reading does not end Ordex by a signal."""
    try:
        before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    except (AttributeError, ValueError):  # no such signal here, or not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGPIPE, before)


def write_file(path: Path, text: str, *, append: bool, overwrite: bool = False) -> None:
    """Write or append a result. A file that is replaced is replaced as a whole or not at all.

    Raises:
        OSError: it exists and may not be replaced, or cannot be written.
    """
    if append:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", newline="") as file:
            file.write(text)
        return
    with atomic_write_text(path, overwrite=overwrite, keep_mode=True) as file:
        file.write(text)


def program_of(command: str) -> str:
    """The name of the program that a shell command begins with, for messages."""
    return (command.split() or ["the command"])[0]


PROMPT_LINES = 3
"""Lines of the screen that the prompt and the sentences below a result need."""


def is_taller(text: str, height: int) -> bool:
    """Whether the text does not fit on the screen with the prompt below it."""
    return text.count("\n") > max(1, height - PROMPT_LINES)


def pager_command() -> list[str] | None:
    """The pager command: ``$PAGER``, else less, else more; ``None`` if none is installed."""
    chosen = os.environ.get("PAGER")
    if chosen is not None:
        try:
            words = shlex.split(chosen)
        except ValueError:
            return None
        return words if words and shutil.which(words[0]) else None
    if shutil.which("less"):
        return ["less", "-SRXF"]
    return ["more"] if shutil.which("more") else None


async def show_in_pager(text: str, command: list[str]) -> bool:
    """Show the text in a pager until the user quits it; false if the pager could not be started.

    The pager handles interrupts. Pass cleaned text only: the pager passes colours through.
    """
    before = _ignore_interrupt()
    try:
        with broken_pipes_are_errors():
            await asyncio.to_thread(_show, command, text.encode("utf-8", "backslashreplace"))
    except OSError:
        return False
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    return True


def _show(command: list[str], text: bytes) -> None:
    environ = environment_for_programs(os.environ)
    subprocess.run(command, input=text, env=environ, check=False)  # noqa: S603 - the user's own pager, no shell


def _ignore_interrupt() -> signal.Handlers | None:
    try:
        return signal.signal(signal.SIGINT, signal.SIG_IGN)  # type: ignore[return-value]
    except ValueError:  # not in the main thread, where no interrupt arrives
        return None


@dataclass(frozen=True, slots=True)
class OutputTarget:
    """The target of a line's output. Made before the command runs, so that an invalid file costs no call."""

    output: Output
    preferences: Preferences
    pipe: str | None
    file: Path | None
    append: bool
    overwrite: bool = False

    @classmethod
    def of(
        cls, line: ParsedLine, output: Output, preferences: Preferences, memory: ReplState
    ) -> OutputTarget:
        """The target that a line names.

        Raises:
            LineError: the file name is empty or more than one.
            InputError: the file cannot be written.
        """
        if line.redirect is None:
            return cls(output, preferences, line.pipe, None, append=False)
        from tui.actions.arguments.output_path import check_output_path
        from tui.repl.line.values import expand_word

        word = line.redirect.file
        names = expand_word(word, line.text, memory)
        if len(names) != 1 or not names[0]:
            raise LineError("name exactly one file", text=line.text, position=word.start)
        path = Path(names[0])
        if not word.quoted and names[0].startswith("~"):
            path = path.expanduser()
        redirect = line.redirect
        check_output_path(
            path, must_be_new=not (redirect.append or redirect.overwrite), how_to_replace="write >|"
        )
        return cls(output, preferences, None, path, redirect.append, redirect.overwrite)

    @property
    def is_handed_on(self) -> bool:
        """Whether it goes to a command or a file."""
        return self.pipe is not None or self.file is not None

    async def deliver(self, result: Result, form: str | None, *, seconds: float | None) -> ExitCode:
        """Write the result's data, then its messages and, if given, the time it took."""
        form = form or self.preferences.form
        if self.pipe is None and self.file is None:
            await self._print(self.output.rendered(result, form))
            code = ExitCode.DONE
        else:
            text = self.output.program_text(result, form or self._program_form(result))
            code = await self.deliver_text(text)
        self._account(result, seconds)
        return ExitCode(getattr(result, "code", None) or code)

    async def deliver_text(self, text: str) -> ExitCode:
        """Write a text: made visible on a terminal, else unchanged."""
        if self.pipe is not None:
            code = await pipe_to(text, self.pipe)
            if code:
                self.output.note(f"{program_of(self.pipe)} exited with status {code}")
            return ExitCode.USAGE if code else ExitCode.DONE
        if self.file is not None:
            await asyncio.to_thread(write_file, self.file, text, append=self.append, overwrite=self.overwrite)
            self.output.note(f"{'appended to' if self.append else 'written to'} {self.file}")
            return ExitCode.DONE
        if self.output.terminal:
            text = visible(text, multiline=True, limit=None)
        await self._print(text)
        return ExitCode.DONE

    def _program_form(self, result: Result) -> str:
        from tui.actions.results import DocumentsResult, OrdersResult

        known = FORMATS_BY_SUFFIX.get(self.file.suffix.lower()) if self.file else None
        return known or ("jsonl" if isinstance(result, OrdersResult | DocumentsResult) else "json")

    async def _print(self, text: str) -> None:
        output, preferences = self.output, self.preferences
        if output.interactive and output.terminal and not output.linear and preferences.pager:
            command = pager_command() if is_taller(text, output.height) else None
            if command and await show_in_pager(output.edge.clean(text), command):
                return
        output.write(text)

    def _account(self, result: Result, seconds: float | None) -> None:
        output = self.output
        lines = list(result.messages)
        if seconds is not None and output.interactive and self.preferences.timing:
            took = f"{seconds:.1f} s"
            lines = [f"{lines[0]} · {took}", *lines[1:]] if lines else [took]
        for sentence in lines:
            output.note(visible(sentence))
