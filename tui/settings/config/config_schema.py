"""The schema of config.toml: the key, type, meaning and alternatives of every setting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tui.settings.tokens.token_sources import TOKEN_PLACES

ValueKind = Literal["text", "switch", "choice", "texts", "keys"]
"""The type of a value: text, true or false, one of the choices, a list of texts, or keyboard keys."""

ANY = "*"
"""Stands for a name that the user chooses."""

Path = tuple[str, ...]
"""The parts of a key, from the top of the file."""


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting.

    ``key`` has ``*`` where a name of the user's stands. ``default`` is in words. ``variable`` is the
    environment variable that overrides it, with ``<NAME>`` for the profile's name in capitals; ``flag`` is
    the option that overrides both.
    """

    key: str
    kind: ValueKind
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    variable: str = ""
    flag: str = ""

    @property
    def path(self) -> Path:
        """The key's parts."""
        return tuple(self.key.split("."))


SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "profile",
        "text",
        "The default profile.",
        default="the embedded sandbox",
        variable="ORDEX_PROFILE",
        flag="--profile",
    ),
    SettingSpec("theme", "text", "The explorer's theme.", default="ordex-dark", flag="--theme"),
    SettingSpec(
        "mask",
        "switch",
        "Always mask personal data, in every profile.",
        default="no",
        flag="--mask",
    ),
    SettingSpec(
        "notify",
        "switch",
        "Send a desktop notification when a job ends; otherwise the terminal rings.",
        default="yes, in terminals that support it",
    ),
    SettingSpec("keymap.*", "keys", "Keys of an action; an empty text removes them."),
    SettingSpec(
        "profiles.*.kind",
        "choice",
        "ValueKind of account. Production starts read-only and asks for the profile's name.",
        default="production, unless the address is on this machine",
        choices=("production", "sandbox"),
    ),
    SettingSpec(
        "profiles.*.region", "choice", "Region of the account.", default="eu", choices=("eu", "us", "asia")
    ),
    SettingSpec("profiles.*.url", "text", "Address of the account, instead of a region."),
    SettingSpec(
        "profiles.*.auth",
        "choice",
        "Send the two keys, or exchange them for OAuth access tokens.",
        default="keys",
        choices=("keys", "oauth"),
    ),
    SettingSpec(
        "profiles.*.app_id",
        "text",
        "Application id, or OAuth client id. Not a secret.",
        variable="ORDEX_<NAME>_APP_ID",
    ),
    SettingSpec(
        "profiles.*.secret",
        "choice",
        "Where the application token, or the OAuth client secret, is.",
        default="command if there is a token_command, else environment",
        choices=TOKEN_PLACES,
    ),
    SettingSpec(
        "profiles.*.token_variable",
        "text",
        "Environment variable with the token. While it is set, it overrides every other place.",
        default="ORDEX_<NAME>_APP_TOKEN",
    ),
    SettingSpec(
        "profiles.*.token_command",
        "texts",
        "Program that prints the token, with its arguments (run without a shell).",
    ),
    SettingSpec(
        "profiles.*.read_only",
        "switch",
        "Never allow changes, except with --write on a command line.",
        default="no; production starts read-only anyway",
        flag="--read-only",
    ),
    SettingSpec(
        "profiles.*.mask",
        "switch",
        "Always mask personal data.",
        default="the value of mask",
        flag="--mask",
    ),
    SettingSpec("profiles.*.mask_ids", "switch", "Also mask ids.", default="no"),
    SettingSpec("profiles.*.mask_metadata", "texts", "Metadata keys with personal values."),
    SettingSpec(
        "profiles.*.mirror",
        "switch",
        "Make a local copy of the account when a question needs it; ordex sync makes one in any case.",
        default="yes for sandbox accounts, no for production",
    ),
)


_BY_PATH = {setting.path: setting for setting in SETTINGS}


def setting_at(path: Path) -> SettingSpec | None:
    """The setting with this key; ``None`` if there is none."""
    if len(path) < 2:
        return _BY_PATH.get(path)
    # A name of the user's stands in the second place of a key, if anywhere.
    return _BY_PATH.get(path) or _BY_PATH.get((path[0], ANY, *path[2:]))


def is_table(path: Path) -> bool:
    """Whether there are settings below this key."""
    return any(
        len(setting.path) > len(path) and setting.path[: len(path)] == _as_pattern(path, setting)
        for setting in SETTINGS
    )


def names_below(path: Path) -> tuple[str, ...]:
    """The known names below this key; empty if the user chooses them."""
    depth = len(path)
    names = (
        setting.path[depth]
        for setting in SETTINGS
        if len(setting.path) > depth and setting.path[:depth] == _as_pattern(path, setting)
    )
    return _without_any(names)


def _as_pattern(path: Path, setting: SettingSpec) -> Path:
    return tuple(ANY if mine == ANY else part for mine, part in zip(setting.path, path, strict=False))


def _without_any(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name != ANY))
