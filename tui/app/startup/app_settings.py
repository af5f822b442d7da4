"""Settings of the app besides its session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.actions.catalogue.keymap import Keymap
from tui.app.screens.explorer_settings import ExplorerSettings
from tui.app.textual_themes import DEFAULT_THEME
from tui.orders.privacy import Masks
from tui.settings.themes import ThemeFile, load_themes

if TYPE_CHECKING:
    from tui.app.dialogs.report_screen import LoadReport


def _builtin_themes() -> Mapping[str, ThemeFile]:
    return load_themes().themes


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSettings:
    """Settings of the whole app; each part has a working default.

    Args:
        explorer: the settings of the explorer's screen.
        themes: the themes by name, at least the one that is painted first.
        all_themes: reads the other themes when the user chooses one; else there are none.
        theme: the name of the first theme; the default where there is no theme of that name.
        theme_warnings: finds the faults of the user's themes; called in a thread, after the first paint.
        keymap: the user's own keys, checked.
        reports: loads the report of an action, by its id; called in a thread.
        masks: the masks of the session. They hide personal data on the screen while they are on.
    """

    explorer: ExplorerSettings = field(default_factory=ExplorerSettings)
    themes: Mapping[str, ThemeFile] = field(default_factory=_builtin_themes)
    all_themes: Callable[[], Mapping[str, ThemeFile]] | None = None
    theme: str = DEFAULT_THEME
    theme_warnings: Callable[[], Sequence[str]] | None = None
    keymap: Keymap = field(default_factory=dict)
    reports: Mapping[str, LoadReport] = field(default_factory=dict)
    masks: Masks = field(default_factory=Masks)
