"""The user's own settings: ``config.toml`` in the config folder, checked whole before any of it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .profile import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 64 * 1024
_TABLES = ("keymap",)


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says. ``keymap`` has the keys of actions by id, as they were written."""

    path: Path
    keymap: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def read_config(path: Path) -> Config:
    """Read the file; one that is not there says nothing.

    Raises:
        SettingsError: it cannot be used; everything that is wrong with it is said at once.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return Config(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    document = _document(path, content)
    faults = [*_table_faults(document), *_key_faults(document.get("keymap"))]
    if faults:
        raise SettingsError(f"{path}: " + "; ".join(faults))
    keymap = {action: _as_keys(keys) for action, keys in document.get("keymap", {}).items()}
    return Config(path, MappingProxyType(keymap))


def _document(path: Path, content: bytes) -> dict[str, Any]:
    import tomllib

    if len(content) > SIZE_LIMIT:
        raise SettingsError(f"{path} is larger than {SIZE_LIMIT // 1024} KiB, which no settings are")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path} is not TOML: {error}") from None


def _table_faults(document: Mapping[str, Any]) -> Iterable[str]:
    for key, value in document.items():
        if key not in _TABLES:
            near = get_close_matches(key, _TABLES, n=1)
            hint = f"did you mean “{near[0]}”?" if near else f"there is {', '.join(_TABLES)}"
            yield f"there is no setting “{key}”; {hint}"
        elif not isinstance(value, dict):
            yield f"{key} must be a table such as [{key}]"


def _key_faults(keymap: object) -> Iterable[str]:
    for action, keys in keymap.items() if isinstance(keymap, dict) else ():
        wanted = keys if isinstance(keys, list) else [keys]
        if not all(isinstance(key, str) for key in wanted):
            yield f'keymap.{action} must be a key such as "ctrl+r", or a list of them'


def _as_keys(value: str | list[str]) -> tuple[str, ...]:
    """A text may hold several keys with commas between; a lone comma is the key of that sign."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if value == "," else tuple(key.strip() for key in value.split(",") if key.strip())
