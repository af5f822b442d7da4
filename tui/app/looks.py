"""How the application is given its themes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import ModalScreen
    from textual.theme import Theme

STAND_INS = {
    "status-created": "$primary",
    "status-paid": "$success",
    "status-canceled": "$error",
    "status-fulfilled": "$secondary",
    "status-other": "$foreground",
    "profile-sandbox": "$success",
    "profile-production": "$error",
    "mismatch": "$warning",
    "changed": "$warning",
    "marked": "$accent",
    "muted": "$foreground",
    "muted-text-style": "none",
}
"""The variables that our style sheets use, for a theme that lacks them."""


def _stand_ins(_: Theme) -> Mapping[str, str]:
    return STAND_INS


def _register_nothing(_: App[Any]) -> None:
    """Textual's own themes will do."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The themes: how they are registered, which one is on first, and the screen that chooses another.

    ``defaults`` answers what stands in for our variables under a theme. ``choose`` makes a screen that sets
    ``app.theme`` itself; without one, the key steps through the themes.
    """

    defaults: Callable[[Theme], Mapping[str, str]] = _stand_ins
    register: Callable[[App[Any]], None] = _register_nothing
    theme: str | None = None
    choose: Callable[[], ModalScreen[str | None]] | None = None
