"""Opens the explorer: puts the session, the themes, the filter language and the clipboard into its hands."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.settings.theme_remarks import theme_remarks
from tui.settings.themes import load_themes
from tui.wiring import open_session

from .app import OrdexApp
from .changing.changes import Changes
from .session import Place
from .theming import DEFAULT_THEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.orders.order import Order
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
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
    opened: list[Session] = []

    async def connect() -> Session:
        opened[:] = [await asyncio.to_thread(open_session, profile, folders, on_wait=app.tell_wait)]
        return opened[0]

    app = OrdexApp(
        connect,
        place=place,
        themes=load_themes(folders.themes).themes,
        theme=theme or DEFAULT_THEME,
        theme_remarks=lambda: theme_remarks(theme, load_themes(folders.themes)),
        compile_filter=_compile_filter,
        open_changes=lambda: changes_of(opened[0]),
    )
    return app


def changes_of(session: Session) -> Changes:
    """The journal and the drafts of a session; in a thread, since it reads files."""
    from tui.jobs.drafts import Drafts

    drafts = Drafts(session.folders.state)
    return Changes(session.mutations, session.journal, drafts, session.account, session.base_url)


def _compile_filter(text: str) -> Callable[[Order], bool]:
    from tui.orders.filter import parse

    return parse(text, now=datetime.now(UTC)).matches
