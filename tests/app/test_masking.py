"""The explorer with masks on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import FakeClient, FakeSession
from tests.support.personal import Watch, account, session_masks
from tui.app.panels.detail import unmasked_field
from tui.app.panels.detail.unmasked_field import UnmaskedField
from tui.app.screens.explorer_settings import order_detail
from tui.app.terminal_io.mask_filter import UNMASKED_META, MaskFilter
from tui.terminal.cells import cell_width
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome

ORDERS, VALUES = account(30)
WATCH = Watch(VALUES)
ROWS = 15 if os.environ.get("ORDEX_NIGHTLY") else 2
"""Orders that are opened at each size; fifteen have every form of a name."""

COLUMNS = ("status", "metadata.recipient", "metadata.email", "metadata.note", "metadata.contact_phone")


@asynccontextmanager
async def browsing(*, size: tuple[int, int] = (120, 36), **settings: Any) -> AsyncIterator[Exploring]:
    """The explorer on the account of people, with its real detail, columns of metadata in sight."""
    masks = settings.pop("masks", None) or session_masks()
    session = FakeSession(FakeClient(list(reversed(ORDERS))))

    def learn(order_page: Any) -> Any:
        masks.learn({"orders": [order.raw for order in order_page.orders]})
        return order_page

    listed = session.client.list_orders

    async def list_orders(**asked: Any) -> Any:
        return learn(await listed(**asked))

    session.client.list_orders = list_orders  # type: ignore[method-assign] # as the adapter tells answers
    async with exploring(session, size=size, detail=order_detail, masks=masks, **settings) as explored:
        explored.screen.view.columns = COLUMNS
        await explored.pilot.pause()
        await explored.until(lambda: explored.screen.detail._pane is not None)
        await explored.pilot.pause(0.1)
        yield explored


async def test_a_key_masks_everything_and_takes_the_masks_off_again() -> None:
    """The word is in the header; what was on the screen before is masked with it, at once."""
    async with browsing() as explored:
        assert WATCH.found(explored.text)
        await explored.press("m")
        assert "MASKED" in explored.text.splitlines()[0]
        assert WATCH.found(explored.text) == []
        await explored.press("m")
        assert "MASKED" not in explored.text
        assert WATCH.found(explored.text)


async def test_every_row_and_every_section_is_masked_at_every_width() -> None:
    """Cut by narrow columns, wrapped, folded and unfolded, found or not; nothing is left to the net."""
    async with browsing(masks=session_masks(always=True)) as explored:
        for width, height in ((200, 50), (120, 40), (80, 24)):
            await explored.pilot.resize_terminal(width, height)
            await explored.pilot.pause()
            await explored.press("g")
            for _ in range(ROWS):
                await explored.press("j", "enter")
                await explored.pilot.pause(0.08)
                for tab in "123456":
                    await explored.press(tab)
                    await explored.pilot.pause()
                    assert WATCH.found(explored.text) == []
                await explored.press("asterisk")
                assert WATCH.found(explored.text) == []
                await explored.press("escape")
        assert getattr(explored.app.mask_filter, "hits", 0) == 0


async def test_the_first_frame_of_a_masked_session_is_masked() -> None:
    """The glimpse is known before it is painted."""
    masks = session_masks(always=True)
    session = FakeSession(FakeClient([], fail=None))

    async def never() -> FakeSession:
        await opened.wait()
        return session

    opened = asyncio.Event()
    async with exploring(
        session, rows=0, open_session=never, masks=masks, preview=ORDERS[:20], size=(120, 30)
    ) as explored:
        explored.screen.view.columns = COLUMNS
        await explored.pilot.pause()
        assert "PAID" in explored.text
        assert "MASKED" in explored.text
        assert WATCH.found(explored.text) == []
        opened.set()


async def test_filters_match_what_is_masked() -> None:
    """The filter that the person types is theirs; it is shown as typed and finds the real value."""
    async with browsing(masks=session_masks(always=True)) as explored:
        email = ORDERS[4]["metadata"]["email"]
        await explored.press("slash", *email)
        await explored.until(lambda: len(explored.screen.view.snapshot.rows) == 1)
        assert explored.screen.view.snapshot.rows[0].id == ORDERS[4]["id"]
        assert email in explored.text
        await explored.press("enter")
        await explored.pilot.pause()
        assert WATCH.found(explored.text) == []


async def test_proposals_hold_nothing_personal() -> None:
    """A value behind a mask cannot be chosen, so it is not offered; others are."""
    async with browsing(masks=session_masks(always=True)) as explored:
        await explored.press("slash", *"metadata.email:")
        await explored.pilot.pause(0.3)
        assert WATCH.found(explored.text) == []
        await explored.press("ctrl+u", *"status:p")
        await explored.until(lambda: "processing" in explored.text)


async def test_a_copy_is_masked_and_says_so() -> None:
    """What leaves by the clipboard is what is shown."""
    copied: list[str] = []

    def copy_text(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("file", "test"), len(text), "kept by the test")

    async with browsing(masks=session_masks(always=True), copy_text=copy_text) as explored:
        await explored.press("y", "j", "j", "enter")
        await explored.until(lambda: copied)
        await explored.until(lambda: "masked" in explored.text)
        assert '"metadata"' in copied[0]
        assert WATCH.found(copied[0]) == []
        await explored.press("enter", "5", "y", "v")
        await explored.until(lambda: len(copied) == 2)
        assert copied[1].startswith("*")


async def test_a_screenshot_is_masked() -> None:
    """It is taken of what is on the screen."""
    async with browsing(masks=session_masks(always=True)) as explored:
        await explored.press("enter", "6")
        await explored.pilot.pause(0.1)
        picture = explored.app.export_screenshot()
        assert "MASKED" in picture
        assert WATCH.found(picture.replace("&#160;", " ")) == []


async def test_a_message_with_a_value_is_masked() -> None:
    """Also one that was written without regard to masks."""
    async with browsing(masks=session_masks(always=True)) as explored:
        explored.app.notify(f"cannot reach {VALUES[1]}", markup=False)
        await explored.until(lambda: "cannot reach" in explored.text)
        assert WATCH.found(explored.text) == []


async def test_one_field_is_revealed_for_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only that field, with the seconds left; then it is masked again without a key."""
    monkeypatch.setattr(unmasked_field, "SECONDS", 3)
    async with browsing(masks=session_masks(always=True)) as explored:
        order = explored.screen.order
        assert order is not None
        email = order.raw["metadata"]["email"]
        await explored.press("enter", "5", "j", "M")
        await explored.until(lambda: "masked again in" in explored.text)
        assert email in explored.text
        assert WATCH.found(explored.text.replace(email, "")) == []
        await explored.until(lambda: "masked again in" not in explored.text)
        assert WATCH.found(explored.text) == []


