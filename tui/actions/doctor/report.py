"""The whole report of ordex doctor, without the user's name and home, so that it can be shared."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.terminal.redaction import redacted

from .finding import CheckResult, Section

if TYPE_CHECKING:
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile

    from .profile_checks import ProfileFacts


USER = "<user>"
"""Stands for the user's name."""


@dataclass(frozen=True, slots=True)
class Anonymizer:
    """Removes the user's name, home and known secrets from texts.

    ``home`` becomes ``~``; ``user`` becomes ``<user>`` where it is a whole part of a path. No check reports a
    secret; one known to this process would be removed all the same.
    """

    home: Path
    user: str

    def text(self, text: str) -> str:
        """The anonymized text, not escaped yet."""
        text = redacted(text)
        home = str(self.home)
        if len(home) > 1:
            text = re.sub(rf"(?<![\w/.]){re.escape(home)}(?![\w.-])", "~", text)
        if self.user:
            text = re.sub(rf"(?<=/){re.escape(self.user)}(?=/|\s|$|[,;:)”])", USER, text)
        return text

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """The sections with every text anonymized."""
        return tuple(
            replace(section, findings=tuple(map(self._finding, section.findings))) for section in sections
        )

    def _finding(self, finding: CheckResult) -> CheckResult:
        return replace(
            finding,
            name=self.text(finding.name),
            text=self.text(finding.text),
            to_do=self.text(finding.to_do),
        )


def examine(folders: Folders, choose: Callable[[], Profile]) -> tuple[Section, ...]:
    """The anonymized report of all checks that need no network. Blocks.

    Args:
        folders: the folders of Ordex.
        choose: gives the profile that is used; it may raise ``SettingsError``.
    """
    return anonymizer().sections(look_around(folders, profiles_here(folders, choose)))


def anonymizer() -> Anonymizer:
    """The anonymizer for the current user."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    return Anonymizer(home=Path.home(), user=user)


def profiles_here(folders: Folders, choose: Callable[[], Profile]) -> tuple[ProfileFacts, ...]:
    """Inspect every profile, which looks for its secret and may take seconds. Blocks."""
    from .profile_checks import look_at_profiles

    return look_at_profiles(os.environ, choose, folders.config_file)


def look_around(folders: Folders, profiles: Sequence[ProfileFacts]) -> list[Section]:
    """Run all checks that need no network. They change nothing. Blocks."""
    from tui.settings.profile_lookup import default_profile_name

    from .folder_checks import folders_section, look_at_folders
    from .installation_checks import look_at_program, program_section
    from .profile_checks import look_at_keyring, profiles_section
    from .settings_checks import environment_section, look_at_settings, profile_variables, settings_section
    from .stored_data_checks import look_at_stored, stored_section
    from .terminal_checks import look_at_terminal, terminal_section

    default = default_profile_name(os.environ, folders.config_file)
    return [
        program_section(look_at_program(os.environ)),
        terminal_section(look_at_terminal(os.environ)),
        environment_section(os.environ, profile_variables(folders)),
        settings_section(look_at_settings(folders)),
        profiles_section(profiles, look_at_keyring()),
        folders_section(look_at_folders(folders)),
        stored_section(look_at_stored(folders), default),
    ]
