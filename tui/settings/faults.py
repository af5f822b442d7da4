"""What is wrong with settings, each thing with its key and the line that it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .profile import SettingsError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``path`` is the key's parts; ``line`` counts from 1, ``None`` if unknown."""

    path: tuple[str, ...]
    text: str
    line: int | None = None


class ConfigInvalid(SettingsError):
    """The settings file cannot be used. ``faults`` has everything that is wrong, in the file's order."""

    def __init__(self, file: Path, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__("\n".join(f"{_place(file, fault.line)}: {fault.text}" for fault in self.faults))


def nearest(name: str, known: Iterable[str]) -> str:
    """What to say of a name that there is not: the one that was probably meant, or those there are."""
    known = list(known)
    near = get_close_matches(name, known, n=1)
    if near:
        return f"did you mean “{near[0]}”?"
    return f"there is {', '.join(known)}"


def _place(file: Path, line: int | None) -> str:
    return str(file) if line is None else f"{file}:{line}"
