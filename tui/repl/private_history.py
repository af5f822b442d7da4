"""The lines typed on a profile, in a file that only its owner reads."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory


def private_history(path: Path) -> History:
    """The history of a file, made 0600; in memory only where the file cannot be written."""
    from tui.files.folders import make_private_folder

    try:
        make_private_folder(path.parent)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        path.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return NewestHistory(str(path))


class NewestHistory(FileHistory):
    """A file of which only the newest entries are read, so that searching stays quick after years."""

    def store_string(self, string: str) -> None:
        """Add an entry, which no process that trims the file takes away; none where the disk is full."""
        from tui.settings.history_file import append_entry

        lines = "".join(f"+{line}\n" for line in string.split("\n"))
        now = dt.datetime.now()  # noqa: DTZ005 - as prompt-toolkit writes it
        with suppress(OSError):
            append_entry(Path(os.fsdecode(self.filename)), f"\n# {now}\n{lines}".encode(errors="replace"))

    def load_history_strings(self) -> Iterable[str]:
        """The entries, newest first; none where the file cannot be read."""
        from tui.settings.history_file import newest_entries

        try:
            yield from newest_entries(Path(os.fsdecode(self.filename)))
        except OSError:
            return
