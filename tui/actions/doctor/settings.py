"""The user's settings: whether the file and the themes can be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.config_service import checked_settings
from tui.actions.exit_codes import ExitCode
from tui.settings.setting_errors import SettingsError
from tui.settings.themes import load_themes

from .finding import Finding, Section, fail, ok, warn

if TYPE_CHECKING:
    from tui.settings.folders import Folders


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """The settings file: whether it is there, and all that is wrong with it; the faults of themes."""

    path: Path
    there: bool
    faults: tuple[str, ...]
    theme_faults: tuple[str, ...]


def look_at_settings(folders: Folders) -> SettingsFacts:
    """Read the settings and the themes, and use none of them."""
    path = folders.config_file
    faults: tuple[str, ...] = ()
    try:
        checked_settings(folders)
    except SettingsError as error:
        faults = tuple(str(error).splitlines())
    themes = tuple(str(fault) for fault in load_themes(folders.themes).faults)
    return SettingsFacts(path, path.exists(), faults, themes)


def settings_section(facts: SettingsFacts) -> Section:
    """The findings about them."""
    return Section("Settings", (*_file(facts), *_themes(facts)))


def _file(facts: SettingsFacts) -> tuple[Finding, ...]:
    if facts.faults:
        return tuple(fail("config", fault, f"edit {facts.path}", ExitCode.USAGE) for fault in facts.faults)
    if not facts.there:
        return (ok("config", f"there is no {facts.path.name}; all is as Ordex has it"),)
    return (ok("config", f"{facts.path} is in order"),)


def _themes(facts: SettingsFacts) -> tuple[Finding, ...]:
    if not facts.theme_faults:
        return (ok("themes", "all can be used"),)
    return tuple(warn("theme", fault, "fix the file, or move it away") for fault in facts.theme_faults)
