"""Mappings that the user named, one JSON file each."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

from .mapping import ColumnMapping
from .rows import ImportRefused

_NAME = re.compile(r"[\w][\w .-]{0,63}\Z")


class MappingStore:
    """The mappings in a folder, which is made when the first one is saved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """The names of all mappings, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json")))

    def load(self, name: str) -> ColumnMapping:
        """A mapping by its name.

        Raises:
            ImportRefused: there is none, or it cannot be read.
        """
        try:
            document = json.loads(self._path(name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            known = ", ".join(self.names()) or "none"
            raise ImportRefused(f"there is no mapping “{name}”", hint=f"There are: {known}.") from None
        except (OSError, ValueError) as error:
            raise ImportRefused(f"the mapping “{name}” cannot be read: {error}") from None
        if not isinstance(document, dict):
            raise ImportRefused(f"the mapping “{name}” is no mapping")
        return ColumnMapping.from_document(document)

    def save(self, mapping: ColumnMapping) -> None:
        """Keep a mapping under its name, in place of an older one.

        Raises:
            ImportRefused: the name cannot be one, or the mapping names unknown fields.
        """
        mapping.check()
        path = self._path(mapping.name)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(dir=self._folder, prefix=".mapping-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(mapping.to_document(), out, ensure_ascii=False, indent=2)
        Path(part).replace(path)

    def delete(self, name: str) -> None:
        """Forget a mapping, if there is one of the name."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            raise ImportRefused(f"{name!a} cannot be the name of a mapping")
        return self._folder / f"{name}.json"
