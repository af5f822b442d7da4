"""Checks of the profiles and of the system's keyring. Tokens are looked for, never shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.settings.profile import BUILT_IN, VARIABLES, Profile
from tui.settings.profile_lookup import profile_names, resolve_profile
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.command_token import CommandToken
from tui.settings.tokens.keyring_token import SECONDS, trusted_backends
from tui.settings.tokens.prompted_token import TokenPromptRequired
from tui.settings.tokens.timed_call import CallTimeout, TimedCall

from .finding import CheckResult, Section, fail, ok, warn

if TYPE_CHECKING:
    from tui.settings.secret import TokenSource


@dataclass(frozen=True, slots=True)
class KeyringStatus:
    """The backends that would be used, by name, or ``why`` none can. Both are empty without the extra."""

    backends: tuple[str, ...] = ()
    why: str = ""


def look_at_keyring(*, seconds: float = SECONDS) -> KeyringStatus:
    """Find the keyring without reading it, with a time limit because keyrings can hang."""
    if find_spec("keyring") is None:
        return KeyringStatus()
    try:
        found = TimedCall(lambda _: trusted_backends()).wait(seconds)
    except CallTimeout:
        return KeyringStatus(why=f"it did not answer within {seconds:g} seconds")
    except SettingsError as error:
        return KeyringStatus(why=str(error))
    except Exception as error:  # noqa: BLE001 - a backend raises what it likes
        return KeyringStatus(why=f"it cannot be used ({type(error).__name__})")
    return KeyringStatus(tuple(type(backend).__module__ for backend in found))


def keyring_finding(keyring: KeyringStatus) -> CheckResult:
    """The finding about the keyring. Having none is fine: a profile that needs it reports that itself."""
    if keyring.backends:
        return ok("keyring", ", ".join(keyring.backends))
    return ok("keyring", keyring.why or "not used: the extra keyring is not installed")


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """One profile. ``fault`` is why it cannot be used; ``missing`` why its secret is not where it should be.

    ``chosen`` is whether it is the one in use.
    """

    name: str
    profile: Profile | None = None
    fault: str = ""
    missing: str = ""
    chosen: bool = False


def look_at_profiles(
    environ: Mapping[str, str], choose: Callable[[], Profile], config_file: Path | None = None
) -> tuple[ProfileFacts, ...]:
    """Inspect every profile, and which one is used.

    Args:
        environ: the process environment.
        choose: gives the profile that would be used; it may raise ``SettingsError``.
        config_file: the settings file with the user's own profiles.
    """
    chosen, fault = _chosen(choose)
    resolve = partial(resolve_profile, environ, config_file=config_file)
    facts = [
        _look(name, partial(resolve, name=name), chosen=name == chosen)
        for name in _names(config_file)
        if name != "environment" or any(environ.get(variable) for variable in VARIABLES)
    ]
    if fault and not any(fact.fault == fault for fact in facts):
        facts.append(ProfileFacts("in use", fault=fault))
    return tuple(facts)


def profiles_section(facts: Sequence[ProfileFacts], keyring: KeyringStatus) -> Section:
    """The findings about the profiles and the keyring."""
    return Section("Profiles", (*map(_finding, facts), keyring_finding(keyring)))


def _finding(facts: ProfileFacts) -> CheckResult:
    used = "in use: " if facts.chosen else ""
    if facts.profile is None:
        to_do = "see also ordex config check"
        return fail(facts.name, used + facts.fault, to_do, ExitCode.USAGE)
    text = used + _described(facts.profile)
    if not facts.missing:
        return ok(facts.name, text)
    text, to_do = (
        f"{text}: {facts.missing}",
        f"ordex config set profiles.{facts.name}.secret shows where it is stored",
    )
    if not facts.chosen:
        return warn(facts.name, text, to_do)
    return fail(facts.name, text, to_do, ExitCode.NOT_AUTHORISED)


def _described(profile: Profile) -> str:
    kind = "PRODUCTION" if profile.kind == "production" else "a sandbox"
    rights = "read-only" if profile.read_only else "reads and writes"
    how = "a key pair" if profile.auth == "keys" else "access tokens (OAuth)"
    if profile.base_url is None:
        return f"the embedded sandbox, {rights}"
    return f"{kind} at {profile.address}, {rights}, by {how}; its secret: {profile.token.where}"


def _chosen(choose: Callable[[], Profile]) -> tuple[str, str]:
    try:
        return choose().name, ""
    except SettingsError as error:
        return "", str(error)


def _names(config_file: Path | None) -> tuple[str, ...]:
    try:
        return profile_names(config_file)
    except SettingsError:
        return BUILT_IN


def _look(name: str, resolve: Callable[[], Profile], *, chosen: bool) -> ProfileFacts:
    try:
        profile = resolve()
    except SettingsError as error:
        return ProfileFacts(name, fault=str(error), chosen=chosen)
    return ProfileFacts(name, profile, missing=_missing(profile.token), chosen=chosen)


def _missing(token: TokenSource) -> str:
    """Why the secret is missing. A password command is not run, because it may prompt the user."""
    if isinstance(token, CommandToken):
        return "" if token.is_found else "there is no such program"
    try:
        return "" if token.read() else "it is empty"
    except TokenPromptRequired:
        return ""
    except SettingsError as error:
        return str(error)
