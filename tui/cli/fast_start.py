"""Fast start of the explorer: parses simple command lines without importing click.

Every other command line, and every error, is left to ``tui.cli.runner``.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
"""Known to type checkers by its name; importing ``typing`` would delay the first frame."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.settings.folders import Folders
    from tui.settings.profile import Profile

_FLAGS = {"--demo", "--read-only", "--write", "--mask"}
_LOCKS = {"--read-only", "--write"}
_PROFILE = "--profile"


def can_start_fast(arguments: Sequence[str]) -> bool:
    """Whether the arguments only open the explorer, on a terminal that can show it."""
    if os.environ.get("TERM") == "dumb" or parse_options(arguments) is None:
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def fast_start_profile(arguments: Sequence[str], folders: Folders) -> Profile | None:
    """The profile of a simple command line; ``None`` if click is needed for an error or a prompt."""
    from tui.settings.profile_lookup import resolve_profile
    from tui.settings.setting_errors import SettingsError

    words, name = parse_options(arguments) or ([], None)
    locks = [word == "--read-only" for word in words if word in _LOCKS]
    read_only = locks[-1] if locks else None
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
    return None if _needs_prompt(profile) else profile


def parse_options(arguments: Sequence[str]) -> tuple[list[str], str | None] | None:
    """The options and the name of the profile; ``None`` if click has to parse the arguments."""
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
        elif word in _FLAGS and not (word in _LOCKS and _LOCKS & set(words)):
            words.append(word)
        else:
            return None
        if name is not None and (not name or name.startswith("-")):
            return None
    return words, name


def _needs_prompt(profile: Profile) -> bool:
    """Whether a token has to be typed before the explorer starts."""
    from tui.settings.profile import BUILT_IN

    if profile.name in BUILT_IN:
        return False
    from tui.settings.tokens.prompted_token import missing_token

    return missing_token(profile) is not None
