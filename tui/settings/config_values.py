"""Values of settings as people type them, and as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .config_checking import value_fault
from .faults import nearest
from .profile import SettingsError

if TYPE_CHECKING:
    from .registry import Setting
    from .toml_editing import Value

_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def typed_value(setting: Setting, key: str, words: Sequence[str]) -> Value:
    """What was typed, as the kind of value that the setting has.

    Lists and keys take a word an element, or one word that is a list as TOML writes it.

    Args:
        setting: which one.
        key: the setting's key, for what is said.
        words: what was typed; at least one.

    Raises:
        SettingsError: it cannot be a value of this setting.
    """
    value = _typed(setting, key, words)
    fault = value_fault(setting, value)
    if fault is not None:
        raise SettingsError(f"{key} {fault}{_near(setting, value)}")
    return value


def shown_value(value: object) -> str:
    """A value as a text: switches as ``true`` and ``false``, lists with commas between."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _typed(setting: Setting, key: str, words: Sequence[str]) -> Value:
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
        raise SettingsError(f'{key}: “{words[0]}” is no list of texts such as ["one", "two"]')
    return read


def _near(setting: Setting, value: Value) -> str:
    """The choice that was probably meant."""
    if setting.kind != "choice" or not isinstance(value, str):
        return ""
    told = nearest(value, setting.choices)
    return f"; {told}" if told.startswith("did you mean") else ""
