"""The explorer walking through itself, in the terminal that this is started in.

    python -m tests.support.hostile_walk REPORT [all]

It presses the keys of every screen that it meets, and those of what that leads to. What it saw goes to the
report: the screens, what the net at the edge stopped, the keys that came without being pressed, and text that
would act when clicked. ``all`` opens every order and tries every key of every screen, and enter on every kind
of part of each. Without it the forms are left out, and the keys that only move in a text.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import key_to_character
from textual.pilot import Pilot
from textual.widgets import Input

from tests.support.hostile import HOSTILE
from tests.support.hostile_report import Report, Watch
from tests.support.hostile_scenes import SCENES
from tui.actions.catalogue import CATALOGUE
from tui.app.bindings import command
from tui.app.navigation import StartPlace
from tui.app.panels.problem import Problem
from tui.app.startup.launch import explorer_app
from tui.settings.folders import find_folders
from tui.settings.profile_lookup import resolve_profile
from tui.terminal.log_capture import install
from tui.voucherify.errors import InvalidRequest

PROFILE = "shop\x1b]0;PWNED\x07\u202e[/][@click=app.quit]"
DEEPEST = 5
HOPS = 3
"""Times that all widgets are waited for: a key goes from the focused one up to whatever acts on it."""

AGAIN = 8
"""Times that a screen is opened, where a key closes it before all were tried."""

PATIENCE = 10.0
"""Seconds that a key is given to lead somewhere, while work that it began goes on."""

LONG = 3600.0
"""Seconds; longer than the walk."""

LEFT_ALONE = {"q", "ctrl+q", "ctrl+c", "exclamation_mark", "escape", "ctrl+z"}
"""Keys that end the walk or lead out of the explorer, and the one that comes last."""

LEADS_OUT = {("Chooser Profile", "enter")}
"""What would go on with another account."""

FORMS = {"n", "ctrl+n", "e"}
"""Keys that open the form, which takes as long as all the rest."""

SECTIONS = "123456"


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
        await self._until(lambda: home.view.snapshot.total is not None and home.flows.changing is not None)
        await self._until(lambda: home.flows.changing.blocked is None and home.flows.jobs is not None)
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
                under_way = set(self.app.workers)
                await self.app.run_action(command(action), home)
                await self._rest(home, under_way)
                if self.app.screen is not home:
                    await self._explore(1)
                await self._back_to(home)

    async def _rows(self, home: Any) -> None:
        """Every row in every column, and what holds many texts in every section."""
        while home.paging.read_on():
            await self._until(lambda: not home.paging._loader.busy)
        home.view.columns = tuple(home.view.columns)
        await self.press("l", "l", "l", "l", "g")
        for _ in range(home.view.snapshot.count // 20):
            await self.press("pagedown")
        gathered = int(os.environ["HOSTILE_GATHERED"])
        for at in range(home.view.snapshot.count if self.whole else gathered):
            home.table.move_to(at)
            await self.press("enter")
            for section in SECTIONS if at < gathered else ():
                await self.press(section, *["ctrl+d"] * (3 if self.whole else 1), "G")
            await self.press("escape")
        home.table.move_to(0)
        await self.press("space", "space")

    async def _errors(self, home: Any) -> None:
        problem = home.query_one(Problem)
        for text in HOSTILE if self.whole else HOSTILE[::20]:
            problem.show(InvalidRequest(400, message=text, details=text, hint=text))
            await self._settle()
        home.paging.forget_failures()

    async def _explore(self, depth: int) -> bool:
        """Every key of the screen on top, and enter on every part; false when one closed the screen."""
        screen = self.app.screen
        name = _name(screen)
        await self._prepare(screen)
        for key, bound in list(screen.active_bindings.items()):
            if key in LEFT_ALONE or not (self.whole or (_is_ours(bound) and key not in FORMS)):
                continue
            everywhere = bound.node is self.app and not self.whole
            if not await self._try(screen, ("" if everywhere else name, bound.binding.action), key, depth):
                return False
        for part in screen.focus_chain if depth and self.whole else ():
            if part.is_attached:
                part.focus()
                if not await self._try(screen, (name, f"enter {_part(part)}"), "enter", depth):
                    return False
        return True

    async def _try(self, screen: Any, what: tuple[str, str], key: str, depth: int) -> bool:
        """Press a key once a screen, go where that leads; false when the screen itself is closed."""
        if what in self.done or (_name(screen), key) in LEADS_OUT or not await self._back_to(screen):
            return screen is self.app.screen
        self.done.add(what)
        for _ in range(AGAIN if self.whole else 1):
            if depth == 0:  # while a change is being sent no other is begun
                await self._until(lambda: not screen.flows.changing._running, seconds=20)
            if depth == 0 and screen.situation.read_only:
                screen.paging.session.write_lock.open_for(
                    LONG
                )  # some key has locked it, or a command of the palette
            if depth == 0:  # what the key before it opened may take the focus late
                await self.press("escape")
                screen.table.focus()
                await self._settle()
            if await self._follow(key, depth) or not await self._back_to(screen):
                break
        self.report.write(Path(sys.argv[1]))
        return await self._back_to(screen)

    async def _follow(self, key: str, depth: int) -> bool:
        """Press a key and explore what it opens; false when that closed itself before all was tried."""
        below = list(self.app.screen_stack)
        await self.press(key)
        whole = True
        for _ in range(3):
            if self.app.screen not in below and depth < DEEPEST:
                whole = await self._explore(depth + 1) and whole
        return whole

    async def _prepare(self, screen: Any) -> None:
        """Fill what has to be filled before a screen leads anywhere."""
        name = type(screen).__name__
        if name == "ImportScreen" and not screen.query_one("#file", Input).value:
            for file in (os.environ["HOSTILE_FILE"], os.environ["HOSTILE_COLUMNS"]):
                if not await self._back_to(screen):
                    return
                screen.query_one("#file", Input).value = file
                await self.press("enter")
                await self._until(lambda: self.app.screen is not screen, seconds=5)
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
        """Press keys, each once the one before has come to rest."""
        for key in keys:
            self.report.pressed += 1
            screen, under_way = self.app.screen, set(self.app.workers)
            self.app._driver.send_message(events.Key(key, key_to_character(key)))
            await self._rest(screen, under_way)
            self.report.trail.append(f"{type(screen).__name__} {key} {type(self.app.screen).__name__}")

    async def _rest(self, screen: Any, under_way: set[Any]) -> None:
        """Let what was begun come to an end, or lead to another screen."""
        await self._settle()
        until = time.monotonic() + PATIENCE
        while self._works(under_way) and self.app.screen is screen and time.monotonic() < until:
            await asyncio.sleep(0.01)
            await self._settle()

    def _works(self, under_way: set[Any]) -> bool:
        return any(not worker.is_finished for worker in self.app.workers if worker not in under_way)

    async def _settle(self) -> None:
        """Let all that is told be heard, and draw it."""
        for _ in range(HOPS):
            await self.pilot._wait_for_screen()
            if self.app._exception is not None:
                raise self.app._exception
        self.app.screen._on_timer_update()
        await self.pilot._wait_for_screen()
        self.report.screens |= {type(screen).__name__ for screen in self.app.screen_stack}

    async def _until(self, true: Callable[[], Any], *, seconds: float = 60) -> None:
        for _ in range(round(seconds / 0.02)):
            if true():
                return
            await asyncio.sleep(0.02)


def _name(screen: Any) -> str:
    """A screen's kind; a list to choose from is told by its title, a form by what it does."""
    editing = getattr(screen, "editing", None)
    kind = editing.state.kind if editing is not None else getattr(screen, "_title", "") or ""
    return f"{type(screen).__name__} {kind}".strip()


