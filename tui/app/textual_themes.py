"""Theme files as Textual's themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from textual.app import App
from textual.theme import Theme

from tui.settings.theme_names import OWN_COLORS, OWN_STYLES
from tui.settings.themes import ThemeFile

DEFAULT_THEME = "ordex-dark"


def to_textual(theme: ThemeFile) -> Theme:
    """Textual's theme of a theme file. Variables keep their names, so ``$status-paid`` is one of them."""
    colors, variables = theme.colors, dict(theme.variables)
    if theme.ansi:
        # Textual's style sheets want these two of every terminal-native theme.
        variables = {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"} | variables
    return Theme(
        name=theme.name,
        dark=theme.dark,
        ansi=theme.ansi,
        primary=colors["primary"],
        foreground=colors["foreground"],
        background=colors["background"],
        secondary=colors.get("secondary"),
        accent=colors.get("accent"),
        surface=colors.get("surface"),
        panel=colors.get("panel"),
        boost=colors.get("boost"),
        success=colors.get("success"),
        warning=colors.get("warning"),
        error=colors.get("error"),
        variables=variables,
    )


def register_themes(app: App[Any], themes: Mapping[str, ThemeFile]) -> None:
    """Make the themes the app's only ones; Textual's own do not know our variables."""
    for theme in themes.values():
        app.register_theme(to_textual(theme))
    for name in set(app.available_themes) - set(themes):
        # Textual falls back on these two by name.
        if name not in ("textual-dark", "textual-light"):
            app.unregister_theme(name)


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Stand-ins for our variables under a theme that lacks them, made of its own colours.

    An app returns these, for its ``current_theme``, from ``get_theme_variable_defaults``: style sheets are
    parsed once before the first theme is set, and an unknown variable would end the app there.
    """
    if all(name in theme.variables for name in (*OWN_COLORS, *OWN_STYLES)):
        return {}
    colors = theme.to_color_system().generate()
    return {**{name: colors[stand_ins[0]] for name, stand_ins in OWN_COLORS.items()}, **OWN_STYLES}


def sorted_themes(themes: Iterable[ThemeFile]) -> list[ThemeFile]:
    """Themes as a chooser lists them: the default first, then ours, then the user's, by title."""
    return sorted(themes, key=lambda t: (t.name != DEFAULT_THEME, not t.builtin, t.title.casefold(), t.name))
