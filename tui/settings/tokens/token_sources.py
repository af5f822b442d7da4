"""Choosing where the token of a profile is read from, and where Ordex stores one. This reads no token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tui.settings.secret import Secret, TokenSource

TOKEN_PLACES = ("keyring", "command", "environment", "prompt", "file")
"""What ``secret`` of a profile may be, the best first."""

WRITABLE_PLACES = ("keyring", "file")
"""The places that Ordex itself puts a token into."""

FOLDER = "secrets"
"""The folder, in that of the settings, that has the files with tokens."""


class TokenStore(Protocol):
    """A place that Ordex puts tokens into."""

    @property
    def where(self) -> str:
        """The place in words."""

    def read(self) -> Secret:
        """The token.

        Raises:
            SettingsError: it is not there, or the place cannot be used.
        """

    def keep(self, token: Secret) -> None:
        """Put the token there, in place of what was.

        Raises:
            SettingsError: the place cannot be used; nothing is kept.
        """

    def forget(self) -> None:
        """Take the token out; one that is not there is no fault.

        Raises:
            SettingsError: the place cannot be used.
        """


def token_source(
    name: str,
    table: Mapping[str, Any],
    environ: Mapping[str, str],
    *,
    address: str,
    app_id: str,
    folder: Path,
) -> TokenSource:
    """The place of a profile's token: the environment while it is set there, else where the profile says.

    Args:
        name: the profile's name.
        table: the profile in the settings, checked.
        environ: the process environment.
        address: the account's address.
        app_id: the application's id.
        folder: the settings' folder.
    """
    from .environment_token import EnvironmentToken, token_variable

    variable = token_variable(name, table)
    said = EnvironmentToken(variable, environ)
    place = token_place(table)
    if place == "environment" or said.is_set:
        return said
    if place == "command":
        from .command_token import CommandToken

        return CommandToken(table["token_command"])
    if place == "prompt":
        from tui.settings.addresses import origin_of

        from .prompted_token import PromptedToken

        return PromptedToken(name, origin_of(address), app_id, variable)
    return token_store(place, name, address=address, folder=folder)


def token_place(table: Mapping[str, Any]) -> str:
    """Where a profile's token lives, by its settings."""
    return str(table.get("secret") or ("command" if "token_command" in table else "environment"))


def token_store(place: str, name: str, *, address: str, folder: Path) -> TokenStore:
    """One of the places that Ordex puts tokens into.

    Args:
        place: one of ``KEPT``.
        name: the profile's name.
        address: the account's address, whose origin the token is for.
        folder: the settings' folder.
    """
    from tui.settings.addresses import origin_of

    if place == "keyring":
        from .keyring_token import KeyringToken

        return KeyringToken(name, origin_of(address))
    from .file_token import FileToken

    return FileToken(folder / FOLDER, name, origin_of(address))
