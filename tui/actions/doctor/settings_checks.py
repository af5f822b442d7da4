"""Checks of config.toml, the themes and the environment variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.actions.config_service import checked_settings, config_or_empty
from tui.actions.exit_codes import ExitCode
from tui.name_suggestions import closest, did_you_mean
from tui.settings.setting_errors import SettingsError
from tui.settings.themes import load_themes
from tui.settings.tokens.environment_token import profile_variable, token_variable

from .finding import CheckResult, Section, fail, ok, warn

if TYPE_CHECKING:
    from tui.settings.folders import Folders


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """The settings file: whether it exists, its mistakes, and those of the themes."""

    path: Path
    there: bool
    faults: tuple[str, ...]
    theme_faults: tuple[str, ...]


def look_at_settings(folders: Folders) -> SettingsFacts:
    """Read and check the settings and the themes."""
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


def _file(facts: SettingsFacts) -> tuple[CheckResult, ...]:
    if facts.faults:
        return tuple(fail("config", fault, f"edit {facts.path}", ExitCode.USAGE) for fault in facts.faults)
    if not facts.there:
        return (ok("config", f"there is no {facts.path.name}; all settings have their defaults"),)
    return (ok("config", f"{facts.path} is in order"),)


def _themes(facts: SettingsFacts) -> tuple[CheckResult, ...]:
    if not facts.theme_faults:
        return (ok("themes", "valid"),)
    return tuple(warn("theme", fault, "fix the file, or move it away") for fault in facts.theme_faults)


SHOWN = ("ORDEX_PROFILE", "ORDEX_HOME", "ORDEX_LINEAR", "ORDEX_DEBUG", "NO_COLOR", "CLICOLOR_FORCE")
"""Variables whose value is shown."""

KEPT_BACK = (
    *("VOUCHERIFY_APP_ID", "VOUCHERIFY_APP_TOKEN", "VOUCHERIFY_API_BASE_URL"),
    "VOUCHERIFY_EXPORT_TOKEN",  # read by copied requests only
)
"""Variables that are only reported as set."""

KNOWN = (*SHOWN, *KEPT_BACK)

PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def environment_section(environ: Mapping[str, str], of_profiles: Sequence[str] = ()) -> Section:
    """The findings about the environment. No secret is read from it.

    Args:
        environ: the process environment.
        of_profiles: the variables that profiles of the settings read.
    """
    known = tuple(dict.fromkeys((*KNOWN, *of_profiles)))
    findings = [
        *_own(environ, known),
        *_unknown(environ, known),
        *_proxies(environ),
        *_authorities(environ),
    ]
    return Section("Environment", tuple(findings))


def profile_variables(folders: Folders) -> tuple[str, ...]:
    """The variables that the profiles of the settings read: their ids and their tokens."""
    config = config_or_empty(folders)
    return tuple(
        variable
        for name, table in config.profiles.items()
        for variable in (profile_variable(name, "APP_ID"), token_variable(name, table))
    )


def _own(environ: Mapping[str, str], known: Sequence[str]) -> Iterator[CheckResult]:
    there = [name for name in known if environ.get(name)]
    if not there:
        yield ok("variables", "no variable that Ordex reads is set")
    for name in there:
        yield ok(name, environ[name] if name in SHOWN else "set")


def _unknown(environ: Mapping[str, str], known: Sequence[str]) -> Iterator[CheckResult]:
    for name in sorted(environ):
        if name.startswith(("ORDEX_", "VOUCHERIFY_")) and name not in known:
            near = closest(name, known, cutoff=0.8)
            if near:
                yield warn(name, "is set, but Ordex does not read it", did_you_mean(near))


def _proxies(environ: Mapping[str, str]) -> Iterator[CheckResult]:
    found = False
    for name in PROXIES:
        for variable in (name, name.lower()):
            if environ.get(variable):
                found = True
                value = environ[variable]
                yield ok(variable, value if name == "NO_PROXY" else describe_proxy(value))
    if not found:
        yield ok("proxy", "none is named")


def describe_proxy(value: str) -> str:
    """A proxy's address without who uses it: ``http://***@proxy.example:3128``."""
    try:
        parts = urlsplit(value if "//" in value else f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return "set, but not an address"
    if not host:
        return "set, but not an address"
    whom = "***@" if parts.username is not None or parts.password is not None else ""
    place = f"[{host}]" if ":" in host else host
    return f"{parts.scheme + '://' if parts.scheme else ''}{whom}{place}{f':{port}' if port else ''}"


def _authorities(environ: Mapping[str, str]) -> Iterator[CheckResult]:
    for name in AUTHORITIES:
        if environ.get(name):
            yield ok(name, f"{environ[name]},, a file of trusted certificate authorities")
