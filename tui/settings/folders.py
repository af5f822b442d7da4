"""The folders of Ordex: one each for config, state and data, private to the user.

``ORDEX_HOME`` overrides all of them. XDG variables are honoured on every system, macOS too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Folders:
    """The three folders. They are not created by being named: call ``make_private_folder`` before writing."""

    config: Path
    state: Path
    data: Path

    @property
    def sandbox_file(self) -> Path:
        """The embedded sandbox's database, shared by the explorer and the commands."""
        return self.data / "sandbox.sqlite3"

    @property
    def config_file(self) -> Path:
        """The user's own settings."""
        return self.config / "config.toml"

    @property
    def themes(self) -> Path:
        """The user's own themes, one TOML file each."""
        return self.config / "themes"

    @property
    def mappings(self) -> Path:
        """The mappings of foreign CSVs that the user saved, one JSON file each."""
        return self.config / "mappings"


def find_folders(environ: Mapping[str, str]) -> Folders:
    """The folders for this environment."""
    home = environ.get("ORDEX_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Folders(root / "config", root / "state", root / "data")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("ordex", appauthor=False)
    return Folders(
        config=_xdg(environ, "XDG_CONFIG_HOME") or Path(dirs.user_config_dir),
        state=_xdg(environ, "XDG_STATE_HOME") or Path(dirs.user_state_dir),
        data=_xdg(environ, "XDG_DATA_HOME") or Path(dirs.user_data_dir),
    )


def file_name(account: str) -> str:
    """An account's name as a part of a file's name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"%{ord(c):x}" for c in account)


def _xdg(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name)
    return Path(value) / "ordex" if value and Path(value).is_absolute() else None