async def test_moving_on_masks_a_revealed_field_at_once() -> None:
    """Nothing stays behind on the screen."""
    async with browsing(masks=session_masks(always=True)) as explored:
        await explored.press("enter", "5", "j", "M")
        await explored.until(lambda: "masked again in" in explored.text)
        await explored.press("j")
        assert not explored.screen.query_one(UnmaskedField).display
        assert WATCH.found(explored.text) == []


async def test_reveal_says_why_not() -> None:
    """With nothing masked, and on a field that is not."""
    async with browsing() as explored:
        await explored.press("enter", "6", "M")
        await explored.until(lambda: "nothing is masked" in explored.text)
        await explored.press("m", "M")
        await explored.until(lambda: "not masked" in explored.text)


async def test_masks_of_a_profile_stay_on() -> None:
    """The key says so; one field can still be revealed."""
    async with browsing(masks=session_masks(always=True)) as explored:
        await explored.press("m")
        await explored.until(lambda: "always masked" in explored.text)
        assert WATCH.found(explored.text) == []


async def test_the_customer_of_a_masked_order_is_the_real_one() -> None:
    """Enter on a customer shows their loaded orders, also where ids are masked."""
    masks = session_masks(always=True, ids=True)
    async with browsing(masks=masks) as explored:
        order = {
            **ORDERS[0],
            "id": "ord_x",
            "customer_id": "cust_zquaxoqe",
            "created_at": "2027-01-01T00:00:00Z",
        }
        explored.session.client.documents.append(order)
        await explored.press("r")
        await explored.until(lambda: "ord_x" in explored.screen.view.snapshot.by_id)
        await explored.press("g", "enter", "3")
        await explored.pilot.pause(0.1)
        assert "zqua" not in explored.text
        await explored.press("enter")
        await explored.until(lambda: [o.id for o in explored.screen.view.snapshot.rows] == ["ord_x"])
        assert "zqua" not in explored.text


def line(*texts: str, own: str = "") -> list[Segment]:
    """A line of segments; one of them may be the person's own."""
    return [
        Segment(text, Style.from_meta(UNMASKED_META) if text == own else Style(bold=True)) for text in texts
    ]


def test_the_net_masks_a_value_over_several_segments_and_moves_nothing() -> None:
    """A value that a search has cut in pieces is one value; every segment keeps its width and style."""
    masks = session_masks()
    masks.put_on()
    masks.learn({"metadata": {"recipient": "Zquaxoqe 虪驫 Wyxo"}})
    net = MaskFilter(masks)
    before = line("for Zqua", "xoqe 虪", "驫 Wy", "xo!")
    after = net.apply(before, Color(0, 0, 0))
    assert [cell_width(segment.text) for segment in after] == [cell_width(s.text) for s in before]
    assert [segment.style for segment in after] == [segment.style for segment in before]
    assert "".join(s.text for s in after) == "for " + masks.text("Zquaxoqe 虪驫 Wyxo") + "!"
    assert net.hits == 1
    assert net.apply(after, Color(0, 0, 0)) == after


def test_the_net_lets_pass_what_is_the_persons_own_and_words_of_ordex() -> None:
    """What is typed or revealed, and the help, even if somebody is called Mark."""
    masks = session_masks()
    masks.put_on()
    masks.learn({"metadata": {"recipient": ["Zquaxoqe", "Mark"]}})
    net = MaskFilter(masks)
    own = line("/ ", "Zquaxoqe", own="Zquaxoqe")
    assert net.apply(own, Color(0, 0, 0)) == own
    ours = line("space Mark  j Down")
    assert net.apply(ours, Color(0, 0, 0)) == ours
    assert net.hits == 0
