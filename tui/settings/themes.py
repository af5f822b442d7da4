"""Themes as files: finding, reading and checking them.

A theme is one TOML file, ours and the user's alike: ``name``, ``title``, ``description``, ``dark``, ``ansi``
(the terminal's own sixteen colours), ``[colors]`` and ``[variables]``. A user's theme of the same name wins
over ours. A faulty file is never half used: it is left out, and one error lists all its problems.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tui.errors import OrdexError
from tui.name_suggestions import choose_from, suggestion_for

from .theme_names import (
    COLORS,
    OWN_COLORS,
    OWN_STYLES,
    PART_COLORS,
    PART_STYLES,
    REQUIRED_COLORS,
    STYLE_WORDS,
)

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\Z")
_ANSI = re.compile(r"ansi_(?:default|(?:bright_)?(?:black|red|green|yellow|blue|magenta|cyan|white))\Z")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_SIZE_LIMIT = 64 * 1024

_TOP: dict[str, type] = {
    "name": str,
    "title": str,
    "description": str,
    "dark": bool,
    "ansi": bool,
    "colors": dict,
    "variables": dict,
}
_KINDS = {str: "a text", bool: "true or false", dict: "a table"}


class ThemeInvalid(OrdexError):
    """A theme file cannot be used. ``faults`` lists the problems of the file at ``path``."""

    title = "The theme cannot be used"

    def __init__(self, path: Path, faults: Iterable[str]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__(f"{path}: " + "; ".join(self.faults))


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A checked theme. ``variables`` is complete: what the file left out is derived from its colours."""

    name: str
    title: str
    description: str
    dark: bool
    ansi: bool
    colors: Mapping[str, str]
    variables: Mapping[str, str]
    path: Path
    builtin: bool


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """All usable themes by name, ours first, and the files that could not be used."""

    themes: Mapping[str, ThemeFile]
    faults: tuple[ThemeInvalid, ...] = ()


