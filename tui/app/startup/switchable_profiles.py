"""The profiles that the explorer can switch to, for the chooser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.settings.profile_lookup import profile_names, switch_profile
from tui.settings.setting_errors import SettingsError

if TYPE_CHECKING:
    from tui.settings.profile import Profile


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A profile in the chooser. ``fault`` is why it cannot be used, or empty."""

    name: str
    about: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SwitchableProfiles:
    """Reads the profiles on each call, to include one that was just added. Its methods block.

    ``there_are``: whether another profile than ``current`` was known at the start.
    """

    current: Profile
    environ: Mapping[str, str]
    config_file: Path
    there_are: bool = True

    def lines(self, rights: str = "") -> list[ProfileLine]:
        """Every profile, with its kind, its rights at the beginning, its address and where its token lives.

        ``rights`` are those of the session on ``current`` at this moment, such as ``[RW 14:32]``.

        Raises:
            SettingsError: the settings file is faulty.
        """
        return [self._line(name, rights) for name in profile_names(self.config_file)]

    def profile(self, name: str) -> Profile:
        """The profile with this name, ready to use.

        Raises:
            SettingsError: it is not complete.
        """
        return switch_profile(self.current, name, self.environ, self.config_file)

    def _line(self, name: str, rights: str) -> ProfileLine:
        if name == self.current.name:
            return ProfileLine(name, _about(self.current, rights))
        try:
            return ProfileLine(name, _about(self.profile(name)))
        except SettingsError as error:
            return ProfileLine(name, fault=str(error))


def _about(profile: Profile, rights: str = "") -> str:
    rights = rights or ("[R]" if profile.read_only else "[RW]")
    kind = "PRODUCTION" if profile.kind == "production" else "sandbox"
    return f"{kind} {rights}  {profile.address}  token: {profile.token.where}"
