"""The short way into the explorer: command lines so plain that the parser need not be imported for them.

Whatever is not plain, or not in order, goes the long way (``running.run``), which says what is wrong with it.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
"""Type checkers know the name; importing ``typing`` for it would keep the first frame waiting."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.settings.folders import Folders
    from tui.settings.profile import Profile

_PLAIN = {"--demo", "--read-only", "--write", "--mask"}


_LOCKS = {"--read-only", "--write"}
_PROFILE = "--profile"


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether the command line opens the explorer, on a terminal that can show it, and says no more."""
    if os.environ.get("TERM") == "dumb" or _said(arguments) is None:
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def plain_profile(arguments: Sequence[str], folders: Folders) -> Profile | None:
    """The account that a plain command line means; ``None`` if there is something to say about it."""
    from tui.settings.profile_lookup import resolve_profile
    from tui.settings.setting_errors import SettingsError

    words, name = _said(arguments) or ([], None)
    said = [word == "--read-only" for word in words if word in ("--read-only", "--write")]
    read_only = said[-1] if said else None
    try:
        profile = resolve_profile(
            os.environ,
            config_file=folders.config_file,
            name=name,
            demo="--demo" in words,
            read_only=read_only,
        )
    except SettingsError:
        return None
    return None if _is_to_ask(profile) else profile


def _said(arguments: Sequence[str]) -> tuple[list[str], str | None] | None:
    """The words, and the profile that is named among them; ``None`` where one has to be parsed."""
    words: list[str] = []
    name: str | None = None
    rest = iter(arguments)
    for word in rest:
        if name is not None and word.startswith(_PROFILE):
            return None
        if word == _PROFILE:
            name = next(rest, "")
        elif word.startswith(f"{_PROFILE}="):
            name = word.removeprefix(f"{_PROFILE}=")
        elif word in _PLAIN and not (word in _LOCKS and _LOCKS & set(words)):
            words.append(word)
        else:
            return None
        if name is not None and (not name or name.startswith("-")):
            return None
    return words, name


def _is_to_ask(profile: Profile) -> bool:
    """Whether the person has to type a token before the explorer has the screen."""
    from tui.settings.profile import BUILT_IN

    if profile.name in BUILT_IN:
        return False
    from tui.settings.tokens.prompted_token import missing_token

    return missing_token(profile) is not None
