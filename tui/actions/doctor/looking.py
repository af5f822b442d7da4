"""The whole look around, for every front end."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .discretion import Discretion

if TYPE_CHECKING:
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile

    from .finding import Section
    from .profiles import ProfileFacts


def examine(folders: Folders, choose: Callable[[], Profile]) -> tuple[Section, ...]:
    """The report about all that needs no network, fit to be shown to anybody. Not for the event loop.

    Args:
        folders: where Ordex keeps things.
        choose: gives the profile that is used; it may raise ``SettingsError``.
    """
    return discretion().sections(look_around(folders, profiles_here(folders, choose)))


def discretion() -> Discretion:
    """What a report about this user may not say."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    return Discretion(home=Path.home(), user=user)


def profiles_here(folders: Folders, choose: Callable[[], Profile]) -> tuple[ProfileFacts, ...]:
    """Every profile there is. Secrets are looked for, which may take seconds: not for the event loop."""
    from .profiles import look_at_profiles

    return look_at_profiles(os.environ, choose, folders.config_file)


def look_around(folders: Folders, profiles: Sequence[ProfileFacts]) -> list[Section]:
    """Look at all that needs no network; nothing is changed. Not for the event loop."""
    from tui.settings.profile_lookup import default_profile_name

    from .folders import folders_section, look_at_folders
    from .keyring import look_at_keyring
    from .profiles import profiles_section
    from .program import look_at_program, program_section
    from .settings import look_at_settings, settings_section
    from .stored import look_at_stored, stored_section
    from .surroundings import environment_section, profile_variables
    from .terminal import look_at_terminal, terminal_section

    default = default_profile_name(os.environ, folders.config_file)
    return [
        program_section(look_at_program(os.environ)),
        terminal_section(look_at_terminal(os.environ)),
        environment_section(os.environ, profile_variables(folders)),
        settings_section(look_at_settings(folders)),
        profiles_section(profiles, look_at_keyring()),
        folders_section(look_at_folders(folders)),
        stored_section(look_at_stored(folders), default),
    ]
