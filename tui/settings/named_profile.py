"""A profile of the settings file, made ready to speak to its account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from .config_checking import kind_of
from .profile import REGIONS, Auth, Kind, Masking, Profile, SettingsError, checked_address
from .tokens import token_source
from .tokens.environment import variable_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .config import Config
    from .secret import TokenSource

ORIGIN = "config.toml"


def named_profile(
    config: Config,
    name: str,
    environ: Mapping[str, str],
    *,
    read_only: bool | None = None,
    token: TokenSource | None = None,
) -> Profile:
    """The profile of that name.

    Args:
        config: the settings, with a profile of that name.
        name: the profile's name.
        environ: the process environment, which may hold the id and the token.
        read_only: ``--read-only`` (true), ``--write`` (false), or not given.
        token: the token where it was given otherwise, before every place that could have it.

    Raises:
        SettingsError: the application's id is nowhere.
    """
    table = config.profiles[name]
    base_url = address_of(table)
    kind = cast("Kind", kind_of(table, base_url))
    app_id = app_id_of(name, table, environ)
    always_reads = bool(table.get("read_only"))
    reads = always_reads or kind == "production"
    return Profile(
        name=name,
        kind=kind,
        base_url=base_url,
        app_id=app_id,
        token=token
        or token_source(name, table, environ, address=base_url, app_id=app_id, folder=config.path.parent),
        read_only=reads if read_only is None else read_only,
        origin=ORIGIN,
        sealed=always_reads if read_only is None else read_only,
        seals_others=read_only is True,
        auth=cast("Auth", table.get("auth", "keys")),
        masking=Masking(
            always=bool(table.get("mask", config.mask)),
            ids=bool(table.get("mask_ids")),
            metadata=tuple(table.get("mask_metadata", ())),
        ),
    )


def address_of(table: Mapping[str, Any]) -> str:
    """The account's address, from its ``url`` or its ``region``."""
    url = table.get("url")
    return checked_address(url, "url") if url else REGIONS[table.get("region", "eu")]


def app_id_of(name: str, table: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    """The application's id, from the environment or the settings.

    Raises:
        SettingsError: it is in neither, or cannot be one.
    """
    variable = variable_of(name, "APP_ID")
    app_id: str = environ.get(variable, "").strip() or table.get("app_id", "").strip()
    if not app_id:
        raise SettingsError(
            f"the profile “{name}” has no application id; set {variable}, or app_id below "
            f"[profiles.{name}] in {ORIGIN}"
        )
    if not (app_id.isascii() and app_id.isprintable()):
        raise SettingsError(f"{variable} holds characters that no id has; copy it again")
    return app_id
