"""Handing a result to the shell or to a file."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.files.atomic_write import atomic_write_text
from tui.terminal.redaction import environment_for_programs

FORMATS_BY_SUFFIX = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table"}


async def pipe(text: str, command: str) -> int:
    """Give the text to a shell command and wait for it; returns its exit code.

    The command is the user's own text, unchanged: no value of an order is ever put into it. When the caller
    is cancelled the command is ended.
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
