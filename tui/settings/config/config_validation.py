"""Which values config.toml may hold, and what typed text means. No message contains a secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.name_suggestions import choose_from, suggestion_for
from tui.settings.addresses import REGIONS, account_kind, parse_address
from tui.settings.profile import BUILT_IN
from tui.settings.setting_errors import ConfigProblem, SettingsError

from .config_schema import Path, SettingSpec, is_table, names_below, setting_at

if TYPE_CHECKING:
    from .toml_editing import Value

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
"""Profile names are typed to confirm, and are part of file names and environment variables."""

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

SECRET_NAMES = ("token", "app_token", "secret_key", "client_secret", "password", "api_key")
"""Keys under which people may write secrets by mistake."""

_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def config_problems(document: Mapping[str, Any]) -> list[ConfigProblem]:
    """All problems of a parsed settings file."""
    faults = [*_faults_below((), document)]
    profiles = document.get("profiles")
    names: list[str] = []
    for name, table in profiles.items() if isinstance(profiles, dict) else ():
        names.append(name)
        faults += _profile_faults(name, table)
    chosen = document.get("profile")
    if isinstance(chosen, str) and chosen not in (*BUILT_IN, *names):
        known = (*names, *BUILT_IN)
        faults.append(
            ConfigProblem(
                ("profile",),
                f"there is no profile “{chosen}”{suggestion_for(chosen, known, choose_from(known))}",
            )
        )
    return faults


def value_problem(setting: SettingSpec, value: object) -> str | None:
    """Why a setting cannot have this value, as the end of a sentence; ``None`` if it can."""
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


def profile_name_problem(name: str) -> str | None:
    """Why a profile cannot have this name; ``None`` if it can."""
    if name in BUILT_IN:
        return f"the profile “{name}” is built in; choose another name"
    if not NAME.fullmatch(name):
        return f"a profile cannot be named “{name}”: its name is small letters, digits and -, 32 at most"
    return None


def parse_value(setting: SettingSpec, key: str, words: Sequence[str]) -> Value:
    """Convert typed words to a value of the setting.

    Lists and keys take one word per element, or a single word with a TOML list.

    Args:
        setting: the setting.
        key: its key, for error messages.
        words: the typed words; at least one.

    Raises:
        SettingsError: the words are not a valid value.
    """
    value = _typed(setting, key, words)
    fault = value_problem(setting, value)
    if fault is not None:
        raise SettingsError(f"{key} {fault}{_suggestion(setting, value)}")
    return value


def format_value(value: object) -> str:
    """A value for display: ``true`` or ``false``, lists separated by commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _faults_below(path: Path, table: Mapping[str, Any]) -> Iterable[ConfigProblem]:
    for key, value in table.items():
        here = (*path, key)
        setting = setting_at(here)
        if setting is not None:
            if problem := value_problem(setting, value):
                yield ConfigProblem(here, f"{'.'.join(here)} {problem}")
        elif not is_table(here):
            yield ConfigProblem(here, _unknown(here))
        elif isinstance(value, dict):
            yield from _faults_below(here, value)
        else:
            yield ConfigProblem(here, f"{'.'.join(here)} must be a table such as [{'.'.join(here)}]")


def _unknown(path: Path) -> str:
    text = f"there is no setting “{'.'.join(path)}”"
    if path[0] == "profiles" and path[-1].lower() in SECRET_NAMES:
        return f"{text}; secrets do not belong in this file; “secret” chooses where the token is stored"
    known = names_below(path[:-1])
    return f"{text}{suggestion_for(path[-1], known, choose_from(known))}"


def _profile_faults(name: str, table: object) -> Iterable[ConfigProblem]:
    """Problems of a profile beyond those of single values."""
    here = ("profiles", name)
    if problem := profile_name_problem(name):
        yield ConfigProblem(here, problem)
    if not isinstance(table, dict):
        return
    for field, problem in _field_faults(table):
        yield ConfigProblem((*here, field), f"{'.'.join(here)}.{field} {problem}")


def _field_faults(table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    url, region = table.get("url"), table.get("region")
    if isinstance(url, str):
        try:
            url = parse_address(url, "it")
        except SettingsError as error:
            yield "url", f"cannot be: {error}"
        if region is not None:
            yield "region", "and url are two addresses; keep one of them"
    address = url if isinstance(url, str) else REGIONS.get(str(region), REGIONS["eu"])
    if table.get("read_only") is False and account_kind(table, address) == "production":
        yield "read_only", "cannot be false: a production profile starts read-only, until unlocked or --write"
    app_id = table.get("app_id")
    if isinstance(app_id, str) and not app_id.isascii():
        yield "app_id", "has characters that an id cannot have; copy it again"
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


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and "\0" not in text for text in value)


def _typed(setting: SettingSpec, key: str, words: Sequence[str]) -> Value:
    if setting.kind in ("texts", "keys"):
        elements = _elements(key, words)
        return elements[0] if setting.kind == "keys" and len(elements) == 1 else elements
    if len(words) != 1:
        raise SettingsError(f"{key} takes one value; put quotation marks around one of several words")
    if setting.kind == "switch":
        return _SWITCH.get(words[0].lower(), words[0])
    return words[0]


def _elements(key: str, words: Sequence[str]) -> list[str]:
    if len(words) != 1 or not words[0].startswith("["):
        return list(words)
    import tomllib

    try:
        read = tomllib.loads(f"x = {words[0]}")["x"]
    except tomllib.TOMLDecodeError:
        read = None
    if not isinstance(read, list) or not all(isinstance(element, str) for element in read):
        raise SettingsError(f'{key}: “{words[0]}” is not a list of texts such as ["one", "two"]')
    return read


def _suggestion(setting: SettingSpec, value: Value) -> str:
    """A hint with the closest choice."""
    if setting.kind != "choice" or not isinstance(value, str):
        return ""
    return suggestion_for(value, setting.choices)
