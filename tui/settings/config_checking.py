"""Whether a settings file says what can be: every fault at once, none of them with a secret in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .faults import Fault, nearest
from .profile import BUILT_IN, REGIONS, SettingsError, checked_address, is_loopback
from .registry import Path, Setting, is_table, known_below, setting_at

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
"""A profile's name: it is typed to agree, and a part of file names and of environment variables."""

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

SECRET_NAMES = ("token", "app_token", "secret_key", "client_secret", "password", "api_key")
"""Keys under which people write secrets where none belong."""


def faults_of(document: Mapping[str, Any]) -> list[Fault]:
    """Everything that is wrong with a settings file, as TOML has read it."""
    faults = [*_faults_below((), document)]
    profiles = document.get("profiles")
    names: list[str] = []
    for name, table in profiles.items() if isinstance(profiles, dict) else ():
        names.append(name)
        faults += _profile_faults(name, table)
    chosen = document.get("profile")
    if isinstance(chosen, str) and chosen not in (*BUILT_IN, *names):
        known = (*names, *BUILT_IN)
        faults.append(Fault(("profile",), f"there is no profile “{chosen}”; {nearest(chosen, known)}"))
    return faults


def value_fault(setting: Setting, value: object) -> str | None:
    """Why a setting cannot have this value, as the end of a sentence; ``None`` when it can."""
    if setting.kind == "switch":
        return None if isinstance(value, bool) else "must be true or false"
    if setting.kind == "choice":
        return None if value in setting.choices else f"must be one of {', '.join(setting.choices)}"
    if setting.kind == "keys":
        keys = value if isinstance(value, list) else [value]
        fine = all(isinstance(key, str) for key in keys)
        return None if fine else 'must be a key such as "ctrl+r", or a list of them'
    if setting.kind == "texts":
        return None if _are_texts(value) else 'must be a list of texts such as ["one", "two"]'
    return None if isinstance(value, str) and value and value.isprintable() else "must be a text"


def name_fault(name: str) -> str | None:
    """Why a profile cannot have this name; ``None`` when it can."""
    if name in BUILT_IN:
        return f"the profile “{name}” is built in; choose another name"
    if not NAME.fullmatch(name):
        return f"a profile cannot be named “{name}”: its name is small letters, digits and -, 32 at most"
    return None


def _faults_below(path: Path, table: Mapping[str, Any]) -> Iterable[Fault]:
    for key, value in table.items():
        here = (*path, key)
        setting = setting_at(here)
        if setting is not None:
            if told := value_fault(setting, value):
                yield Fault(here, f"{'.'.join(here)} {told}")
        elif not is_table(here):
            yield Fault(here, _unknown(here))
        elif isinstance(value, dict):
            yield from _faults_below(here, value)
        else:
            yield Fault(here, f"{'.'.join(here)} must be a table such as [{'.'.join(here)}]")


def _unknown(path: Path) -> str:
    said = f"there is no setting “{'.'.join(path)}”"
    if path[0] == "profiles" and path[-1].lower() in SECRET_NAMES:
        return f"{said}; no secret belongs into this file, and “secret” says where it lives"
    return f"{said}; {nearest(path[-1], known_below(path[:-1]))}"


def _profile_faults(name: str, table: object) -> Iterable[Fault]:
    """What is wrong with a profile beyond its single values."""
    here = ("profiles", name)
    if told := name_fault(name):
        yield Fault(here, told)
    if not isinstance(table, dict):
        return
    for field, told in _field_faults(table):
        yield Fault((*here, field), f"{'.'.join(here)}.{field} {told}")


def _field_faults(table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    url, region = table.get("url"), table.get("region")
    if isinstance(url, str):
        try:
            url = checked_address(url, "it")
        except SettingsError as error:
            yield "url", f"cannot be: {error}"
        if region is not None:
            yield "region", "and url are two addresses; keep one of them"
    address = url if isinstance(url, str) else REGIONS.get(str(region), REGIONS["eu"])
    if table.get("read_only") is False and kind_of(table, address) == "production":
        yield "read_only", "cannot be false: a production profile starts read-only, until unlocked or --write"
    app_id = table.get("app_id")
    if isinstance(app_id, str) and not app_id.isascii():
        yield "app_id", "holds characters that no id has; copy it again"
    variable = table.get("token_variable")
    if isinstance(variable, str) and not VARIABLE.fullmatch(variable):
        yield "token_variable", "must be the name of an environment variable"
    yield from _command_faults(table)


def _command_faults(table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    place, command = table.get("secret"), table.get("token_command")
    if isinstance(command, list):
        program = command[0] if command else ""
        if not program or (isinstance(program, str) and "/" in program and not program.startswith("/")):
            yield "token_command", "must begin with a program, by its name or its whole path"
    if place == "command" and command is None:
        yield "secret", "is command, but there is no token_command"
    if command is not None and place not in (None, "command"):
        yield "token_command", 'is only run where secret is "command"'


def kind_of(table: Mapping[str, Any], address: str) -> str:
    """Whether a profile's orders are real: what it says, else whether its address is another machine's."""
    return str(table.get("kind") or ("sandbox" if is_loopback(address) else "production"))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and "\0" not in text for text in value)
