"""The files of lines typed in the REPL, in the format of prompt-toolkit: only their newest entries are used.

An entry is a comment line with its time, then each line of it after a ``+``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tui.files.atomic_write import atomic_write

HISTORY_ENTRIES = 5_000
"""How many of the newest entries are searched, completed from, listed and kept."""

HISTORY_BYTES = 2_000_000
"""How much of the end of a file is read, at most."""


def newest_entries(path: Path) -> Iterator[str]:
    """The newest entries of a file, newest first; none where there is no file.

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


def trim_history(path: Path) -> None:
    """Remove what is never used any more, once it is as much as what is.

    Raises:
        OSError: it cannot be read or written.
    """
    before = path.stat().st_size
    if before <= HISTORY_BYTES and _end_of(path).count(b"\n#") <= 2 * HISTORY_ENTRIES:
        return
    content = _end_of(path)
    starts = [found.start() for found in re.finditer(rb"\n#", content)][-HISTORY_ENTRIES:]
    kept = content[starts[0] :] if starts else b""
    with atomic_write(path, overwrite=True) as file:
        file.write(kept)
        if path.stat().st_size != before:
            raise BlockingIOError("a line was typed meanwhile")


def _end_of(path: Path) -> bytes:
    """The end of a file, from the beginning of an entry on."""
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
