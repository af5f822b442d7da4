"""The explorer on a served account of people, with masks on: whatever it shows is looked through."""

from __future__ import annotations

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.support.exploring import Exploring
from tests.support.personal import Watch
from tests.support.sandbox import RunningSandbox
from tui.app.navigation import StartPlace
from tui.app.startup.launch import explorer_app
from tui.orders.privacy import Masks
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile


class Masked(Exploring):
    """Looks through the screen after every key. ``own`` are values that the person types themself."""

    def __init__(self, app: Any, pilot: Any, watch: Watch) -> None:
        super().__init__(app, pilot, None)  # type: ignore[arg-type] # the session is a real one
        self.watch = watch
        self.own: tuple[str, ...] = ()
        self.seen: list[str] = []
        """The screens that were looked through."""

    def look(self) -> None:
        """Nothing of anybody is on the screen; whose orders they are is on each."""
        text = self.text
        for value in self.own:
            text = text.replace(value, "")
        found = self.watch.found(text)
        assert found == [], f"{found} on {self.app.screen}:\n{text}"
        name = type(self.app.screen).__name__
        if name not in self.seen:
            self.seen.append(name)
            self.look_at_picture()
            assert "SANDBOX [" in text, f"no account on {name}:\n{text}"

    def look_at_picture(self) -> None:
        """Nor in a picture of it."""
        picture = html.unescape(self.app.export_screenshot()).replace("\xa0", " ")
        for value in self.own:
            picture = picture.replace(value, "")
        assert self.watch.found(picture) == []

    async def keys(self, *keys: str, rest: float = 0.0) -> None:
        """Press keys one by one and look after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(rest)
            self.look()

    async def top(self, screen: type[Any]) -> Any:
        """Wait until a screen of that kind is on top and hears keys; look at it."""
        await self.until(lambda: isinstance(self.app.screen, screen))
        await self.until(lambda: getattr(self.app.screen, "accepts_keys", True))
        await self.pilot.pause(0.05)
        self.look()
        return self.app.screen

    async def browses(self) -> None:
        """Wait until the explorer is on top again."""
        await self.until(lambda: self.app.screen is self.screen)
        await self.pilot.pause()
        self.look()

    async def go_to(self, source_id: str) -> None:
        """Put the cursor on an order."""
        rows = [order.source_id for order in self.screen.view.snapshot.rows]
        self.screen.table.move_to(rows.index(source_id))
        await self.pilot.pause(0.1)
        self.look()


@asynccontextmanager
async def masked_window(
    served: RunningSandbox,
    home: Path,
    watch: Watch,
    *,
    masks: Masks,
    size: tuple[int, int] = (120, 40),
    columns: tuple[str, ...] = (),
) -> AsyncIterator[Masked]:
    """The explorer as the program opens it, all that it needs open."""
    environ = {
        "VOUCHERIFY_APP_ID": served.app_id,
        "VOUCHERIFY_APP_TOKEN": served.app_token,
        "VOUCHERIFY_API_BASE_URL": served.url,
        "ORDEX_HOME": str(home),
    }
    profile = resolve_profile(environ, read_only=False)
    app = explorer_app(profile, find_folders(environ), place=StartPlace(), masks=masks)
    async with app.run_test(size=size, notifications=True) as pilot:
        opened = Masked(app, pilot, watch)
        if columns:
            opened.screen.view.columns = columns
        await opened.until(lambda: opened.screen.view.snapshot.count > 0)
        await opened.until(
            lambda: opened.screen.flows.changing is not None and opened.screen.flows.jobs is not None
        )
        changing: Any = opened.screen.flows.changing
        await opened.until(lambda: changing.blocked is None)
        opened.look()
        yield opened
