"""A token that is stored nowhere: the user types it at each start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.settings.profile import BUILT_IN
from tui.settings.setting_errors import SettingsError

from .stored_token import parse_token

if TYPE_CHECKING:
    from tui.settings.profile import Profile
    from tui.settings.secret import Secret

_given: dict[tuple[str, str, str], Secret] = {}


class TokenPromptRequired(SettingsError):
    """The user has to type the token first; a front end asks, gives it to ``source`` and tries again."""

    def __init__(self, source: PromptedToken) -> None:
        super().__init__(
            f"the token of the profile “{source.name}” has to be typed at a terminal, and there is "
            f"none here; set {source.variable} instead"
        )
        self.source = source


class PromptedToken:
    """The token of one profile, in this process only.

    Args:
        name: the profile's name.
        origin: the origin that the token is for; a token for one origin is never used for another.
        app_id: the application that it belongs to.
        variable: the environment variable to use in place of a prompt.
    """

    where = "nowhere: you type it at each start"

    def __init__(self, name: str, origin: str, app_id: str, variable: str) -> None:
        self.name = name
        self.variable = variable
        self._place = (name, origin, app_id)

    @property
    def is_given(self) -> bool:
        """Whether the token was typed already."""
        return self._place in _given

    def give(self, typed: str) -> None:
        """Take the typed token.

        Raises:
            SettingsError: it is not a valid token.
        """
        _given[self._place] = parse_token(typed, "what was typed")

    def keep(self, token: Secret) -> None:
        """Take a token that was typed in another place."""
        _given[self._place] = token

    def read(self) -> Secret:
        """The token.

        Raises:
            TokenPromptRequired: it was not typed yet.
        """
        try:
            return _given[self._place]
        except KeyError:
            raise TokenPromptRequired(self) from None


def missing_token(profile: Profile) -> PromptedToken | None:
    """The token that the user has to type before the profile can be used, if any."""
    if profile.name in BUILT_IN or not isinstance(profile.token, PromptedToken):
        return None
    return None if profile.token.is_given else profile.token
