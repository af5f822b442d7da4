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


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether the command line opens the explorer, on a terminal that can show it, and says no more."""
    if os.environ.get("TERM") == "dumb" or not _PLAIN.issuperset(arguments):
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def plain_profile(arguments: Sequence[str], folders: Folders) -> Profile | None:
    """The account that a plain command line means; ``None`` if there is something to say about it."""
    from tui.settings.profile import SettingsError, resolve_profile

    said = [word == "--read-only" for word in arguments if word in ("--read-only", "--write")]
    read_only = said[-1] if said else None
    try:
        profile = resolve_profile(
            os.environ, config_file=folders.config_file, demo="--demo" in arguments, read_only=read_only
        )
    except SettingsError:
        return None
    return None if _is_to_ask(profile) else profile


def _is_to_ask(profile: Profile) -> bool:
    """Whether the person has to type a token before the explorer has the screen."""
    from tui.settings.profile import BUILT_IN

    if profile.name in BUILT_IN:
        return False
    from tui.settings.tokens.prompt import wanted_of

    return wanted_of(profile) is not None
