"""Choosing a theme: previewed while moving, kept by enter, put back by esc."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App

from tui.app.screens.theme_chooser import ThemeChooser
from tui.app.textual_themes import DEFAULT_THEME, register_themes, sorted_themes, variable_defaults
from tui.settings.themes import load_themes

THEMES = load_themes().themes
NAMES = [theme.name for theme in sorted_themes(THEMES.values())]


class ChooserApp(App[None]):
    """An app with our themes and the chooser open."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str | None] = []
        register_themes(self, THEMES)
        self.theme = DEFAULT_THEME

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables under Textual's themes."""
        return variable_defaults(self.current_theme)

    def on_mount(self) -> None:
        """Open the chooser."""
        self.push_screen(ThemeChooser(THEMES.values()), self.chosen.append)


async def test_moving_previews_and_enter_keeps() -> None:
    """The app wears each theme under the cursor; enter leaves it on."""
    app = ChooserApp()
    async with app.run_test() as pilot:
        await pilot.pause()
        for name in [*NAMES[1:], NAMES[0], NAMES[1]]:
            await pilot.press("j" if name != NAMES[0] else "g")
            await pilot.pause()
            assert app.theme == name
        await pilot.press("enter")
        await pilot.pause()
        assert (app.theme, app.chosen) == (NAMES[1], [NAMES[1]])


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_esc_puts_back(key: str) -> None:
    """The theme there was comes back."""
    app = ChooserApp()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("down", "down", key)
        await pilot.pause()
        assert (app.theme, app.chosen) == (DEFAULT_THEME, [None])


def test_only_our_themes_are_offered() -> None:
    """Textual's own themes, which lack our colours, are gone but for its two fallbacks."""
    app = ChooserApp()
    assert set(app.available_themes) - set(THEMES) == {"textual-dark", "textual-light"}


def test_the_default_comes_first_and_the_user_s_last(tmp_path: Path) -> None:
    """Ours before the user's own, the default at the top."""
    text = 'name = "aaa"\ndark = true\n[colors]\nprimary = "#fff"\nforeground = "#fff"\nbackground = "#000"\n'
    (tmp_path / "a.toml").write_text(text)
    names = [theme.name for theme in sorted_themes(load_themes(tmp_path).themes.values())]
    assert (names[0], names[-1]) == (DEFAULT_THEME, "aaa")


@pytest.mark.parametrize("name", THEMES)
async def test_terminal_native_only_where_said(name: str) -> None:
    """Only the theme that says so uses the terminal's own colours."""
    app = ChooserApp()
    async with app.run_test():
        app.theme = name
        assert app.native_ansi_color is (name == "ansi")
