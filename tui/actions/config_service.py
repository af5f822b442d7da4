"""Listing, checking and changing settings, for the command ``config`` and its completion."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.actions.catalogue.keymap import keymap_of
from tui.name_suggestions import choose_from, suggestion_for
from tui.settings.config.config_file import Config, read_config
from tui.settings.config.config_schema import SETTINGS, Path, SettingSpec, is_table, names_below, setting_at
from tui.settings.config.config_validation import format_value, parse_value
from tui.settings.effective_settings import EffectiveSetting, Flags, effective_setting, effective_settings
from tui.settings.setting_errors import ConfigInvalid, ConfigProblem, SettingsError

from .verb import InputError

if TYPE_CHECKING:
    from tui.settings.folders import Folders


@dataclass(frozen=True, slots=True)
class SettingChange:
    """The setting after a change, ``None`` for an unknown key, and notes about side effects."""

    now: EffectiveSetting | None
    notes: tuple[str, ...] = ()


FIELDS = ("key", "value", "origin")
"""The columns of the settings."""


def checked_settings(folders: Folders) -> Config:
    """Read the settings and check everything that can be checked.

    Raises:
        ConfigInvalid: the file has problems; lists all of them with their lines.
        SettingsError: the file cannot be read.
    """
    config = read_config(folders.config_file)
    check_references(config, folders)
    return config


def check_references(config: Config, folders: Folders) -> None:
    """Check what the file refers to: actions, keys, themes.

    Raises:
        ConfigInvalid: something is wrong.
    """
    from tui.settings.config.config_file import config_error

    faults: list[ConfigProblem] = []
    try:
        keymap_of(config)
    except ConfigInvalid as error:
        faults += error.faults
    faults += _theme_faults(config, folders)
    if faults:
        raise config_error(config, faults)


def all_settings(folders: Folders, flags: Flags) -> list[EffectiveSetting]:
    """Every setting that has a value, with its origin."""
    config = read_config(folders.config_file)
    return [each for each in effective_settings(config, os.environ, flags) if each.value is not None]


def one_setting(folders: Folders, key: str, flags: Flags) -> EffectiveSetting:
    """One setting.

    Raises:
        InputError: there is no such setting.
    """
    setting, path = find_setting(key)
    return effective_setting(setting, path, read_config(folders.config_file), os.environ, flags)


def setting_row(each: EffectiveSetting) -> dict[str, Any]:
    """A setting as a table row. Of a command only the program is shown: arguments may contain a secret."""
    value = each.value
    if each.path[-1] == "token_command" and isinstance(value, list):
        others = len(value) - 1
        value = f"{value[0]} and {others} argument{'s' if others > 1 else ''}" if others else value[0]
    return {"key": each.key, "value": value, "origin": each.origin}


def script_text(value: object) -> str:
    """A value for scripts: lists have one element per line."""
    return "\n".join(map(str, value)) if isinstance(value, list) else format_value(value)


def find_setting(key: str) -> tuple[SettingSpec, Path]:
    """The setting of a key, and the key's parts.

    Raises:
        InputError: there is none; the nearest is named.
    """
    path = tuple(key.split("."))
    setting = setting_at(path)
    if setting is None:
        raise InputError(_unknown(key, path), argument="key")
    return setting, path


def set_setting(folders: Folders, key: str, words: Sequence[str]) -> SettingChange:
    """Write a setting to the file; what would be faulty is not written.

    Raises:
        InputError: there is no such setting, or it cannot have this value.
        SettingsError: the file is faulty, or cannot be changed.
    """
    from tui.settings.config.toml_editing import set_value

    setting, path = find_setting(key)
    try:
        value = parse_value(setting, key, words)
    except SettingsError as error:
        raise InputError(str(error), argument="value") from None
    try:
        return _changed(folders, path, lambda text: set_value(text, path, value))
    except ConfigInvalid as error:
        raise _refused(error, path) from None


def unset_setting(folders: Folders, key: str) -> SettingChange:
    """Remove a setting from the file, also a key that is not a setting.

    Raises:
        InputError: the file does not have it.
        SettingsError: the file is faulty without it, or cannot be changed.
    """
    from tui.settings.config.toml_editing import remove_value

    path = tuple(key.split("."))

    def change(text: str) -> str:
        try:
            return remove_value(text, path)
        except KeyError:
            whole = "is a table; unset its keys" if is_table(path) else "is not set there"
            raise InputError(f"{folders.config_file.name}: {key} {whole}", argument="key") from None

    return _changed(folders, path, change)


def _changed(folders: Folders, path: Path, change: Callable[[str], str]) -> SettingChange:
    from tui.settings.config.config_file import change_config

    before = config_or_empty(folders)
    config = change_config(
        folders.config_file, change, check=lambda config: check_references(config, folders)
    )
    setting = setting_at(path)
    now = effective_setting(setting, path, config, {}, {}) if setting else None
    name = path[1] if path[0] == "profiles" and len(path) > 1 else ""
    return SettingChange(now, _dropped(folders, name, before, config))


def config_or_empty(folders: Folders) -> Config:
    """The settings, or empty ones if they are invalid; for completion and hints."""
    try:
        return read_config(folders.config_file)
    except SettingsError:
        return Config(folders.config_file)


def setting_keys(config: Config) -> Iterator[str]:
    """Every key that can be set: with the profiles that there are, and every action."""
    from .catalogue import CATALOGUE

    names = {"keymap": tuple(CATALOGUE), "profiles": tuple(config.profiles)}
    for setting in SETTINGS:
        for name in names.get(setting.path[0], ("",)):
            yield setting.key.replace("*", name)


def setting_choices(key: str, folders: Folders, config: Config) -> Sequence[str]:
    """What a setting could be set to, where that is known."""
    setting = setting_at(tuple(key.split(".")))
    if setting is None:
        return ()
    if setting.kind == "switch":
        return ("true", "false")
    if key == "theme":
        from tui.settings.themes import load_themes

        return tuple(load_themes(folders.themes).themes)
    if key == "profile":
        from tui.settings.profile import BUILT_IN

        return (*config.profiles, *BUILT_IN)
    return setting.choices


def _unknown(key: str, path: Path) -> str:
    for depth in range(len(path)):
        known = names_below(path[:depth])
        if known and path[depth] not in known:
            return f"there is no setting “{key}”{suggestion_for(path[depth], known, choose_from(known))}"
    if is_table(path):
        return f"“{key}” is a table of settings; name one of them"
    return f"there is no setting “{key}”; ordex config show lists them"


def _dropped(folders: Folders, name: str, before: Config, after: Config) -> tuple[str, ...]:
    """Drop the secret of a profile whose address has changed, with a note.

    A kept secret would not be sent there in any case: it is bound to the address that it was given for.
    """
    from tui.settings.addresses import account_address, origin_of
    from tui.settings.tokens.token_sources import WRITABLE_PLACES, token_place, token_store

    tables = [config.profiles.get(name) for config in (before, after)]
    if tables[0] is None or tables[1] is None:
        return ()
    was, now = (account_address(table) for table in tables if table is not None)
    if origin_of(was) == origin_of(now):
        return ()
    place = token_place(tables[0])
    if place not in WRITABLE_PLACES:
        return (f"the secret of {name} goes to {origin_of(now)} from now on",)
    store = token_store(place, name, address=was, folder=folders.config)
    try:
        store.forget()
    except SettingsError as error:
        return (f"its secret is valid only for {origin_of(was)} ({error})",)
    return (
        f"its secret was for {origin_of(was)} and is dropped; ordex profiles add {name} asks for the new one",
    )


def _refused(error: ConfigInvalid, path: Path) -> Exception:
    """Why a value is not written, if the value itself is wrong: no file has its line."""
    own = [fault.text for fault in error.faults if fault.path == path]
    return InputError("; ".join(own), argument="value") if len(own) == len(error.faults) else error


def _theme_faults(config: Config, folders: Folders) -> Iterator[ConfigProblem]:
    if config.theme is None:
        return
    from tui.settings.themes import load_themes

    themes = load_themes(folders.themes).themes
    if config.theme not in themes:
        yield ConfigProblem(
            ("theme",),
            f"there is no theme “{config.theme}”{suggestion_for(config.theme, themes, choose_from(themes))}",
        )
