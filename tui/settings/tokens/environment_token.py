"""A token in an environment variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.settings.setting_errors import SettingsError
from tui.terminal.redaction import keep_secret

from .stored_token import parse_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.settings.secret import Secret


class EnvironmentToken:
    """Reads the variable; creating one registers its value for redaction."""

    __slots__ = ("_environ", "_variable")

    def __init__(self, variable: str, environ: Mapping[str, str]) -> None:
        self._variable = variable
        self._environ = environ
        keep_secret(environ.get(variable, "").strip())

    @property
    def is_set(self) -> bool:
        """Whether the variable has a value."""
        return bool(self._environ.get(self._variable, "").strip())

    @property
    def where(self) -> str:
        """The variable."""
        return f"the environment variable {self._variable}"

    def read(self) -> Secret:
        """The token.

        Raises:
            SettingsError: the variable is not set, or has no valid token.
        """
        if not self.is_set:
            raise SettingsError(
                f"{self._variable} is not set, and the profile's token should be there; set it, or "
                "choose another place with “secret” in config.toml"
            )
        return parse_token(self._environ[self._variable], self._variable)


def token_variable(name: str, table: Mapping[str, Any]) -> str:
    """The variable with the token: ``ORDEX_SHOP_EU_APP_TOKEN`` unless the settings name another."""
    variable: str = table.get("token_variable") or profile_variable(name, "APP_TOKEN")
    return variable


def profile_variable(name: str, what: str) -> str:
    """The environment variable for one value of a profile: ``ORDEX_SHOP_EU_APP_ID``."""
    return f"ORDEX_{name.upper().replace('-', '_')}_{what}"
