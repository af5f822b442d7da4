"""File names that are typed: completed from what the disk has, and looked at before they are used."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from textual.suggester import Suggester

LOOKED_AT = 5000
"""Entries of a folder that are looked at for a completion."""


def path_of(typed: str) -> Path:
    """The path that was typed, with ``~`` resolved. Blocks for a moment.

    A file that was dropped on the terminal comes with quotes, backslashes or as a ``file://`` address. It is
    taken so only where the text as it stands names nothing, and what is meant exists.
    """
    text = typed.strip()
    path = _expanded(text)
    if text and not os.path.lexists(path):
        dropped = _dropped(text)
        if dropped is not None and os.path.lexists(dropped):
            return dropped
    return path


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _dropped(text: str) -> Path | None:
    """The one path that a shell would read in the text; ``None`` where that is none or several."""
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    if len(words) != 1 or "\0" in words[0]:
        return None
    if words[0].startswith("file://"):
        address = urlsplit(words[0])
        return Path(unquote(address.path)) if address.hostname in (None, "localhost") else None
    return _expanded(words[0])


def completion(typed: str) -> str | None:
    """The first file or folder, by name, that goes on from what was typed; folders end in a slash. Blocks."""
    head, _, begun = typed.rpartition("/")
    folder = path_of(f"{head}/" if "/" in typed else ".")
    names = sorted(islice(_beginning(folder, begun), LOOKED_AT))
    if not begun or not names:
        return None
    found = names[0]
    return typed[: len(typed) - len(begun)] + found


def _beginning(folder: Path, begun: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(begun) and entry.name.isprintable():
                    yield entry.name + ("/" if entry.is_dir() else "")
    except OSError:
        return


class FileNames(Suggester):
    """Suggests file names while they are typed; the right arrow takes the suggestion."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The next name, looked up in a thread."""
        return await asyncio.to_thread(completion, value)
