"""Completion candidates: columns, mappings, settings, profiles and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.actions.verb import Argument


def candidates(argument: Argument, typed: str, given: Mapping[str, Any]) -> list[str]:
    """Values that complete an argument; empty where click or the shell completes it.

    ``given`` holds the arguments that were parsed already.
    """
    if argument.kind in ("setting", "value"):
        return [name for name in _settings(argument, given) if name.startswith(typed)]
    from tui.orders.columns import COLUMNS

    if argument.kind in ("profile", "mapping"):
        return profiles(typed) if argument.kind == "profile" else mappings(typed)
    if argument.kind == "column_map":
        from tui.actions.jobs.column_completion import column_maps, titles_of

        return list(column_maps(typed, titles_of(given.get("file"))))

    if argument.kind == "column":
        return [name for name in COLUMNS if name.startswith(typed)]
    if argument.kind == "columns":
        before, comma, last = typed.rpartition(",")
        taken = before.split(",")
        return [before + comma + name for name in COLUMNS if name.startswith(last) and name not in taken]
    return []


def _settings(argument: Argument, given: Mapping[str, Any]) -> Sequence[str]:
    import os

    from tui.actions.config_service import config_or_empty, setting_choices, setting_keys
    from tui.settings.folders import find_folders

    folders = find_folders(os.environ)
    config = config_or_empty(folders)
    if argument.kind == "setting":
        return tuple(setting_keys(config))
    return setting_choices(given.get("key") or "", folders, config)


def themes(typed: str) -> list[str]:
    """Names of themes, including the user's."""
    import os

    from tui.settings.folders import find_folders
    from tui.settings.themes import load_themes

    known = load_themes(find_folders(os.environ).themes).themes
    return [name for name in known if name.startswith(typed)]


def mappings(typed: str) -> list[str]:
    """Names of saved mappings."""
    import os

    from tui.jobs.importing.mapping.mapping_store import MappingStore
    from tui.settings.folders import find_folders

    names = MappingStore(find_folders(os.environ).mappings).names()
    return [name for name in names if name.startswith(typed)]


def profiles(typed: str) -> list[str]:
    """Names of profiles."""
    import os

    from tui.settings.folders import find_folders
    from tui.settings.profile import BUILT_IN
    from tui.settings.profile_lookup import profile_names
    from tui.settings.setting_errors import SettingsError

    try:
        names = profile_names(find_folders(os.environ).config_file)
    except SettingsError:
        names = BUILT_IN
    return [name for name in names if name.startswith(typed)]
