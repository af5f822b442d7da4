"""The value of each setting and its origin: an option, a variable, a line of config.toml, or a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .addresses import account_address, account_kind
from .config.config_schema import ANY, SETTINGS, Path, SettingSpec
from .profile import VARIABLES
from .tokens.environment_token import token_variable
from .tokens.token_sources import token_place

if TYPE_CHECKING:
    from .config.config_file import Config

DEFAULT = "default"

Flags = Mapping[str, tuple[str, object]]
"""Options of this command line by the key of the setting: the option and its value."""


@dataclass(frozen=True, slots=True)
class EffectiveSetting:
    """One setting. ``value`` is ``None`` if it is not set and has no default.

    ``origin`` is the option, the variable, the file and line, or ``default``.
    """

    path: Path
    setting: SettingSpec
    value: object
    origin: str

    @property
    def key(self) -> str:
        """The key as it is typed."""
        return ".".join(self.path)


def effective_settings(
    config: Config, environ: Mapping[str, str], flags: Flags
) -> Iterator[EffectiveSetting]:
    """Every setting: top-level ones, rebound keys, and those of each profile."""
    for setting in SETTINGS:
        if ANY not in setting.path:
            yield effective_setting(setting, setting.path, config, environ, flags)
    keymap = next(setting for setting in SETTINGS if setting.path[0] == "keymap")
    for action in config.keymap:
        yield effective_setting(keymap, ("keymap", action), config, environ, flags)
    for name in config.profiles:
        for setting in SETTINGS:
            if setting.path[0] == "profiles":
                path = ("profiles", name, setting.path[-1])
                yield effective_setting(setting, path, config, environ, flags)


def effective_setting(
    setting: SettingSpec, path: Path, config: Config, environ: Mapping[str, str], flags: Flags
) -> EffectiveSetting:
    """One setting, at its key in the file."""
    if ".".join(path) in flags:
        option, value = flags[".".join(path)]
        return EffectiveSetting(path, setting, value, option)
    variable = _variable(setting, path)
    if variable and environ.get(variable, "").strip():
        return EffectiveSetting(path, setting, environ[variable].strip(), variable)
    if path == ("profile",):
        for name in VARIABLES:
            if environ.get(name):
                return EffectiveSetting(path, setting, "environment", name)
    value = _in_file(config, path)
    if value is not None:
        return EffectiveSetting(path, setting, value, f"{config.path.name}:{config.line(*path)}")
    return EffectiveSetting(path, setting, _default(setting, path, config), DEFAULT)


def _variable(setting: SettingSpec, path: Path) -> str:
    if "<NAME>" not in setting.variable:
        return setting.variable
    return setting.variable.replace("<NAME>", path[1].upper().replace("-", "_"))


def _in_file(config: Config, path: Path) -> object:
    if path[0] == "keymap":
        keys = config.keymap.get(path[1])
        return None if keys is None else list(keys)
    if path[0] == "profiles":
        return config.profiles.get(path[1], {}).get(path[2])
    return getattr(config, path[0])


def _default(setting: SettingSpec, path: Path, config: Config) -> object:
    if path[0] != "profiles":
        return {"profile": "sandbox", "mask": False, "notify": True}.get(path[0], setting.default or None)
    table = config.profiles.get(path[1], {})
    return _default_of_profile(path[2], path[1], table, config)


def _default_of_profile(field: str, name: str, table: Mapping[str, Any], config: Config) -> object:
    if field == "kind":
        return account_kind(table, account_address(table))
    if field == "token_variable":
        return token_variable(name, table)
    defaults = {
        "region": None if "url" in table else "eu",
        "auth": "keys",
        "secret": token_place(table),
        "mask": bool(config.mask),
        "read_only": False,
        "mask_ids": False,
        "mirror": account_kind(table, account_address(table)) == "sandbox",
    }
    return defaults.get(field)
