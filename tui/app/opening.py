"""Opens the explorer: puts the session, the themes, the filter language and the clipboard into its hands."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from tui.settings.themes import load_themes
from tui.wiring import open_session

from .app import OrdexApp
from .looks import Looks
from .session import Place
from .theming import DEFAULT_THEME, register_themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.screen import ModalScreen

    from tui.orders.order import Order
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.themes import ThemeFile
    from tui.wiring import Session


def open_explorer(
    profile: Profile,
    folders: Folders,
    *,
    order_id: str | None = None,
    where: str | None = None,
    theme: str | None = None,
) -> int:
    """Run the explorer until the user quits; return the exit code.

    Args:
        profile: the account.
        folders: where Ordex keeps things.
        order_id: the order to open at, by id or source_id.
        where: the filter to open with.
        theme: the theme's name; the default when there is none of that name.
    """
    app = explorer_app(profile, folders, place=Place(order_id=order_id, where=where or ""), theme=theme)
    app.run()
    return app.return_code or 0


def explorer_app(profile: Profile, folders: Folders, *, place: Place, theme: str | None = None) -> OrdexApp:
    """The application, ready to run."""

    async def connect() -> Session:
        return await asyncio.to_thread(open_session, profile, folders)

    themes = load_themes(folders.themes)
    looks = Looks(
        register=partial(register_themes, themes=themes.themes),
        theme=theme if theme in themes.themes else DEFAULT_THEME,
        choose=lambda: _theme_chooser(themes.themes.values()),
    )
    return OrdexApp(connect, place=place, looks=looks, compile_filter=_compile_filter)


def _compile_filter(text: str) -> Callable[[Order], bool]:
    from tui.orders.filter import parse

    return parse(text, now=datetime.now(UTC)).matches


def _theme_chooser(themes: Iterable[ThemeFile]) -> ModalScreen[str | None]:
    from .screens.theme_chooser import ThemeChooser

    return ThemeChooser(themes)
