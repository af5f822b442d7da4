"""``config``: show and change settings."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.actions.catalogue import of_verb
from tui.actions.exit_codes import ExitCode
from tui.actions.printing.formats import FORMATS
from tui.actions.results import DocumentsResult, DoneResult, Result
from tui.actions.verb import Argument, InputError, Verb, typed_arguments
from tui.actions.verb_context import VerbContext

if TYPE_CHECKING:
    from tui.actions.config_service import SettingChange

SUBCOMMANDS = ("show", "path", "check", "get", "set", "unset")


@dataclass(frozen=True)
class ConfigArguments:
    """Values of the arguments of ``config``, by their names."""

    what: str = "show"
    key: str | None = None
    value: tuple[str, ...] = ()


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """Run the subcommand, in a thread because it reads or writes files.

    Raises:
        InputError: arguments are missing, unexpected or invalid.
        SettingsError: the file is faulty, or cannot be read or written.
    """
    arguments = typed_arguments(ConfigArguments, given)
    what, key, words = arguments.what, arguments.key, arguments.value
    if key is None and what in ("get", "set", "unset"):
        raise InputError(f"name the setting: ordex config {what} KEY", argument="key")
    if what == "set" and not words:
        raise InputError(f"name the new value: ordex config set {key} VALUE", argument="value")
    if words and what != "set":
        raise InputError(f"“{words[0]}” is not expected here", argument="value")
    if key is not None and what in ("path", "check"):
        raise InputError(f"ordex config {what} does not take a setting", argument="key")
    return await asyncio.to_thread(_HANDLERS[what], context, key, words)


def _show(context: VerbContext, key: str | None, _: tuple[str, ...]) -> Result:
    from tui.actions.config_service import FIELDS, all_settings, setting_row

    rows = [
        setting_row(each) for each in all_settings(context.folders, context.flags) if _is_below(each.key, key)
    ]
    text = "flags win over variables, variables over config.toml, config.toml over defaults"
    return DocumentsResult(rows, FIELDS, (text,) if rows else (f"no setting begins with “{key}”",))


def _path(context: VerbContext, _: str | None, __: tuple[str, ...]) -> Result:
    path = context.folders.config_file
    there = path.exists()
    lines = () if there else ("it does not exist yet; ordex config set creates it",)
    return DoneResult(lines, {"path": str(path), "exists": there}, _visible(str(path)))


def _check(context: VerbContext, _: str | None, __: tuple[str, ...]) -> Result:
    from tui.actions.config_service import checked_settings
    from tui.settings.setting_errors import ConfigInvalid

    path = context.folders.config_file
    if not path.exists():
        return DoneResult((f"there is no {path}; all settings have their defaults",), {"faults": []})
    try:
        checked_settings(context.folders)
    except ConfigInvalid as error:
        rows = [
            {"file": str(path), "line": fault.line, "key": ".".join(fault.path), "fault": fault.text}
            for fault in error.faults
        ]
        number = f"{len(rows)} fault{'s' if len(rows) > 1 else ''}"
        text = "".join(f"{_visible(line)}\n" for line in str(error).splitlines())
        return DoneResult((number,), {"faults": rows}, text.rstrip("\n"), code=ExitCode.USAGE)
    return DoneResult((f"{path} is in order",), {"faults": []})


def _get(context: VerbContext, key: str | None, _: tuple[str, ...]) -> Result:
    from tui.actions.config_service import one_setting, script_text

    found = one_setting(context.folders, str(key), context.flags)
    document = {"key": found.key, "value": found.value, "origin": found.origin}
    if found.value is None:
        return DoneResult((f"{key} is not set",), document, code=ExitCode.NOT_FOUND)
    return DoneResult((f"from {found.origin}",), document, _visible(script_text(found.value)))


def _set(context: VerbContext, key: str | None, words: tuple[str, ...]) -> Result:
    from tui.actions.config_service import set_setting

    return _changed(context, str(key), set_setting(context.folders, str(key), words), "is")


def _unset(context: VerbContext, key: str | None, _: tuple[str, ...]) -> Result:
    from tui.actions.config_service import unset_setting

    return _changed(context, str(key), unset_setting(context.folders, str(key)), "is no longer set and is")


def _changed(context: VerbContext, key: str, changed: SettingChange, verb: str) -> Result:
    """Report a change, a setting that overrides it, and side effects."""
    from tui.actions.config_service import one_setting
    from tui.settings.config.config_validation import format_value

    now = changed.now
    if now is None or now.value is None:
        return DoneResult((f"{key} is no longer set", *changed.notes), {"key": key, "value": None})
    lines = [f"{key} {verb} {format_value(now.value) or 'empty'} ({now.origin})", *changed.notes]
    used = one_setting(context.folders, key, context.flags)
    if used.origin != now.origin:
        lines.append(f"but {used.origin} says {format_value(used.value)}, which overrides it")
    return DoneResult(tuple(lines), {"key": key, "value": now.value, "origin": now.origin})


_HANDLERS = {"show": _show, "path": _path, "check": _check, "get": _get, "set": _set, "unset": _unset}


def _is_below(key: str, wanted: str | None) -> bool:
    return wanted is None or key == wanted or key.startswith(f"{wanted}.")


def _visible(text: str) -> str:
    from tui.terminal.visible import visible

    return visible(text, multiline=True, limit=None)


VERB = Verb(
    name="config",
    summary=of_verb("config").help,
    help=(
        "Show every setting and where its value comes from: an option, an environment variable, a line of"
        " config.toml, or the default. “path” prints the path of the file. “check” lists all mistakes by "
        "line, with suggestions (exit code 2). “get” prints one setting. “set” and “unset” change one "
        "line of the file, keep all else, and write nothing that “check” would refuse. For a list, give "
        "one word per element. config.toml contains no secrets, only where each is."
    ),
    run=run,
    arguments=(
        Argument(
            "what",
            "choice",
            "What to do (default: show).",
            positional=True,
            default="show",
            choices=SUBCOMMANDS,
            metavar=f"[{'|'.join(SUBCOMMANDS)}]",
        ),
        Argument(
            "key",
            "setting",
            "A setting, such as theme or profiles.shop.kind.",
            positional=True,
            metavar="[KEY]",
        ),
        Argument("value", "value", "The new value.", positional=True, several=True, metavar="[VALUE]..."),
    ),
    examples=(
        "config",
        "config set theme ordex-light",
        "config set keymap.refresh ctrl+r f",
        "config set profiles.shop.kind production",
        "config get profile",
        "config check",
    ),
    formats=FORMATS,
)
