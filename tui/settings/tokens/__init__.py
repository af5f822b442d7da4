"""Where a profile's token lives: one kind of place a file. Naming a place reads nothing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.settings.secret import TokenSource


def token_source(name: str, table: Mapping[str, Any], environ: Mapping[str, str]) -> TokenSource:
    """The place of a profile's token: the environment while it is set there, else where the profile says.

    Args:
        name: the profile's name.
        table: the profile in the settings, checked.
        environ: the process environment.
    """
    from .environment import EnvironmentToken, token_variable

    place = table.get("secret") or ("command" if "token_command" in table else "environment")
    variable = EnvironmentToken(token_variable(name, table), environ)
    if place == "environment" or variable.is_set:
        return variable
    from .command import CommandToken

    return CommandToken(table["token_command"])
