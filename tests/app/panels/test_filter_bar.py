"""Typing a filter."""

from __future__ import annotations

from textual.widgets import Static

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import FakeClient, FakeSession, fake_session, order_document
from tests.support.hostile import ESCAPES, UNICODE
from tui.app.dialogs.help_pages import FilterHelp
from tui.app.navigation import StartPlace
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.filter_bar.bar import HINT, PATIENCE
from tui.app.panels.filter_bar.field import FilterField
from tui.app.panels.filter_bar.proposals import Proposals


def typed(explored: Exploring) -> str:
    """What stands in the bar."""
    return explored.screen.query_one(FilterField).value


def said(explored: Exploring) -> str:
    """The line below it."""
    return str(explored.screen.query_one("#filter-fault", Static).visual)


def proposed(explored: Exploring) -> list[str]:
    """What is proposed."""
    return [proposal.text for proposal in explored.screen.query_one(Proposals).proposals]


def matching(explored: Exploring) -> str | None:
    """The text of the filter in force."""
    wanted = explored.screen.view.snapshot.filter
    return wanted.text if wanted else None


async def type_text(explored: Exploring, text: str) -> None:
    """Type it key by key."""
    names = {" ": "space", ":": "colon", ">": "greater_than_sign", "=": "equals_sign", '"': "quotation_mark"}
    await explored.press(*(names.get(character, character) for character in text))


async def test_conditions_filter_as_they_are_typed() -> None:
    """The language of the command line, over what is loaded, saying so."""
    async with exploring(fake_session(250), size=(120, 30)) as explored:
        await explored.press("slash")
        await type_text(explored, "status:paid amount>=20")
        orders = explored.screen.view.snapshot.rows
        assert orders
        assert all(order.status == "PAID" and (order.amount or 0) >= 2000 for order in orders)
        assert "filtered over the 100 loaded" in explored.text or "over the 100 loaded" in explored.text


async def test_tab_takes_what_is_proposed() -> None:
    """The first one, or the one that the arrows chose; a value is followed by a space."""
    async with exploring(fake_session(50)) as explored:
        await explored.press("slash", *"stat")
        assert proposed(explored)[0] == "status:"
        await explored.press("tab")
        assert typed(explored) == "status:"
        await explored.press("down", "down", "enter")
        assert typed(explored) == "status:paid "
        assert explored.screen.query_one(FilterBar).is_open
        await explored.press(*"cust", "tab")
        assert typed(explored) == "status:paid customer:"
        await explored.until(lambda: len(proposed(explored)) > 20)
        assert "cust_" in proposed(explored)[0]


async def test_enter_keeps_the_filter_while_proposals_only_show() -> None:
    """What nobody chose is not taken."""
    async with exploring(fake_session(50)) as explored:
        await explored.press("slash", *"item")
        assert proposed(explored)
        await explored.press("enter")
        assert not explored.screen.query_one(FilterBar).is_open
        assert matching(explored) == "item"


async def test_escape_first_lets_go_of_the_choice() -> None:
    """Then of the bar, as everywhere."""
    async with exploring(fake_session(50)) as explored:
        await explored.press("slash", *"stat", "down")
        await explored.press("escape")
        assert explored.screen.query_one(FilterBar).is_open
        assert not proposed(explored)
        await explored.press("escape")
        assert not explored.screen.query_one(FilterBar).is_open


async def test_a_fault_is_pointed_at_and_the_last_good_filter_stays() -> None:
    """With what was meant; tab mends it."""
    async with exploring(fake_session(50), size=(100, 24)) as explored:
        await explored.press("slash")
        await type_text(explored, "status:paid ")
        assert matching(explored) == "status:paid"
        field = explored.screen.query_one(FilterField)
        field.insert_text_at_cursor("amont>=1")
        await explored.until(lambda: "did you mean “amount”?" in said(explored))
        assert said(explored).index("^") == 2 + len("status:paid ")
        assert matching(explored) == "status:paid"
        await explored.press("tab")
        assert typed(explored) == "status:paid amount>=1"
        assert said(explored) == HINT
        await explored.until(lambda: matching(explored) == "status:paid amount>=1")


