"""Saving and removing profiles and their tokens. Every function blocks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.settings.addresses import account_address
from tui.settings.config.config_file import change_config
from tui.settings.config.toml_editing import remove_table, remove_value, set_value
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.token_sources import WRITABLE_PLACES, token_place, token_store

if TYPE_CHECKING:
    from pathlib import Path

    from tui.settings.tokens.token_sources import TokenStore

    from .draft import ProfileDraft


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
