"""Rows in the first paint, before the session is open."""

from __future__ import annotations

import asyncio

from tests.support.exploring import exploring
from tests.support.fake_orders import FakeSession, fake_session, order_document
from tui.app.panels.filter_bar.local_filter import local_filter
from tui.voucherify.errors import Unreachable

GLIMPSE = [order_document(number) for number in reversed(range(5))]


async def test_the_glimpse_is_there_before_the_session_and_gives_way_to_it() -> None:
    """It is shown and not counted; the page that is read takes its place, and the cursor stays."""
    session, opened = fake_session(5), asyncio.Event()

    async def open_session() -> FakeSession:
        await opened.wait()
        return session

    async with exploring(session, rows=0, open_session=open_session, preview=GLIMPSE) as explored:
        screen = explored.screen
        await explored.until(lambda: screen._has_panels)
        assert screen.table._source.row_count == 5
        assert screen.view.snapshot.count == 0
        assert screen.order is None
        await explored.press("j", "space", "enter")
        assert not screen.table.marks
        assert screen.table.cursor == GLIMPSE[1]["id"]
        opened.set()
        await explored.rows(5)
        assert screen.table.cursor == GLIMPSE[1]["id"]
        assert screen.order is not None
        assert not screen.view.snapshot.before


async def test_what_is_no_longer_there_goes_with_the_first_page() -> None:
    """Only what the session answers stays."""
    async with exploring(fake_session(3), rows=0, preview=GLIMPSE) as explored:
        await explored.until(lambda: explored.screen.view.snapshot.count == 3)
        assert explored.screen.table._source.row_count == 3


async def test_a_session_that_does_not_open_takes_the_glimpse_away() -> None:
    """Rows that nothing can be done to do not stand under a failure."""

    async def open_session() -> FakeSession:
        raise Unreachable("no way there")

    async with exploring(fake_session(5), rows=0, open_session=open_session, preview=GLIMPSE) as explored:
        await explored.until(lambda: "no way there" in explored.text)
        assert explored.screen.table._source.row_count == 0


async def test_a_filter_never_shows_the_glimpse_as_its_matches() -> None:
    """Nothing is loaded yet, so nothing matches yet."""
    opened = asyncio.Event()
    session = fake_session(5)

    async def open_session() -> FakeSession:
        await opened.wait()
        return session

    async with exploring(session, rows=0, open_session=open_session, preview=GLIMPSE) as explored:
        await explored.until(lambda: explored.screen._has_panels)
        explored.screen.view.snapshot = explored.screen.view.snapshot.with_filter(
            local_filter("nothing like it")
        )
        assert explored.screen.table._source.row_count == 0
        opened.set()


async def test_themes_that_can_wait_are_read_when_one_is_chosen() -> None:
    """The first paint needs one theme."""
    from tui.settings.themes import load_themes

    themes, asked = load_themes().themes, []

    def all_themes() -> object:
        asked.append(True)
        return themes

    first = {"ordex-dark": themes["ordex-dark"]}
    async with exploring(fake_session(5), themes=first, all_themes=all_themes) as explored:
        assert not asked
        await explored.press("t", "down")
        assert asked
        assert explored.app.theme in themes
        assert explored.app.theme != "ordex-dark"
