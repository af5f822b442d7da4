"""Saved mappings, one JSON file each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from tui.files.atomic_write import atomic_write_text
from tui.files.private_folder import make_private_folder
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.mapping.column_mapping import ColumnMapping
from tui.jobs.importing.mapping.known_exports import known_exports
from tui.name_suggestions import choose_from, suggestion_for
from tui.orders.json_rules import JsonError
from tui.orders.strict_json import read_json

_NAME = re.compile(r"[\w][\w .-]{0,63}\Z")


class MappingStore:
    """The mappings in a folder, which is made when the first one is saved. Everything here blocks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """The names of all mappings, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json") if _NAME.match(path.stem)))

    def loadable(self) -> tuple[str, ...]:
        """The names of all mappings, then those of known exports that no mapping hides."""
        names = self.names()
        return (*names, *(known.name for known in known_exports() if known.name not in names))

    def all(self) -> tuple[ColumnMapping, ...]:
        """The mappings that can be read, sorted by name."""
        found = []
        for name in self.names():
            with suppress(ImportRefused):
                found.append(self.load(name))
        return tuple(found)

    def fitting(self, header: Sequence[str]) -> tuple[ColumnMapping, ...]:
        """The mappings that know every column of a file, the one that fills most fields first."""
        fitting = [mapping for mapping in self.all() if mapping.needs() and mapping.fits(header)]
        return tuple(sorted(fitting, key=lambda mapping: -len(mapping.needs())))

    def free_name(self, wish: str) -> str | None:
        """A free name like the wanted one; ``None`` if it has no valid character."""
        plain = re.sub(r"[^\w .-]+", " ", wish.partition(".")[0])[:40].strip(" .-")
        if not plain:
            return None
        taken = set(self.loadable())
        wished = chain((plain,), (f"{plain} {number}" for number in count(2)))
        return next(name for name in wished if name not in taken)

    def load(self, name: str) -> ColumnMapping:
        """A mapping by its name, which is that of its file; else a known export of that name.

        Raises:
            ImportRefused: the mapping does not exist, or cannot be read.
        """
        try:
            document = read_json(self._path(name).read_bytes())
        except FileNotFoundError:
            known = next((known for known in known_exports() if known.name == name), None)
            if known is None:
                raise self._missing(name) from None
            return known
        except JsonError as error:
            raise ImportRefused(f"the mapping “{name}” cannot be read: it {error.reason}") from None
        except OSError as error:
            raise ImportRefused(f"the mapping “{name}” cannot be read: {error.strerror}") from None
        if not isinstance(document, dict):
            raise ImportRefused(f"the file of the mapping “{name}” does not hold a mapping")
        return replace(ColumnMapping.from_document(document), name=name)

    def save(self, mapping: ColumnMapping) -> None:
        """Keep a mapping under its name, in place of an older one.

        Raises:
            ImportRefused: the name is invalid, the mapping names unknown fields, or the disk refuses.
        """
        mapping.check()
        path = self._path(mapping.name)
        try:
            make_private_folder(self._folder)
            self._write(path, json.dumps(mapping.to_document(), ensure_ascii=False, indent=2) + "\n")
        except OSError as error:
            raise ImportRefused(
                f"the mapping “{mapping.name}” cannot be saved: {error.strerror or error}"
            ) from None

    def delete(self, name: str) -> None:
        """Forget a mapping.

        Raises:
            ImportRefused: no mapping has this name, or the disk refuses.
        """
        try:
            self._path(name).unlink()
        except FileNotFoundError:
            raise self._missing(name) from None
        except OSError as error:
            raise ImportRefused(f"the mapping “{name}” cannot be deleted: {error.strerror}") from None

    def _write(self, path: Path, text: str) -> None:
        with atomic_write_text(path, overwrite=True, errors="backslashreplace") as out:
            out.write(text)

    def _missing(self, name: str) -> ImportRefused:
        names = self.loadable()
        otherwise = choose_from(names) if names else "none is saved"
        return ImportRefused(f"there is no mapping “{name}”{suggestion_for(name, names, otherwise)}")

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            hint = "A name is letters, digits, spaces, dots and dashes, and begins with a letter or a digit."
            raise ImportRefused(f"{name!a} cannot be the name of a mapping", hint=hint)
        return self._folder / f"{name}.json"
