"""Errors in settings, each problem with its key and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tui.errors import OrdexError


class SettingsError(OrdexError):
    """A setting is missing or wrong; the message names it, its source and the remedy."""

    title = "A setting is missing or wrong"


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One problem. ``path`` is the parts of the key; ``line`` counts from 1, ``None`` if unknown."""

    path: tuple[str, ...]
    text: str
    line: int | None = None


class ConfigInvalid(SettingsError):
    """The settings file cannot be used. ``faults`` lists all problems in the order of the file."""

    def __init__(self, file: Path, faults: Iterable[ConfigProblem]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__("\n".join(f"{_place(file, fault.line)}: {fault.text}" for fault in self.faults))


def _place(file: Path, line: int | None) -> str:
    return str(file) if line is None else f"{file}:{line}"