async def test_what_may_still_become_right_is_not_blamed() -> None:
    """Until it is said to be done: then what is missing is told, and the bar stays."""
    async with exploring(fake_session(20)) as explored:
        await explored.press("slash")
        for character in ('"', "r", "e"):
            await type_text(explored, character)
            await explored.pilot.pause(PATIENCE + 0.1)
            assert said(explored) == HINT
        await explored.press("enter")
        assert "never closed" in said(explored)
        assert explored.screen.query_one(FilterBar).is_open


async def test_a_fault_is_not_told_between_two_keys() -> None:
    """Only after a pause."""
    async with exploring(fake_session(20)) as explored:
        await explored.press("slash")
        explored.screen.query_one(FilterField).insert_text_at_cursor("amont>1")
        await explored.pilot.pause(0)
        assert said(explored) == HINT
        await explored.until(lambda: "amont" in said(explored))


async def test_filters_of_the_session_come_back() -> None:
    """By ``up`` and ``down`` on the bar, and by ctrl+r those that hold what is typed."""
    async with exploring(fake_session(50), place=StartPlace(where="has:discount")) as explored:
        for text in ("teapot", "status:paid"):
            await explored.press("slash", "ctrl+u")
            await type_text(explored, text)
            await explored.press("enter")
        await explored.press("slash", "ctrl+u", "up")
        assert typed(explored) == "status:paid"
        await explored.press("escape")
        await explored.press("slash", "ctrl+u", "up")
        await explored.until(lambda: typed(explored) == "status:paid")
        bar = explored.screen.query_one(FilterBar)
        bar.query_one(Proposals).propose((), column=0, above=0)
        explored.screen.query_one(FilterField).choosing = False
        await explored.press("up", "up")
        assert typed(explored) == "has:discount"
        await explored.press("ctrl+u", *"tea", "ctrl+r")
        assert proposed(explored) == ["teapot"]
        await explored.press("tab")
        assert typed(explored).strip() == "teapot"


async def test_the_language_is_explained_on_one_page() -> None:
    """``?`` on the empty bar; in a text it is a character."""
    async with exploring(fake_session(20)) as explored:
        await explored.press("slash", "question_mark")
        await explored.until(lambda: isinstance(explored.app.screen, FilterHelp))
        await explored.press("escape", "x", "question_mark")
        assert typed(explored) == "x?"


async def test_the_filter_it_was_opened_with_stands_in_the_bar() -> None:
    """As if it had been typed."""
    async with exploring(fake_session(20), place=StartPlace(where="status:paid")) as explored:
        assert matching(explored) == "status:paid"
        await explored.press("slash")
        assert typed(explored) == "status:paid"


async def test_a_faulty_filter_to_open_with_is_told() -> None:
    """Everything is shown then."""
    async with exploring(fake_session(20), place=StartPlace(where="amont>1")) as explored:
        assert matching(explored) is None
        await explored.until(lambda: "Not filtered" in explored.text)


async def test_hostile_values_and_pastes_reach_no_terminal() -> None:
    """What is proposed and what is pasted is made visible; the net at the edge catches nothing."""
    texts = (*ESCAPES, *UNICODE)
    documents = [order_document(at, metadata={"note": text}) for at, text in enumerate(texts)]
    async with exploring(FakeSession(FakeClient(documents)), size=(100, 30)) as explored:
        await explored.press("slash")
        field = explored.screen.query_one(FilterField)
        field.insert_text_at_cursor("metadata.note:")
        await explored.pilot.pause(0.1)
        for text in texts:
            field.value = text.splitlines()[0]
            await explored.pilot.pause()
            explored.screen.query_one(FilterBar)._say_fault()
            await explored.pilot.pause()
        assert explored.app.output_filter.hits == 0
