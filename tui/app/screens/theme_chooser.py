"""Choosing a theme while seeing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.dialogs.chooser import ChoiceList
from tui.app.modal import Modal
from tui.app.textual_themes import sorted_themes
from tui.settings.themes import ThemeFile
from tui.terminal.visible import visible


class ThemeChooser(Modal[str | None]):
    """A list of themes that is previewed as the cursor moves.

    Closes with the name of the chosen theme, or ``None`` after restoring the previous one.
    """

    CSS_PATH = "../styles/theme_chooser.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "put_back", "Put back"),
        Binding("q", "put_back", "Put back", show=False),
    ]

    def __init__(self, themes: Iterable[ThemeFile]) -> None:
        super().__init__()
        self._themes = sorted_themes(themes)
        self._before = ""

    def compose(self) -> ComposeResult:
        """The list in a box, with what the keys do below."""
        options = [Option(_prompt(theme), id=theme.name) for theme in self._themes]
        with Vertical(id="theme-box") as box:
            box.border_title = Content("Theme")
            yield ChoiceList(*options, id="theme-list")
            yield Static(Content("enter select · esc cancel"), id="theme-hint")

    def on_mount(self) -> None:
        """Start at the theme in use."""
        self._before = self.app.theme
        names = [theme.name for theme in self._themes]
        if self._before in names:
            self.query_one(ChoiceList).highlighted = names.index(self._before)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the theme under the cursor at once."""
        event.stop()
        if event.option_id and self.is_current:
            self.app.theme = event.option_id

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep the theme."""
        event.stop()
        self.dismiss(event.option_id)

    def action_put_back(self) -> None:
        """Restore the previous theme."""
        self.app.theme = self._before
        self.dismiss(None)


def _prompt(theme: ThemeFile) -> Content:
    whose = "" if theme.builtin else " (yours)"
    lines = [Content(visible(theme.title, limit=40) + whose).stylize("bold")]
    if theme.description:
        lines.append(Content(visible(theme.description, limit=80)))
    return Content("\n").join(lines)
