"""Orders that attack: whatever a field holds, the screen stays whole."""

from __future__ import annotations

import pytest

from tests.support.exploring import Exploring, OrderDetail, exploring
from tests.support.fake_orders import FakeClient, FakeSession, fake_session
from tests.support.hostile import CONTROLS, ESCAPES, HOSTILE, HUGE, MARKUP, UNICODE, hostile_document
from tui.app.panels.problem import Problem
from tui.orders.columns import COLUMNS
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome
from tui.voucherify.errors import InvalidRequest

GROUPS = {"markup": MARKUP, "escapes": ESCAPES, "controls": CONTROLS, "unicode": UNICODE, "huge": HUGE}


def hostile_session(texts: tuple[str, ...]) -> FakeSession:
    """An account in which every field of every order is one of the texts."""
    documents = [hostile_document(number, text) for number, text in enumerate(texts)]
    return FakeSession(FakeClient(documents), name=texts[0], address=texts[-1])


async def walk(explored: Exploring) -> None:
    """Everything that shows an order's text."""
    await explored.press("j", "space", "enter", "j")
    await explored.until(lambda: explored.screen.query(OrderDetail))
    explored.screen.view.columns = (*COLUMNS, *_metadata(explored))
    await explored.pilot.pause()
    await explored.press("l", "l", "G", "k", "ctrl+u")
    for dialog in ("s", "c", "y", "question_mark", "t"):
        await explored.press(dialog, "j", "escape")
    await explored.press("colon", "s")
    await explored.press("escape")


def _metadata(explored: Exploring) -> list[str]:
    keys = {key for order in explored.screen.view.snapshot.rows for key in order.metadata or {} if key}
    return [f"metadata.{key}" for key in sorted(keys)][:5]


@pytest.mark.parametrize("group", GROUPS)
async def test_nothing_hostile_reaches_the_terminal(group: str) -> None:
    """No field of any order is interpreted or passed on raw, at rest or in any dialog."""
    texts = GROUPS[group]
    async with exploring(hostile_session(texts), size=(140, 40)) as explored:
        await walk(explored)
        assert explored.app.output_filter.hits == 0
        assert explored.screen.view.snapshot.count == len(texts)
        assert explored.app.is_running


@pytest.mark.parametrize("group", GROUPS)
async def test_hostile_customers_and_copies_are_shown_safely(group: str) -> None:
    """What the detail asks for is told in visible text."""
    texts = GROUPS[group]

    def copied(text: str, write: object) -> CopyOutcome:
        return CopyOutcome(ClipboardRoute("file", text), len(text), text)

    async with exploring(hostile_session(texts), size=(140, 40), copy_text=copied) as explored:
        await explored.until(lambda: explored.screen.query(OrderDetail))
        for text in texts[:8]:
            explored.detail.post_message(OrderDetail.CustomerChosen(text))
            explored.detail.post_message(OrderDetail.Copied(text, text))
            await explored.pilot.pause()
        assert explored.app.output_filter.hits == 0
        assert "match “customer" in explored.text


async def test_hostile_errors_are_shown_safely() -> None:
    """What a server says in an error is data too."""
    async with exploring(fake_session(5)) as explored:
        problem = explored.screen.query_one(Problem)
        for text in HOSTILE:
            problem.show(InvalidRequest(400, message=text, details=text, hint=text))
            await explored.pilot.pause()
        assert explored.app.output_filter.hits == 0
        assert "The request is not valid" in explored.text


def test_the_corpus_is_large_enough() -> None:
    """At least seventy different attacks."""
    assert len(set(HOSTILE)) == len(HOSTILE) >= 70
