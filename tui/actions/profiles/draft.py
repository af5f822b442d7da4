"""A profile before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tui.settings.addresses import account_address, origin_of
from tui.settings.profile_lookup import named_profile
from tui.settings.secret import FixedToken
from tui.settings.tokens.prompted_token import PromptedToken
from tui.settings.tokens.token_sources import WRITABLE_PLACES, token_place

if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.config.config_file import Config
    from tui.settings.profile import Profile
    from tui.settings.secret import Secret


@dataclass(frozen=True, slots=True)
class ProfileDraft:
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
        """The place of the token."""
        return token_place(self.fields)

    @property
    def address(self) -> str:
        """The account's address."""
        return account_address(self.fields)

    @property
    def moves(self) -> bool:
        """Whether an existing profile gets another origin."""
        return self.former is not None and origin_of(account_address(self.former)) != origin_of(self.address)

    @property
    def leaves(self) -> bool:
        """Whether a stored token is no longer used."""
        if self.former is None or token_place(self.former) not in WRITABLE_PLACES:
            return False
        return self.moves or token_place(self.former) != self.place

    def profile(self, config_file: Path, environ: Mapping[str, str]) -> Profile:
        """The account, to be tried: it only reads. What was typed for it is known to this process then.

        Raises:
            SettingsError: the application's id is nowhere.
        """
        from tui.settings.config.config_file import Config

        config = Config(config_file, profiles=MappingProxyType({self.name: self.fields}))
        profile = named_profile(config, self.name, environ, read_only=True)
        if self.token is None:
            return profile
        if isinstance(profile.token, PromptedToken):
            profile.token.keep(self.token)
        return replace(profile, token=FixedToken(self.token, profile.token.where))


def draft_problems(config: Config, proposal: ProfileDraft) -> list[str]:
    """The problems of a draft, in sentences."""
    from tui.settings.config.config_validation import config_problems

    others = {name: table for name, table in config.profiles.items() if name != proposal.name}
    document = {"profiles": {**others, proposal.name: dict(proposal.fields)}}
    return [
        fault.text for fault in config_problems(document) if fault.path[:2] == ("profiles", proposal.name)
    ]
