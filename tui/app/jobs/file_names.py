"""File names that are typed: completed from what the disk has, and looked at before they are used."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from textual.suggester import Suggester

LOOKED_AT = 5000
"""Entries of a folder that are looked at for a completion."""


def path_of(typed: str) -> Path:
    """The path that was typed, with ``~`` resolved."""
    text = typed.strip()
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


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
