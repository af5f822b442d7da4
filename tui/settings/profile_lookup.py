"""Finding the profile to use: an option, the environment, config.toml, else the embedded sandbox."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from .addresses import DEFAULT_BASE_URL, account_address, account_kind, is_loopback, parse_address
from .profile import BUILT_IN, VARIABLES, Auth, Kind, Masking, Profile
from .secret import FixedToken, Secret
from .setting_errors import SettingsError
from .tokens.environment_token import profile_variable
from .tokens.token_sources import token_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .config.config_file import Config
    from .secret import TokenSource

ORIGIN = "config.toml"


def resolve_profile(
    environ: Mapping[str, str],
    *,
    config_file: Path | None = None,
    name: str | None = None,
    demo: bool = False,
    read_only: bool | None = None,
    token: TokenSource | None = None,
) -> Profile:
    """Choose the profile: by option, environment, settings file, or else the embedded sandbox.

    The settings file is read only if it matters: if there is one, it decides whether data is masked.

    Args:
        environ: the process environment.
        config_file: the settings file, which need not exist; without it only the built-in profiles are there.
        name: ``--profile``; ``sandbox`` and ``environment`` are always there.
        demo: ``--demo``: the embedded sandbox, in place of all other sources.
        read_only: ``--read-only`` (true), ``--write`` (false), or not given.
        token: the token if it was given directly; it wins over every other source.

    Raises:
        SettingsError: the profile is unknown or incomplete, or the settings file is invalid.
    """
    chosen = "sandbox" if demo else name or environ.get("ORDEX_PROFILE") or None
    if chosen is None and any(environ.get(variable) for variable in VARIABLES):
        chosen = "environment"
    config = None if chosen in BUILT_IN else _config(config_file)
    if chosen is None:
        chosen = (config and config.profile) or "sandbox"
    if chosen == "sandbox":
        if token is not None:
            raise SettingsError("the embedded sandbox takes no token; name the account with --profile")
        return _sandbox(read_only=bool(read_only), masking=_masking(config_file))
    if chosen == "environment":
        made = _environment(environ, read_only=read_only, token=token)
        return replace(made, masking=_masking(config_file))
    if config is not None and chosen in config.profiles:
        return named_profile(config, chosen, environ, read_only=read_only, token=token)
    there = [*(config.profiles if config else ()), *BUILT_IN]
    raise SettingsError(f"there is no profile “{chosen}”; the profiles are: {', '.join(there)}")


def default_profile_name(environ: Mapping[str, str], config_file: Path | None) -> str:
    """The name of the profile that a command uses without ``--profile``; empty if it finds none."""
    try:
        return resolve_profile(environ, config_file=config_file).name
    except SettingsError:
        return ""


def switch_profile(current: Profile, name: str, environ: Mapping[str, str], config_file: Path) -> Profile:
    """Find another profile for a session that is already open.

    ``--read-only`` applies to the whole session, so it stays in force. Permission to write belongs to one
    account and is never carried to another.

    Args:
        current: the profile in use.
        name: the profile to switch to.
        environ: the process environment.
        config_file: the settings file, which need not exist.

    Raises:
        SettingsError: the profile is unknown or incomplete.
    """
    stays = True if current.seals_others else None
    return resolve_profile(environ, config_file=config_file, name=name, read_only=stays)


def profile_names(config_file: Path | None) -> tuple[str, ...]:
    """The names of all profiles: the built-in ones, then those of the settings file.

    Raises:
        SettingsError: the settings file is invalid.
    """
    config = _config(config_file)
    return (*BUILT_IN, *(config.profiles if config else ()))


def check_settings(config_file: Path | None) -> None:
    """Validate the settings file.

    Raises:
        SettingsError: the settings file is invalid.
    """
    _config(config_file)


def any_profile_masks(config_file: Path | None) -> bool:
    """Whether any profile masks data; for when it is unclear which profile is meant."""
    try:
        config = _config(config_file)
    except SettingsError:
        return True
    return config is not None and (
        bool(config.mask) or any(table.get("mask") for table in config.profiles.values())
    )


def named_profile(
    config: Config,
    name: str,
    environ: Mapping[str, str],
    *,
    read_only: bool | None = None,
    token: TokenSource | None = None,
) -> Profile:
    """The profile from the settings file, ready to connect.

    Args:
        config: the settings, with a profile of that name.
        name: the name of the profile.
        environ: the process environment, which may hold the id and the token.
        read_only: ``--read-only`` (true), ``--write`` (false), or not given.
        token: the token if it was given directly; it wins over every other source.

    Raises:
        SettingsError: the application id is missing.
    """
    table = config.profiles[name]
    base_url = account_address(table)
    kind = cast("Kind", account_kind(table, base_url))
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
        mirror=table.get("mirror"),
    )


def app_id_of(name: str, table: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    """The application id, from the environment or the settings.

    Raises:
        SettingsError: it is missing or malformed.
    """
    variable = profile_variable(name, "APP_ID")
    app_id: str = environ.get(variable, "").strip() or table.get("app_id", "").strip()
    if not app_id:
        raise SettingsError(
            f"the profile “{name}” has no application id; set {variable}, or app_id below "
            f"[profiles.{name}] in {ORIGIN}"
        )
    if not (app_id.isascii() and app_id.isprintable()):
        raise SettingsError(f"{variable} has characters that an id cannot have; copy it again")
    return app_id


def _config(file: Path | None) -> Config | None:
    """The settings; ``None`` without a file, and then nothing is imported to read one."""
    if file is None or not os.path.lexists(file):
        return None
    from .config.config_file import read_config

    return read_config(file)


def _masking(file: Path | None) -> Masking:
    """The masking of all profiles; an invalid file masks everything, to be safe."""
    try:
        config = _config(file)
    except SettingsError:
        return Masking(always=True)
    return Masking(always=bool(config and config.mask))


def _sandbox(*, read_only: bool, masking: Masking) -> Profile:
    return Profile(
        name="sandbox",
        kind="sandbox",
        base_url=None,
        app_id="sandbox",
        token=FixedToken(Secret("sandbox"), "built in"),
        read_only=read_only,
        origin="built in",
        sealed=read_only,
        seals_others=read_only,
        masking=masking,
    )


def _environment(environ: Mapping[str, str], *, read_only: bool | None, token: TokenSource | None) -> Profile:
    app_id = environ.get("VOUCHERIFY_APP_ID", "").strip()
    app_token = environ.get("VOUCHERIFY_APP_TOKEN", "").strip()
    wanted = [("VOUCHERIFY_APP_ID", app_id, "VOUCHERIFY_APP_TOKEN")]
    if token is None:
        wanted.append(("VOUCHERIFY_APP_TOKEN", app_token, "VOUCHERIFY_APP_ID"))
    for variable, value, other in wanted:
        if not value:
            raise SettingsError(
                f"{variable} is not set although the account of the environment was asked for; set it "
                f"together with {other}, or use --demo for the embedded sandbox"
            )
        if not (value.isascii() and value.isprintable()):
            raise SettingsError(f"{variable} has characters that a key cannot have; copy the key again")
    base_url = parse_address(
        environ.get("VOUCHERIFY_API_BASE_URL") or DEFAULT_BASE_URL, "VOUCHERIFY_API_BASE_URL"
    )
    local = is_loopback(base_url)
    return Profile(
        name="environment",
        kind="sandbox" if local else "production",
        base_url=base_url,
        app_id=app_id,
        token=token or FixedToken(Secret(app_token), "VOUCHERIFY_APP_TOKEN"),
        read_only=read_only if read_only is not None else not local,
        origin="environment",
        sealed=read_only is True,
        seals_others=read_only is True,
    )
