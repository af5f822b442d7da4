"""Aliases on disk: a script of ``alias NAME = LINE`` lines, which ``source`` reads too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tui.settings.folders import Folders

_ENTRY = re.compile(r"alias\s+([A-Za-z][\w-]*)\s*=\s*(.+)\Z", re.S)
_BEGINS = re.compile(r"^(?=alias\s)", re.M)


class AliasFile:
    """The file ``aliases.ordex`` of the config folder, readable by its owner only."""

    def __init__(self, folders: Folders) -> None:
        self._folder = folders.config

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._folder / "aliases.ordex"

    def read(self) -> dict[str, str]:
        """Each name and its line. Invalid lines of the file are ignored."""
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return {}
        entries = (_ENTRY.match(entry.strip()) for entry in _BEGINS.split(text))
        return {entry.group(1): entry.group(2) for entry in entries if entry}

    def write(self, aliases: Mapping[str, str]) -> None:
        """Replace the file as a whole."""
        from tui.files.atomic_write import atomic_write_text
        from tui.files.private_folder import make_private_folder

        make_private_folder(self._folder)
        with atomic_write_text(self.path, overwrite=True) as file:
            file.write("".join(f"{line}\n" for line in self.lines(aliases)))

    @staticmethod
    def lines(aliases: Mapping[str, str]) -> list[str]:
        """The lines that name these aliases."""
        return [f"alias {name} = {line}" for name, line in sorted(aliases.items())]
