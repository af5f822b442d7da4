"""A profile as it would be, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tui.settings.named_profile import address_of, named_profile
from tui.settings.secret import Given
from tui.settings.tokens import KEPT, place_of
from tui.settings.tokens.bound import origin_of
from tui.settings.tokens.prompt import PromptedToken

if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.config import Config
    from tui.settings.profile import Profile
    from tui.settings.secret import Secret


@dataclass(frozen=True, slots=True)
class Proposal:
    """A profile of the settings file that is new, or in place of one.

    ``fields`` are all of its settings. ``former`` has those of the profile that is there under the name.
    ``token`` was given for it, or ``None`` where it lives in a place that Ordex only reads, or stays.
    """

    name: str
    fields: Mapping[str, Any]
    former: Mapping[str, Any] | None = None
    token: Secret | None = None

    @property
    def place(self) -> str:
        """Where the token lives."""
        return place_of(self.fields)

    @property
    def address(self) -> str:
        """The account's address."""
        return address_of(self.fields)

    @property
    def moves(self) -> bool:
        """Whether a profile of the name is there, for another origin."""
        return self.former is not None and origin_of(address_of(self.former)) != origin_of(self.address)

    @property
    def leaves(self) -> bool:
        """Whether a token was kept that is of no more use."""
        if self.former is None or place_of(self.former) not in KEPT:
            return False
        return self.moves or place_of(self.former) != self.place

    def profile(self, config_file: Path, environ: Mapping[str, str]) -> Profile:
        """The account, to be tried: it only reads. What was typed for it is known to this process then.

        Raises:
            SettingsError: the application's id is nowhere.
        """
        from tui.settings.config import Config

        config = Config(config_file, profiles=MappingProxyType({self.name: self.fields}))
        profile = named_profile(config, self.name, environ, read_only=True)
        if self.token is None:
            return profile
        if isinstance(profile.token, PromptedToken):
            profile.token.keep(self.token)
        return replace(profile, token=Given(self.token, profile.token.where))


def faults_in(config: Config, proposal: Proposal) -> list[str]:
    """What is wrong with the settings of a proposed profile, in sentences."""
    from tui.settings.config_checking import faults_of

    others = {name: table for name, table in config.profiles.items() if name != proposal.name}
    document = {"profiles": {**others, proposal.name: dict(proposal.fields)}}
    return [fault.text for fault in faults_of(document) if fault.path[:2] == ("profiles", proposal.name)]
