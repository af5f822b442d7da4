"""Which account Ordex speaks to, and where each part of the answer came from."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from tui.errors import OrdexError

from .secret import Given, Secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .config import Config
    from .secret import TokenSource

DEFAULT_BASE_URL = "https://api.voucherify.io"
SANDBOX_ADDRESS = "embedded sandbox"

BUILT_IN = ("sandbox", "environment")
"""The profiles that are always there."""

REGIONS = {
    "eu": DEFAULT_BASE_URL,
    "us": "https://us1.api.voucherify.io",
    "asia": "https://as1.api.voucherify.io",
}
"""Voucherify's own regions."""

VARIABLES = ("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_API_BASE_URL")
"""The names that Voucherify's own Python server uses."""

Kind = Literal["sandbox", "production"]

Auth = Literal["keys", "oauth"]
"""How requests are authorised: by the key pair itself, or by tokens that it is exchanged for."""


class SettingsError(OrdexError):
    """A setting is missing or wrong; the message says which, where it was read and what to do."""

    title = "A setting is missing or wrong"


@dataclass(frozen=True, slots=True)
class Masking:
    """What of orders is masked beside names, addresses and the like, and whether that is so from the start.

    ``metadata`` are the keys whose values are personal.
    """

    always: bool = False
    ids: bool = False
    metadata: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """An account to speak to.

    ``base_url`` is ``None`` for the embedded sandbox. ``kind`` decides how careful Ordex is: an account
    from the environment counts as production unless it is on this machine. ``origin`` says where the
    profile was found. ``sealed``: it was asked for as one that only reads, so nothing may unlock it.
    ``seals_others``: that was said of the whole session, so it holds for whatever profile it goes on with.
    """

    name: str
    kind: Kind
    base_url: str | None
    app_id: str
    token: TokenSource
    read_only: bool
    origin: str
    sealed: bool = False
    seals_others: bool = False
    auth: Auth = "keys"
    masking: Masking = Masking()

    @property
    def address(self) -> str:
        """Where the orders are, for the header: the host, or the embedded sandbox."""
        return urlsplit(self.base_url).netloc if self.base_url else SANDBOX_ADDRESS

    @property
    def account(self) -> str:
        """What is kept on disk is kept under this: two accounts of one profile's name are told apart."""
        if self.base_url is None:
            return self.name
        import hashlib

        keys = hashlib.sha256(self.app_id.encode()).hexdigest()[:6]
        return f"{self.name}@{self.address}#{keys}"


def name_in(account: str) -> str:
    """The name of the profile whose ``Profile.account`` this is."""
    return account.rpartition("#")[0].rpartition("@")[0] or account


def default_profile_name(environ: Mapping[str, str], config_file: Path | None) -> str:
    """The name of the profile that a command speaks to without ``--profile``; empty where it finds none."""
    try:
        return resolve_profile(environ, config_file=config_file).name
    except SettingsError:
        return ""


def resolve_profile(
    environ: Mapping[str, str],
    *,
    config_file: Path | None = None,
    name: str | None = None,
    demo: bool = False,
    read_only: bool | None = None,
    token: TokenSource | None = None,
) -> Profile:
    """Choose the profile: flag over environment over the settings file over the embedded sandbox.

    The settings file is read only where it can matter: where there is one, it says whether masks are on.

    Args:
        environ: the process environment.
        config_file: the settings file, which need not exist; without it only the built-in profiles are there.
        name: ``--profile``; ``sandbox`` and ``environment`` are always there.
        demo: ``--demo``, the embedded sandbox whatever else says.
        read_only: ``--read-only`` (true), ``--write`` (false), or not given.
        token: the token where it was given otherwise, before every place that could have it.

    Raises:
        SettingsError: an unknown profile, keys that are only half there, or a faulty settings file.
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
        from .named_profile import named_profile

        return named_profile(config, chosen, environ, read_only=read_only, token=token)
    there = [*(config.profiles if config else ()), *BUILT_IN]
    raise SettingsError(f"there is no profile “{chosen}”; the profiles are: {', '.join(there)}")


def profile_names(config_file: Path | None) -> tuple[str, ...]:
    """The names of all profiles: the built-in ones, then those of the settings file.

    Raises:
        SettingsError: the settings file is faulty.
    """
    config = _config(config_file)
    return (*BUILT_IN, *(config.profiles if config else ()))


def _config(file: Path | None) -> Config | None:
    """The settings, where there are any: without a file nothing is imported to read it."""
    if file is None or not os.path.lexists(file):
        return None
    from .config import read_config

    return read_config(file)


def check_settings(config_file: Path | None) -> None:
    """Read the settings, for nothing but their faults.

    Raises:
        SettingsError: the settings file is faulty.
    """
    _config(config_file)


def masked_anywhere(config_file: Path | None) -> bool:
    """Whether any profile is masked by the settings, for when it cannot be told which one is meant."""
    try:
        config = _config(config_file)
    except SettingsError:
        return True
    return config is not None and (
        bool(config.mask) or any(table.get("mask") for table in config.profiles.values())
    )


def _masking(file: Path | None) -> Masking:
    """What the settings say of masks in every profile; a file that says it wrongly shows nobody."""
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
        token=Given(Secret("sandbox"), "built in"),
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
            raise SettingsError(f"{variable} holds characters that no key has; copy the key again")
    base_url = checked_address(
        environ.get("VOUCHERIFY_API_BASE_URL") or DEFAULT_BASE_URL, "VOUCHERIFY_API_BASE_URL"
    )
    local = is_loopback(base_url)
    return Profile(
        name="environment",
        kind="sandbox" if local else "production",
        base_url=base_url,
        app_id=app_id,
        token=token or Given(Secret(app_token), "VOUCHERIFY_APP_TOKEN"),
        read_only=read_only if read_only is not None else not local,
        origin="environment",
        sealed=read_only is True,
        seals_others=read_only is True,
    )


def is_loopback(base_url: str) -> bool:
    """Whether the address is on this machine by its very name: ``localhost``, ``127.x.y.z``, ``::1``.

    A name that only looks like it, as ``127.0.0.1.example.com``, is anybody's.
    """
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def checked_address(text: str, where: str) -> str:
    """An address that keys may be sent to, without a slash at its end.

    Args:
        text: what was given.
        where: what it was given as, the subject of a sentence.

    Raises:
        SettingsError: it is no address, or not a safe one.
    """
    try:
        parts = urlsplit(text.strip())
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise SettingsError(f"{where} is not an address: {error}") from None
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise SettingsError(f"{where} must be like {DEFAULT_BASE_URL}")
    if parts.username or parts.password:
        raise SettingsError(f"{where} must not hold a user name or password")
    if parts.query or parts.fragment:
        raise SettingsError(f"{where} must not hold a query or a fragment")
    if parts.scheme == "http" and not is_loopback(text.strip()):
        raise SettingsError(f"{where} must begin with https:// unless it is on this machine")
    return text.strip().rstrip("/")
