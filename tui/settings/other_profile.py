"""Going on with another profile: what of the one in use goes along, and what never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .profile import Profile, resolve_profile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def other_profile(current: Profile, name: str, environ: Mapping[str, str], config_file: Path) -> Profile:
    """The profile of that name, to go on with.

    ``--read-only`` is said of the whole session and goes along; that a profile only reads by its settings, or
    because it is production, is its own. Leave to change is never carried to another account.

    Args:
        current: the profile in use.
        name: of the one to go on with.
        environ: the process environment.
        config_file: the settings file, which need not exist.

    Raises:
        SettingsError: it is not known or not complete.
    """
    stays = True if current.seals_others else None
    return resolve_profile(environ, config_file=config_file, name=name, read_only=stays)
