"""The user's own settings: ``config.toml`` in the config folder, checked whole before any of it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .profile import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from .faults import Fault

SIZE_LIMIT = 64 * 1024

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says; what it leaves out is ``None``.

    ``keymap`` has the keys of actions by id, as they were written. ``profiles`` has the table of each
    profile by name: its values are checked (``registry`` names them). ``text`` is the file.
    """

    path: Path
    keymap: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    profile: str | None = None
    theme: str | None = None
    mask: bool | None = None
    notify: bool | None = None
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NOTHING)
    text: str = field(default="", repr=False)

    def line(self, *path: str) -> int | None:
        """The line that a key stands on, or the nearest table around it; ``None`` if neither is there."""
        from .toml_positions import key_lines

        lines = key_lines(self.text)
        return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)


def read_config(path: Path) -> Config:
    """Read the file; one that is not there says nothing.

    Raises:
        ConfigInvalid: what it says cannot be; everything that is wrong is said at once, with its line.
        SettingsError: it cannot be read, or is no TOML.
    """
    text = read_text(path)
    return Config(path) if text is None else checked_config(path, text)


# A command may ask for the settings once a profile: the same text is checked once.
@lru_cache(maxsize=4)
def checked_config(path: Path, text: str) -> Config:
    """What a text would say as the settings file.

    Raises:
        ConfigInvalid: what it says cannot be; everything that is wrong is said at once, with its line.
        SettingsError: it is no TOML.
    """
    from .config_checking import faults_of

    document = read_document(path, text)
    faults = faults_of(document)
    config = Config(path, text=text)
    if faults:
        raise invalid(config, faults)
    return replace(
        config,
        keymap=MappingProxyType(
            {action: _as_keys(keys) for action, keys in document.get("keymap", {}).items()}
        ),
        profile=document.get("profile"),
        theme=document.get("theme"),
        mask=document.get("mask"),
        notify=document.get("notify"),
        profiles=MappingProxyType(document.get("profiles", {})),
    )


def invalid(config: Config, faults: Iterable[Fault]) -> SettingsError:
    """The error that says these faults, each with its line."""
    from .faults import ConfigInvalid

    return ConfigInvalid(config.path, [replace(fault, line=config.line(*fault.path)) for fault in faults])


def read_text(path: Path) -> str | None:
    """The file as it is; ``None`` when there is none.

    Raises:
        SettingsError: it cannot be read, or cannot be settings.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > SIZE_LIMIT:
        raise SettingsError(f"{path} is larger than {SIZE_LIMIT // 1024} KiB, which no settings are")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text") from None


def read_document(path: Path, text: str) -> dict[str, Any]:
    """What a text says as TOML, whatever that is.

    Raises:
        ConfigInvalid: it is no TOML.
    """
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _no_toml(path, text, str(error)) from None


def _no_toml(path: Path, text: str, told: str) -> SettingsError:
    """What Python's reader told, with the place in the words of every other fault."""
    from .faults import ConfigInvalid, Fault

    why, _, place = told.partition(" (at ")
    words = place.rstrip(")").split()
    numbers = [int(word.rstrip(",")) for word in words if word.rstrip(",").isdigit()]
    line = numbers[0] if numbers else text.count("\n") + 1
    column = f", at character {numbers[1]}" if len(numbers) > 1 else ""
    return ConfigInvalid(path, [Fault((), f"this is not TOML{column}: {why}", line)])


def _as_keys(value: str | list[str]) -> tuple[str, ...]:
    """A text may hold several keys with commas between; a lone comma is the key of that sign."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if value == "," else tuple(key.strip() for key in value.split(",") if key.strip())
