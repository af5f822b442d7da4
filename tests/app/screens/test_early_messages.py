"""Messages meet a screen in any state: before its parts are there, and after it was left."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import ModalScreen, Screen

import tui.app
from tests.support.exploring import exploring
from tests.support.fake_orders import fake_session
from tui.app.navigation import ExplorerState, StartPlace
from tui.app.screens.explorer import ExplorerScreen
from tui.app.widgets.virtual_table import VirtualTable


def modules() -> Iterator[Any]:
    """Every module of the explorer."""
    for found in pkgutil.walk_packages(tui.app.__path__, "tui.app."):
        yield importlib.import_module(found.name)


def classes(kind: type) -> list[type]:
    """Every class of a kind that the explorer has, those inside others too."""
    found: dict[str, type] = {}
    waiting: list[Any] = list(modules())
    while waiting:
        for each in vars(waiting.pop()).values():
            if not inspect.isclass(each) or not each.__module__.startswith("tui.app"):
                continue
            name = f"{each.__module__}.{each.__qualname__}"
            if name not in found:
                found[name] = each
                waiting.append(each)
    return [each for each in found.values() if issubclass(each, kind)]


MESSAGES = classes(Message)
SCREENS = [each for each in classes(Screen) if not each.__subclasses__() or each is ExplorerScreen]


def message_of(kind: type) -> Message:
    """A message of a class, with nothing in it: it must not be looked into."""
    message: Message = kind.__new__(kind)
    Message.__init__(message)
    return message


def screen_of(kind: type) -> Screen[Any]:
    """A screen of a class that was never mounted, with nothing in it."""
    screen: Screen[Any] = kind.__new__(kind)
    Screen.__init__(screen)
    if isinstance(screen, ExplorerScreen):
        screen._early_messages, screen._has_panels = [], False
    return screen


def test_there_are_messages_and_screens() -> None:
    """Else the tests below would test nothing."""
    assert len(MESSAGES) > 20
    assert len(SCREENS) > 10
    assert ExplorerScreen in SCREENS


async def test_the_explorer_keeps_every_message_until_its_parts_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """None is handled before, all are afterwards, in their order."""
    sent = [message_of(kind) for kind in MESSAGES]
    handled: list[Message] = []
    gate = asyncio.Event()
    furnish, dispatch = ExplorerScreen._mount_panels, ExplorerScreen._on_message

    async def late(self: ExplorerScreen) -> None:
        await gate.wait()
        await furnish(self)

    async def noted(self: ExplorerScreen, message: Message) -> None:
        if any(message is each for each in sent):
            handled.append(message)
        else:
            await dispatch(self, message)

    monkeypatch.setattr(ExplorerScreen, "_mount_panels", late)
    monkeypatch.setattr(ExplorerScreen, "_on_message", noted)
    async with exploring(fake_session(3), rows=0) as explored:
        for message in sent:
            assert explored.screen.post_message(message)
        await explored.pilot.pause(0.05)
        assert handled == []
        gate.set()
        await explored.until(lambda: len(handled) == len(sent))
    assert handled == sent


@pytest.mark.parametrize("kind", SCREENS, ids=lambda kind: kind.__name__)
async def test_a_screen_that_is_gone_takes_no_message(kind: type) -> None:
    """Whatever the message is: it is refused, and nothing happens."""
    async with exploring(fake_session(3)) as explored:
        screen = screen_of(kind)
        screen._closed = screen._closing = True
        if isinstance(screen, ExplorerScreen):
            screen._has_panels = True
        for message in MESSAGES:
            assert not screen.post_message(message_of(message))
        await explored.press("j")


class Leaving(ModalScreen[None]):
    """Leaves, and handles a message that was sent before."""

    class Late(Message):
        """Comes when the parts are gone."""

    def on_leaving_late(self) -> None:
        """Look for a part."""
        raise NoMatches("gone")


async def test_a_message_that_was_queued_when_its_screen_was_left_is_no_fault() -> None:
    """The explorer goes on; on a screen that is there the same is a fault."""
    async with exploring(fake_session(3)) as explored:
        screen = Leaving()
        await explored.app.push_screen(screen)
        screen.dismiss()
        screen.post_message(Leaving.Late())
        await explored.press("j")
        await explored.until(lambda: explored.app.screen is explored.screen)
        assert explored.app._exception is None
    with pytest.raises(NoMatches):  # noqa: PT012 - it is raised at the end
        async with exploring(fake_session(3)) as explored:
            screen = Leaving()
            await explored.app.push_screen(screen)
            screen.post_message(Leaving.Late())
            await explored.pilot.pause()


async def test_a_cursor_near_the_end_is_taken_up_before_the_panels_are_there() -> None:
    """Coming back from the REPL near the end of the rows ended the explorer with “No nodes match”."""
    async with exploring(fake_session(250), size=(120, 12)) as explored:
        await explored.rows(100)
        loaded = explored.screen.view.snapshot
        last = loaded.rows[-1].key
    place = StartPlace(state=ExplorerState(loaded, (), last))
    async with exploring(fake_session(250), place=place, rows=0) as explored:
        explored.screen.post_message(VirtualTable.NearEnd())
        await explored.until(lambda: explored.screen.situation.connected)
        assert explored.app._exception is None
        await explored.press("G")
        await explored.until(lambda: explored.screen.view.snapshot.count > 100)
