"""Saving and removing profiles with their tokens. Every function blocks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tui.settings.addresses import account_address, origin_of
from tui.settings.config.config_file import change_config
from tui.settings.config.toml_editing import remove_table, remove_value, set_value
from tui.settings.profile_lookup import named_profile
from tui.settings.secret import FixedToken
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.prompted_token import PromptedToken
from tui.settings.tokens.token_sources import WRITABLE_PLACES, token_place, token_store

if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.config.config_file import Config
    from tui.settings.profile import Profile
    from tui.settings.secret import Secret


if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.tokens.token_sources import TokenStore


def save_profile(proposal: ProfileDraft, config_file: Path) -> None:
    """Store the token, write the profile, and delete a token that is no longer used.

    Raises:
        SettingsError: one step failed; a new profile is then not saved, nor is its token.
    """
    folder = config_file.parent
    store = _store(proposal.name, proposal.fields, folder)
    if store is not None and proposal.token is not None:
        store.keep(proposal.token)
    try:
        change_config(config_file, lambda text: _with_profile(text, proposal))
    except SettingsError:
        if store is not None and proposal.former is None:
            with suppress(SettingsError):
                store.forget()
        raise
    if proposal.leaves and proposal.former is not None:
        former = _store(proposal.name, proposal.former, folder)
        overwritten = proposal.token is not None and token_place(proposal.former) == proposal.place
        if former is not None and not overwritten:
            former.forget()


def set_default_profile(name: str, config_file: Path) -> None:
    """Make a profile the default.

    Raises:
        SettingsError: the settings cannot be changed.
    """
    change_config(config_file, lambda text: set_value(text, ("profile",), name))


def remove_profile(name: str, table: Mapping[str, Any], config_file: Path, *, used: bool) -> None:
    """Remove a profile from the settings, and its token if Ordex stored it.

    Args:
        name: the profile.
        table: its settings.
        config_file: the settings file.
        used: whether it is the default profile.

    Raises:
        SettingsError: the token or the settings cannot be changed; completed steps stay.
    """
    store = _store(name, table, config_file.parent)
    if store is not None:
        try:
            store.forget()
        except SettingsError as error:
            raise SettingsError(f"the profile “{name}” stays, since its token does: {error}") from None

    def change(text: str) -> str:
        text = remove_table(text, ("profiles", name))
        return remove_value(text, ("profile",)) if used else text

    change_config(config_file, change)


def _store(name: str, table: Mapping[str, Any], folder: Path) -> TokenStore | None:
    place = token_place(table)
    if place not in WRITABLE_PLACES:
        return None
    return token_store(place, name, address=account_address(table), folder=folder)


def _with_profile(text: str, proposal: ProfileDraft) -> str:
    here = ("profiles", proposal.name)
    for field in proposal.former or ():
        if field not in proposal.fields:
            text = remove_value(text, (*here, field))
    for field, value in proposal.fields.items():
        if proposal.former is None or proposal.former.get(field) != value:
            text = set_value(text, (*here, field), value)
    return text


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A profile of the settings file that is new, or in place of one.

    ``fields`` are all of its settings. ``former`` has those of the existing profile with this name.
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
        """The account, to be tried: it only reads. This process then knows the typed secret.

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
