"""Screens over the explorer are left once, and alone."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from textual.command import CommandPalette
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList

import tui.app
from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import fake_session
from tui.app.dialogs.chooser import Chooser
from tui.app.dialogs.question_dialog import QuestionDialog
from tui.app.modal import Modal
from tui.app.palette import Palette
from tui.terminal.line_input import QUIET


class Asks(Modal[str]):
    """A dialog, with nothing in it."""


async def two_dialogs(explored: Exploring, results: list[tuple[str, str | None]]) -> tuple[Asks, Asks]:
    """One over the other; each tells its result under its place."""
    below, above = Asks(), Asks()
    await explored.app.push_screen(below, lambda result: results.append(("below", result)))
    await explored.app.push_screen(above, lambda result: results.append(("above", result)))
    return below, above


@pytest.mark.parametrize("key", ["s", "T"])
async def test_enter_that_comes_twice_chooses_once(key: str) -> None:
    """The second closed the explorer beneath, or ended the app: it came before the first was done."""
    async with exploring(fake_session(3)) as explored:
        await explored.press(key)
        await explored.until(lambda: explored.app.screen.query(OptionList))
        listed = explored.app.screen.query_one(OptionList)
        listed.action_select()
        listed.action_select()
        await explored.until(lambda: explored.app.screen is explored.screen)
        await explored.press("j")
        assert explored.app._exception is None
        assert explored.app.screen is explored.screen


async def test_a_dialog_that_is_left_twice_leaves_the_one_below() -> None:
    """Somebody waits for the result of that one; what comes first counts."""
    results: list[tuple[str, str | None]] = []
    async with exploring(fake_session(3)) as explored:
        below, above = await two_dialogs(explored, results)
        above.dismiss("first")
        above.dismiss("second")
        await explored.pilot.pause()
        assert explored.app.screen is below
        assert results == [("above", "first")]


async def test_a_covered_dialog_waits_until_it_is_on_top() -> None:
    """Work that ended under an open question closed the question, and stayed itself."""
    results: list[tuple[str, str | None]] = []
    async with exploring(fake_session(3)) as explored:
        below, above = await two_dialogs(explored, results)
        below.dismiss("done")
        below.dismiss("again")
        await explored.pilot.pause()
        assert explored.app.screen is above
        assert results == []
        above.dismiss("answer")
        await explored.until(lambda: explored.app.screen is explored.screen)
        assert results == [("above", "answer"), ("below", "done")]


async def test_a_covered_dialog_that_is_left_keeps_its_first_result() -> None:
    """A key that came between the end of what covered it and its own turned an agreement into a no."""
    results: list[tuple[str, str | None]] = []
    async with exploring(fake_session(3)) as explored:
        below, above = await two_dialogs(explored, results)
        below.dismiss("agreed")
        above.dismiss("answer")
        below.dismiss(None)
        await explored.until(lambda: len(results) == 2 and explored.app.screen is explored.screen)
        assert results == [("above", "answer"), ("below", "agreed")]


async def test_a_question_that_was_covered_waits_again() -> None:
    """What was pressed for the dialog above it answered it, before it could be seen."""
    now = 100.0
    async with exploring(fake_session(3)) as explored:
        question: QuestionDialog[str] = QuestionDialog(clock=lambda: now)
        await explored.app.push_screen(question)
        await explored.pilot.pause(QUIET + 0.2)
        assert not question.accepts_keys
        now += QUIET
        await explored.until(lambda: question.accepts_keys)
        above = Asks()
        await explored.app.push_screen(above)
        now += 10
        above.dismiss()
        await explored.until(lambda: explored.app.screen is question and not question.accepts_keys)
        await explored.pilot.pause(QUIET + 0.2)
        assert not question.accepts_keys
        now += QUIET
        await explored.until(lambda: question.accepts_keys)


async def test_a_key_makes_a_question_wait_again() -> None:
    """Whoever types on, at any speed, answers no question that appears meanwhile."""
    now = 100.0
    async with exploring(fake_session(3)) as explored:
        question: QuestionDialog[str] = QuestionDialog(clock=lambda: now)
        await explored.app.push_screen(question)
        await explored.until(lambda: question.is_current)
        for _ in range(6):
            now += QUIET * 0.9
            await explored.press("y")
        await explored.pilot.pause(QUIET + 0.2)
        assert not question.accepts_keys
        now += QUIET
        await explored.until(lambda: question.accepts_keys)


async def test_the_palette_runs_one_action() -> None:
    """Enter twice began it twice."""
    async with exploring(fake_session(3)) as explored:
        await explored.press("colon")
        await explored.until(lambda: isinstance(explored.app.screen, Palette))
        await explored.press(*"sort")
        listed = explored.app.screen.query_one(OptionList)
        await explored.until(lambda: listed.option_count and listed.highlighted is not None)
        listed.action_select()
        listed.action_select()
        await explored.until(lambda: isinstance(explored.app.screen, Chooser))
        await explored.press("escape")
        await explored.until(lambda: explored.app.screen is explored.screen)


def test_every_screen_but_the_explorers_is_left_once() -> None:
    """Also the next one that somebody writes."""
    for module in pkgutil.walk_packages(tui.app.__path__, "tui.app."):
        importlib.import_module(module.name)
    waiting: list[type[Screen[object]]] = [Screen]
    others = set()
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        others |= {kind for kind in kinds if kind.__module__.startswith("tui.") and kind is not Modal}
    assert ModalScreen in Asks._css_bases(Asks)
    textuals = (Screen.dismiss, CommandPalette.dismiss)
    assert {kind.__name__ for kind in others if kind.dismiss in textuals} == {"ExplorerScreen"}
