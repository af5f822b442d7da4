"""The explorer walking through itself, in the terminal that this is started in.

    python -m tests.support.hostile_walk REPORT [all]

It presses every key of every screen that it meets, and every key of what that leads to. What it saw goes to
the report: the screens, what the net at the edge stopped, the keys that came without being pressed, and text
that would act when clicked. ``all`` looks at every order in every section.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.support.hostile import HOSTILE
from tests.support.hostile_scenes import SCENES
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import command
from tui.app.opening import explorer_app
from tui.app.panels.problem import Problem
from tui.app.session import Place
from tui.settings.folders import find_folders
from tui.settings.profile import resolve_profile
from tui.terminal.unheard import guard
from tui.voucherify.errors import InvalidRequest

PROFILE = "shop\x1b]0;PWNED\x07\u202e[/][@click=app.quit]"
DEEPEST = 5
FOCUSED = 30
"""Parts of a screen, in the order of the focus, on which enter is tried."""

LEFT_ALONE = {"q", "ctrl+q", "ctrl+c", "exclamation_mark", "escape", "ctrl+z", "p"}
"""Keys that end the walk or lead to another account, and the one that comes last."""

SECTIONS = "123456"


@dataclass
class Report:
    """What was seen."""

    screens: set[str] = field(default_factory=set)
    pressed: int = 0
    clickable: list[str] = field(default_factory=list)
    uninvited: list[str] = field(default_factory=list)
    edge_hits: int = 0
    slips: list[str] = field(default_factory=list)
    finished: bool = False

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps({**vars(self), "screens": sorted(self.screens)}))


class Walk:
    """Goes everywhere. ``whole`` is whether every order is looked at in every section."""

    def __init__(self, app: Any, pilot: Pilot[Any], report: Report, *, whole: bool) -> None:
        self.app = app
        self.pilot = pilot
        self.report = report
        self.whole = whole
        self.done: set[tuple[str, str]] = set()

    async def go(self) -> None:
        """The whole way."""
        home = self.app.screen
        await self._until(lambda: home.loaded.total is not None and home.changing is not None)
        await self._until(lambda: home.changing.blocked is None and home.jobs is not None)
        await self._rows(home)
        await self._errors(home)
        await self._explore(0)
        await self._unkeyed(home)
        for name, scene in SCENES.items():
            if name not in self.report.screens:
                self.app.push_screen(scene(home))
                await self._settle()
                await self._explore(DEEPEST - 1)
                await self._back_to(home)
        self.report.finished = True

    async def _unkeyed(self, home: Any) -> None:
        """Actions that have no key of their own."""
        for action in CATALOGUE.values():
            if action.palette and not action.keys:
                await self.app.run_action(command(action), home)
                await self._settle()
                if self.app.screen is not home:
                    await self._explore(1)
                await self._back_to(home)

    async def _rows(self, home: Any) -> None:
        """Every row in every column, and orders in every section."""
        while home.read_on():
            await self._until(lambda: not home._loading.busy)
        home.columns = tuple(home.columns)
        for _ in range(home.loaded.count // 30):
            await self.press("pagedown")
        await self.press("l", "l", "l", "l", "g")
        for at in range(home.loaded.count if self.whole else 1):
            home.table.move_to(at)
            await self.press("enter")
            for section in SECTIONS:
                await self.press(section)
            await self.press("G", "escape")
        home.table.move_to(0)
        await self.press("space", "space")

    async def _errors(self, home: Any) -> None:
        problem = home.query_one(Problem)
        for text in HOSTILE if self.whole else HOSTILE[::20]:
            problem.show(InvalidRequest(400, message=text, details=text, hint=text))
            await self._settle()
        home.forget_failures()

    async def _explore(self, depth: int) -> None:
        """Every key of the screen on top, and every part of it that enter opens."""
        screen = self.app.screen
        name = _name(screen)
        await self._prepare(screen)
        for key, bound in list(screen.active_bindings.items()):
            if not (
                key in LEFT_ALONE or await self._try(screen, (name, bound.binding.action), (key,), depth)
            ):
                return
        for number, part in enumerate(screen.focus_chain[:FOCUSED] if depth and self.whole else ()):
            if part.is_attached:
                part.focus()
                if not await self._try(screen, (name, f"enter {number}"), ("enter",), depth):
                    return

    async def _try(self, screen: Any, what: tuple[str, str], keys: tuple[str, ...], depth: int) -> bool:
        """Press keys once a screen, go where that leads; false when the screen itself is closed."""
        if what in self.done or not await self._back_to(screen):
            return screen is self.app.screen
        self.done.add(what)
        if depth == 0:
            await self.press("escape")
            screen.table.focus()
        await self.press(*keys)
        for _ in range(3):
            if self.app.screen is not screen and depth < DEEPEST:
                await self._explore(depth + 1)
        self.report.write(Path(sys.argv[1]))
        return await self._back_to(screen)

    async def _prepare(self, screen: Any) -> None:
        """Fill what has to be filled before a screen leads anywhere."""
        name = type(screen).__name__
        if name == "ImportScreen" and not screen.query_one("#file", Input).value:
            screen.query_one("#file", Input).value = os.environ["HOSTILE_FILE"]
            await self.press("enter")
            await self._until(lambda: self.app.screen is not screen, seconds=3)
            if self.app.screen is not screen:
                await self._explore(2)
                await self._back_to(screen)
        elif name in ("OrderForm", "ItemDialog", "MetadataDialog", "MetadataEntry"):
            await self.press("x")

    async def _back_to(self, screen: Any) -> bool:
        """Close what is above a screen; false when it is closed itself."""
        for _ in range(6):
            if screen not in self.app.screen_stack:
                return False
            if self.app.screen is screen:
                return True
            await self.press("escape")
        while self.app.screen is not screen and screen in self.app.screen_stack:
            self.app.screen.dismiss(None)
            await self._settle()
        return screen in self.app.screen_stack

    async def press(self, *keys: str) -> None:
        """Press keys and look at what came of each."""
        for key in keys:
            self.report.pressed += 1
            await self.pilot.press(key)
            await self._settle()

    async def _settle(self) -> None:
        await self.pilot.pause()
        self._look()

    def _look(self) -> None:
        self.report.screens |= {type(screen).__name__ for screen in self.app.screen_stack}
        for strip in self.app.screen._compositor.render_strips():
            for segment in strip:
                if segment.style is not None and "@click" in segment.style.meta:
                    self.report.clickable.append(segment.text)
        if self.app.edge.hits > self.report.edge_hits:
            self.report.edge_hits = self.app.edge.hits
            self.report.slips.append(type(self.app.screen).__name__)

    async def _until(self, true: Callable[[], Any], *, seconds: float = 60) -> None:
        for _ in range(round(seconds / 0.02)):
            if true():
                return
            await asyncio.sleep(0.02)


def _name(screen: Any) -> str:
    """A screen's kind; a list to choose from is told by its title."""
    return f"{type(screen).__name__} {getattr(screen, '_title', '') or ''}".strip()


def main() -> None:
    """Walk, and write the report whatever happens."""
    report, whole = Report(), "all" in sys.argv[2:]
    guard()
    os.chdir(Path(sys.argv[1]).parent)  # what is written without a folder goes there
    profile = replace(resolve_profile(os.environ), name=PROFILE)
    app = explorer_app(profile, find_folders(os.environ), place=Place())
    app.bell = lambda: None  # type: ignore[method-assign] # ours is no attack, and would be taken for one
    app.action_pwn = lambda *_: report.clickable.append("pwn was run")  # type: ignore[attr-defined]

    async def walk(pilot: Pilot[Any]) -> None:
        driver = app._driver
        assert driver is not None
        heard = driver.process_message

        def process(message: Any) -> None:
            if isinstance(message, events.Key):
                report.uninvited.append(message.key)
            heard(message)

        driver.process_message = process  # type: ignore[method-assign] # what the terminal sends comes here
        try:
            await Walk(app, pilot, report, whole=whole).go()
        finally:
            report.write(Path(sys.argv[1]))
            app.exit(return_code=0)

    app.run(auto_pilot=walk)
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main()
