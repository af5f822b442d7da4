"""The history file of the REPL, in the format of prompt-toolkit.

An entry is a comment line with its time, then its lines, each after a ``+``. Only the newest ones are used.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tui.files.atomic_write import atomic_write
from tui.files.process_lock import is_at, lock

HISTORY_ENTRIES = 5_000
"""How many of the newest entries are searched, completed from, listed and kept."""

HISTORY_BYTES = 2_000_000
"""How much of the end of a file is read, at most."""


def newest_entries(path: Path) -> Iterator[str]:
    """The newest entries, newest first; none if there is no file.

    Raises:
        OSError: it cannot be read.
    """
    lines: list[str] = []
    count = 0
    for line in reversed(_end_of(path).decode("utf-8", "replace").split("\n")):
        if line.startswith("+"):
            lines.append(line[1:])
        elif lines:
            yield "\n".join(reversed(lines))
            lines, count = [], count + 1
            if count == HISTORY_ENTRIES:
                return


def append_entry(path: Path, entry: bytes) -> None:
    """Add an entry, also while another process trims the file.

    Raises:
        OSError: it cannot be written.
    """
    with _held(path) as file:
        file.write(entry)


def trim_history(path: Path) -> None:
    """Remove old entries once the file is twice as long as needed.

    Raises:
        OSError: it cannot be read or written.
    """
    if path.stat().st_size <= HISTORY_BYTES and _end_of(path).count(b"\n#") <= 2 * HISTORY_ENTRIES:
        return
    with _held(path):
        content = _end_of(path)
        starts = [found.start() for found in re.finditer(rb"\n#", content)][-HISTORY_ENTRIES:]
        kept = content[starts[0] :] if starts else b""
        with atomic_write(path, overwrite=True) as file:
            file.write(kept)


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    """The file, open for appending, while no other process of Ordex appends to it or trims it."""
    while True:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, 0o600), "ab") as file:
            lock(file.fileno())
            if is_at(path, file.fileno()):
                yield file
                return


def _end_of(path: Path) -> bytes:
    """The end of the file, starting at an entry."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - HISTORY_BYTES, 0))
            content = file.read()
    except FileNotFoundError:
        return b""
    if size <= HISTORY_BYTES:
        return content
    return content[max(content.find(b"\n#"), 0) :]
