"""The view of the last visit: taken up, kept, and never mistaken for everything."""

from __future__ import annotations

import pytest

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import fake_session
from tui.app.navigation import StartPlace
from tui.app.panels.filter_bar import FilterBar
from tui.app.screens.view_state_controller import LastVisit
from tui.settings.views import View

FACT = "filter of your last session; esc clears it"


def last(view: View, kept: list[View] | None = None, remark: str = "") -> LastVisit:
    """A last visit; what is kept of this one goes to the list."""
    return LastVisit(view, (kept if kept is not None else []).append, remark)


def pages(explored: Exploring) -> list[object]:
    """What was asked of the list."""
    return [call[2:] for call in explored.session.client.calls if call[0] == "list"]


async def test_the_account_is_looked_at_as_it_was_left() -> None:
    """Columns, the server's order, the filter and the closed detail; the filter is told as an old one."""
    view = View(("status", "amount"), "created_at", "teapot", detail=False, filters=("mug", "teapot"))
    async with exploring(fake_session(250), size=(160, 30), last_visit=last(view)) as explored:
        await explored.until(lambda: FACT in explored.text)
        assert pages(explored) == [(1, "created_at")]
        assert "oldest first" in explored.text
        assert "20 match “teapot”, filtered over the 100 loaded" in explored.text
        assert explored.screen.view.columns == ("status", "amount")
        assert not explored.screen.detail.is_open
        assert explored.screen.query_one(FilterBar).history == ("mug", "teapot")
        await explored.press("escape")
        assert len(explored.screen.view.snapshot.rows) == 100
        assert FACT not in explored.text


async def test_a_filter_that_is_typed_anew_is_of_this_visit() -> None:
    """The same words: then they are known."""
    async with exploring(fake_session(250), size=(160, 30), last_visit=last(View(where="mug"))) as explored:
        await explored.until(lambda: FACT in explored.text)
        await explored.press("slash", "backspace", "g", "enter")
        await explored.until(lambda: "match “mug”" in explored.text)
        assert FACT not in explored.text


@pytest.mark.parametrize("place", [StartPlace(where="teapot"), StartPlace(order_id="shop-000007")])
async def test_a_place_that_was_asked_for_wins(place: StartPlace) -> None:
    """--where and open: the old filter is not in force, the old columns are."""
    view = View(columns=("status", "id"), where="mug")
    async with exploring(fake_session(250), place=place, last_visit=last(view)) as explored:
        await explored.rows(100)
        chosen = explored.screen.view.snapshot.filter
        assert (chosen.text if chosen else "") == place.where
        assert explored.screen.view.columns == ("status", "id")


async def test_what_is_changed_is_kept_when_it_ends() -> None:
    """A filter, the order, the columns and the detail; nothing is written where nothing was changed."""
    kept: list[View] = []
    async with exploring(fake_session(250), last_visit=last(View(), kept)) as explored:
        await explored.rows(100)
    assert kept == []
    async with exploring(fake_session(250), last_visit=last(View(), kept)) as explored:
        await explored.press("slash", *"teapot", "enter")
        explored.screen.sort_filter.sort_by("updated_at")
        await explored.until(lambda: explored.screen.view.snapshot.server_order == "-updated_at")
        explored.screen.view.columns = ("status", "id")
        explored.screen.detail.open()
        await explored.pilot.pause()
    assert kept[-1] == View(("status", "id"), "-updated_at", "teapot", detail=True, filters=("teapot",))


async def test_a_sort_of_what_is_loaded_is_not_kept() -> None:
    """The next visit loads less, so its first row would be another."""
    kept: list[View] = []
    async with exploring(fake_session(250), last_visit=last(View(), kept)) as explored:
        explored.screen.sort_filter.sort_by("amount")
        await explored.pilot.pause()
    assert kept == []


async def test_an_account_that_cannot_be_read_keeps_its_view() -> None:
    """A session that failed to show anything says nothing of how it is looked at."""
    kept: list[View] = []
    async with exploring(fake_session(0), rows=0, last_visit=last(View(where="mug"), kept)) as explored:
        explored.screen.view_state.save_later()
    assert all(view.where == "mug" for view in kept)


async def test_a_view_that_cannot_be_used_or_kept_is_told() -> None:
    """A note, and the usual view."""

    def full(_: View) -> None:
        raise OSError(28, "No space left on device")

    broken = LastVisit(View(), full, "shop.json is not a view")
    async with exploring(fake_session(20), last_visit=broken) as explored:
        notes = explored.app._notifications
        await explored.until(lambda: any("is not a view" in note.message for note in notes))
        explored.screen.view.columns = ("status",)
        await explored.until(lambda: any("No space left" in note.message for note in notes))