def _is_ours(bound: Any) -> bool:
    """Whether what a key does is ours, and not one of the many ways in which Textual moves in a text."""
    does = getattr(type(bound.node), f"action_{bound.binding.action.partition('(')[0]}", None)
    return bound.binding.key == "enter" or does is None or does.__module__.startswith("tui.")


def _part(part: Any) -> str:
    """A part's kind, and whose it is where there are several."""
    within = type(part.parent).__name__ if part.parent is not None else ""
    return f"{within} {type(part).__name__} {part.id or ''}".strip()


def main() -> None:
    """Walk, and write the report whatever happens."""
    report, whole = Report(), "all" in sys.argv[2:]
    install()
    os.chdir(Path(sys.argv[1]).parent)  # what is written without a folder goes there
    profile = replace(resolve_profile(os.environ), name=PROFILE)
    app = explorer_app(profile, find_folders(os.environ), place=StartPlace())
    app.bell = lambda: None  # type: ignore[method-assign] # ours is no attack, and would be taken for one
    app.output_filter = Watch(app, report)
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
        except Exception as error:
            report.fault = "".join(traceback.format_exception(error))
            raise
        finally:
            report.write(Path(sys.argv[1]))
            app.exit(return_code=0)

    app.run(auto_pilot=walk)
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main()
