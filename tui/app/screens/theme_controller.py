"""The themes of the app: registered, chosen, and checked once there is time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.app.feedback.notifications import notify
from tui.app.textual_themes import DEFAULT_THEME, register_themes
from tui.settings.themes import ThemeFile


class ThemeController:
    """Sets the first theme, and opens the chooser.

    Args:
        app: the app that the themes are of.
        themes: the themes by name, at least the first one.
        all_themes: reads the other themes when the user chooses one.
        warnings: finds the faults of the user's themes; slow.
    """

    def __init__(
        self,
        app: App[Any],
        themes: Mapping[str, ThemeFile],
        *,
        all_themes: Callable[[], Mapping[str, ThemeFile]] | None = None,
        warnings: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        self._app = app
        self._themes = themes
        self._all_themes = all_themes
        self._warnings = warnings

    def start(self, name: str) -> None:
        """Register the themes and set one, or the default if none has this name."""
        register_themes(self._app, self._themes)
        self._app.theme = name if name in self._themes else DEFAULT_THEME

    def choose(self) -> None:
        """Open the chooser; each theme is previewed as the cursor moves over it."""
        from .theme_chooser import ThemeChooser

        if self._all_themes is not None:
            self._themes = self._all_themes()
            self._all_themes = None
            register_themes(self._app, self._themes)
        if not isinstance(self._app.screen, ThemeChooser):
            self._app.push_screen(ThemeChooser(self._themes.values()))

    def check(self, screen: Screen[Any]) -> None:
        """Look for faults of the user's themes in a thread, and notify on a screen."""
        if self._warnings is not None:
            self._app.run_worker(self._show_warnings(self._warnings, screen), group="themes")

    async def _show_warnings(self, find: Callable[[], Sequence[str]], screen: Screen[Any]) -> None:
        for warning in await asyncio.to_thread(find):
            notify(screen, warning, title="Themes", severity="warning")
