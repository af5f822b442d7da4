"""Having a person type the token of a profile that is kept nowhere, before the profile is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .wish import Wish

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tui.settings.profile import Profile


def token_wish(profile: Profile) -> Wish:
    """The question, which says whose token it is."""
    kind = "PRODUCTION" if profile.kind == "production" else "sandbox"
    where = f"{kind}, {profile.address}"
    return Wish(f"Token of “{profile.name}” ({where}), not shown while you type", hidden=True)


async def ask_for_token(profile: Profile, ask: Callable[[Wish], Awaitable[str | None]]) -> None:
    """Ask, if the profile wants it and it was not typed yet.

    Raises:
        GaveUp: the person leaves it.
        SettingsError: what was typed is no token, or nobody can be asked.
    """
    from tui.settings.tokens.prompted_token import TokenPromptRequired, missing_token

    wanted = missing_token(profile)
    if wanted is None:
        return
    typed = await ask(token_wish(profile))
    if typed is None:
        raise TokenPromptRequired(wanted)
    wanted.give(typed)
