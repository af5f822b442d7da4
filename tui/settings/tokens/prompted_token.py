"""A token that is kept nowhere: the person is asked at the start, and the process forgets it at its end."""

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
    """The person has to be asked first: a front end that can does so and tries again; ``source`` takes it."""

    def __init__(self, source: PromptedToken) -> None:
        super().__init__(
            f"the token of the profile “{source.name}” is asked for at a terminal, and nobody was asked "
            f"here; set {source.variable} instead"
        )
        self.source = source


class PromptedToken:
    """The token of one profile, in this process only.

    Args:
        name: the profile's name.
        origin: the origin that the token is for; a token given for one is not there for another.
        app_id: the application that it belongs to.
        variable: the environment variable that says it without asking.
    """

    where = "nowhere: it is asked for at each start"

    def __init__(self, name: str, origin: str, app_id: str, variable: str) -> None:
        self.name = name
        self.variable = variable
        self._place = (name, origin, app_id)

    @property
    def is_given(self) -> bool:
        """Whether the person has said it already."""
        return self._place in _given

    def give(self, typed: str) -> None:
        """Take what the person typed.

        Raises:
            SettingsError: it is no token.
        """
        _given[self._place] = parse_token(typed, "what was typed")

    def keep(self, token: Secret) -> None:
        """Take a token that was typed elsewhere."""
        _given[self._place] = token

    def read(self) -> Secret:
        """The token.

        Raises:
            TokenPromptRequired: the person was not asked yet.
        """
        try:
            return _given[self._place]
        except KeyError:
            raise TokenPromptRequired(self) from None


def missing_token(profile: Profile) -> PromptedToken | None:
    """What a person has to be asked before the profile can be used; ``None`` for nothing."""
    if profile.name in BUILT_IN or not isinstance(profile.token, PromptedToken):
        return None
    return None if profile.token.is_given else profile.token
