"""Profiles as rows of a table. This reads no token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.settings.profile import BUILT_IN, VARIABLES, Profile
from tui.settings.profile_lookup import resolve_profile
from tui.settings.setting_errors import SettingsError

if TYPE_CHECKING:
    from tui.settings.config.config_file import Config

FIELDS = ("name", "used", "kind", "address", "rights", "auth", "secret", "problem")
"""The columns of the list."""


def profile_rows(config: Config, environ: Mapping[str, str], used: str | None) -> list[dict[str, Any]]:
    """Every profile: those of the settings, then the built-in ones.

    Args:
        config: the settings.
        environ: the process environment.
        used: the name of the profile that is in use, if one is.
    """
    names = [*config.profiles, *BUILT_IN]
    if not any(environ.get(variable) for variable in VARIABLES):
        names.remove("environment")
    return [profile_row(name, config, environ, used) for name in names]


def profile_row(name: str, config: Config, environ: Mapping[str, str], used: str | None) -> dict[str, Any]:
    """One profile; ``problem`` explains why it cannot be used."""
    try:
        found = resolve_profile(environ, config_file=config.path, name=name)
    except SettingsError as error:
        return {"name": name, "used": name == used, "problem": str(error)}
    return {
        "name": name,
        "used": name == used,
        "kind": found.kind,
        "address": found.address,
        "rights": access_rights(found),
        "auth": found.auth,
        "app_id": found.app_id,
        "secret": found.token.where,
        "origin": found.origin,
    }


def access_rights(profile: Profile) -> str:
    """Whether the profile can write: never, after unlocking, or always."""
    if profile.sealed:
        return "read-only"
    return "starts read-only" if profile.read_only else "reads and writes"