def builtin_folder() -> Path:
    """Where our own themes are: in the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent / "themes"


def load_themes(user_folder: Path | None = None) -> ThemeSet:
    """Read our themes and those of the user's folder (which need not exist).

    Faulty files are reported in ``faults``, never raised: a bad theme must not keep the program from
    opening.
    """
    found: dict[str, ThemeFile] = {}
    faults: list[ThemeInvalid] = []
    folders = [(builtin_folder(), True)] + ([(user_folder, False)] if user_folder else [])
    for folder, builtin in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                theme = read_theme(path, builtin=builtin)
                _refuse_twin(theme, found.get(theme.name))
            except ThemeInvalid as error:
                faults.append(error)
            else:
                found[theme.name] = theme
    return ThemeSet(MappingProxyType(found), tuple(faults))


def load_first_theme(name: str, user_folder: Path) -> Mapping[str, ThemeFile]:
    """Only the theme with this name if one built-in file is enough; else all usable themes.

    It is enough if the file exists and is valid, and the user has no themes that could override it.
    """
    path = builtin_folder() / f"{name}.toml"
    if _NAME.match(name) and path.exists() and not any(user_folder.glob("*.toml")):
        try:
            theme = read_theme(path, builtin=True)
        except ThemeInvalid:
            pass
        else:
            if theme.name == name:
                return {name: theme}
    return load_themes(user_folder).themes


def theme_warnings(wanted: str | None, found: ThemeSet) -> list[str]:
    """Messages about an unknown theme and about each faulty file.

    Args:
        wanted: the wanted name; ``None`` when none was.
        found: all usable themes, and the faults of the others.
    """
    remarks = [str(fault) for fault in found.faults]
    if wanted is not None and wanted not in found.themes:
        hint = suggestion_for(wanted, found.themes, choose_from(sorted(found.themes)))
        remarks.insert(0, f"There is no theme “{wanted}”{hint}")
    return remarks


def read_theme(path: Path, *, builtin: bool = False) -> ThemeFile:
    """Read and check one theme file.

    Raises:
        ThemeInvalid: with everything that is wrong with the file, not just the first thing.
    """
    document = _toml(path)
    faults = [*_top_faults(document)]
    ansi = document.get("ansi") is True
    colors, variables = _table(document, "colors"), _table(document, "variables")
    faults += _color_faults(colors, ansi)
    faults += _variable_faults(variables, ansi)
    if faults:
        raise ThemeInvalid(path, faults)
    name = document["name"]
    return ThemeFile(
        name=name,
        title=document.get("title", name),
        description=document.get("description", ""),
        dark=document["dark"],
        ansi=ansi,
        colors=MappingProxyType(colors),
        variables=MappingProxyType(_derived(colors) | variables),
        path=path,
        builtin=builtin,
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise ThemeInvalid(path, [f"cannot be read: {error.strerror}"]) from error
    if len(content) > _SIZE_LIMIT:
        raise ThemeInvalid(path, [f"is larger than {_SIZE_LIMIT // 1024} KiB, the limit of a theme"])
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ThemeInvalid(path, ["is not UTF-8 text"]) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ThemeInvalid(path, [f"is not TOML: {error}"]) from error


def _table(document: dict[str, Any], key: str) -> dict[str, Any]:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def _top_faults(document: dict[str, Any]) -> Iterable[str]:
    for key, value in document.items():
        if key not in _TOP:
            yield f"unknown key {key!r}" + suggestion_for(key, _TOP)
        elif not isinstance(value, _TOP[key]):
            yield f"{key} must be {_KINDS[_TOP[key]]}, not {value!r}"
    for key in ("name", "dark", "colors"):
        if key not in document:
            yield f"{key} is missing"
    name = document.get("name")
    if isinstance(name, str) and not _NAME.match(name):
        yield f"name must be small letters, digits, - and _, not {name!r}"


def _color_faults(colors: dict[str, Any], ansi: bool) -> Iterable[str]:
    for key, value in colors.items():
        if key not in COLORS:
            yield f"unknown key 'colors.{key}'" + suggestion_for(key, COLORS)
        elif fault := _color_fault(value, ansi):
            yield f"colors.{key} {fault}"
    for key in REQUIRED_COLORS:
        if key not in colors:
            yield f"colors.{key} is missing"


def _variable_faults(variables: dict[str, Any], ansi: bool) -> Iterable[str]:
    checks: dict[str, Callable[[Any], str]] = {}
    checks |= dict.fromkeys((*OWN_COLORS, *PART_COLORS), lambda value: _color_fault(value, ansi))
    checks |= dict.fromkeys((*OWN_STYLES, *PART_STYLES), _style_fault)
    for key, value in variables.items():
        if key not in checks:
            yield f"unknown key 'variables.{key}'" + suggestion_for(key, checks)
        elif fault := checks[key](value):
            yield f"variables.{key} {fault}"


def _color_fault(value: object, ansi: bool) -> str:
    if isinstance(value, str):
        if _HEX.match(value):
            return ""
        if _ANSI.match(value):
            return "" if ansi else f"is {value!r}, which needs 'ansi = true' at the top"
    wanted = "a colour such as '#8ab0ff'" + (" or 'ansi_blue'" if ansi else "")
    return f"must be {wanted}, not {value!r}"


def _style_fault(value: object) -> str:
    words = value.split() if isinstance(value, str) else []
    if words and all(word in STYLE_WORDS or word == "not" for word in words):
        return ""
    return f"must be a text style such as 'bold' or 'none', not {value!r}"


def _refuse_twin(theme: ThemeFile, other: ThemeFile | None) -> None:
    if other is not None and other.builtin == theme.builtin:
        raise ThemeInvalid(theme.path, [f"{other.path.name} is named {theme.name!r} too"])


def _derived(colors: Mapping[str, str]) -> dict[str, str]:
    made = dict(OWN_STYLES)
    for variable, stand_ins in OWN_COLORS.items():
        made[variable] = next(colors[name] for name in (*stand_ins, "primary") if name in colors)
    return made
