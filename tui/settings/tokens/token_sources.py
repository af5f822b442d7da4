"""Choosing where the token of a profile is read from, and where Ordex stores one. This reads no token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tui.settings.secret import Secret, TokenSource

TOKEN_PLACES = ("keyring", "command", "environment", "prompt", "file")
"""The values of ``secret`` of a profile, the safest first."""

WRITABLE_PLACES = ("keyring", "file")
"""The places where Ordex itself stores a token."""

FOLDER = "secrets"
"""The folder of token files inside the config folder."""


class TokenStore(Protocol):
    """A place where Ordex stores the token of a profile."""

    @property
    def where(self) -> str:
        """A description of the place for display."""

    def read(self) -> Secret:
        """The token.

        Raises:
            SettingsError: it is not there, or the place cannot be used.
        """

    def keep(self, token: Secret) -> None:
        """Store the token, replacing an older one.

        Raises:
            SettingsError: the place cannot be used; nothing is stored.
        """

    def forget(self) -> None:
        """Delete the token, if there is one.

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
    """The source of a token: the environment variable if it is set, else the place in the settings.

    Args:
        name: the name of the profile.
        table: its validated settings.
        environ: the process environment.
        address: the account's address.
        app_id: the application's id.
        folder: the config folder.
    """
    from .environment_token import EnvironmentToken, token_variable

    variable = token_variable(name, table)
    from_environment = EnvironmentToken(variable, environ)
    place = token_place(table)
    if place == "environment" or from_environment.is_set:
        return from_environment
    if place == "command":
        from .command_token import CommandToken

        return CommandToken(table["token_command"])
    if place == "prompt":
        from tui.settings.addresses import origin_of

        from .prompted_token import PromptedToken

        return PromptedToken(name, origin_of(address), app_id, variable)
    return token_store(place, name, address=address, folder=folder)


def token_place(table: Mapping[str, Any]) -> str:
    """The place of the token by the settings of a profile."""
    return str(table.get("secret") or ("command" if "token_command" in table else "environment"))


def token_store(place: str, name: str, *, address: str, folder: Path) -> TokenStore:
    """The store of a token.

    Args:
        place: one of ``KEPT``.
        name: the profile's name.
        address: the account's address, whose origin the token is for.
        folder: the config folder.
    """
    from tui.settings.addresses import origin_of

    if place == "keyring":
        from .keyring_token import KeyringToken

        return KeyringToken(name, origin_of(address))
    from .file_token import FileToken

    return FileToken(folder / FOLDER, name, origin_of(address))
