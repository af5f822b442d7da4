"""The inspector over the real sandbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.jobs_app import WithJobs, with_jobs
from tests.support.sandbox import APP_TOKEN, an_order
from tui.app.dialogs.chooser import ChoiceList, Chooser
from tui.app.dialogs.path_dialog import PathDialog
from tui.app.inspector.call_details import CallScreen
from tui.app.inspector.inspector_screen import InspectorScreen
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome
from tui.voucherify.errors import VoucherifyError

SHOP = [an_order(number) for number in range(4)]


async def inspector(shop: WithJobs) -> InspectorScreen:
    """Open the screen."""
    await shop.press("R")
    screen: InspectorScreen = await shop.shows(InspectorScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_call_is_listed_and_the_one_under_the_cursor_is_told(
    size: tuple[int, int], tmp_path: Path
) -> None:
    """Newest first, with its outcome, its duration, and the calls left."""
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        await shop.account.client.get_order("source-1")
        await inspector(shop)
        lines = [line for line in shop.text.splitlines() if "GET" in line and "ms" in line]
        assert "/v1/orders/sou" in lines[0]
        assert "200" in lines[0]
        assert "Calls left" in shop.text
        assert "waited" in shop.text


async def test_a_call_that_is_made_meanwhile_appears_unless_the_list_is_paused(tmp_path: Path) -> None:
    """The cursor stays with its call; what came while paused is counted and shown afterwards."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen = await inspector(shop)
        before, held = screen._rows.row_count, screen.call
        with pytest.raises(VoucherifyError):
            await shop.account.client.get_order("nobody")
        await shop.until("/v1/orders/nobody", "404")
        assert (screen._rows.row_count, screen.call) == (before + 1, held)
        await shop.press("p")
        await shop.account.client.get_order("source-2")
        await shop.until("paused", "1 not in this list")
        assert "source-2" not in shop.text
        await shop.press("p")
        await shop.until("/v1/orders/source-2")


async def test_a_filter_leaves_what_fits_and_escape_takes_one_step_back(tmp_path: Path) -> None:
    """Out of the filter, then out of the screen."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        with pytest.raises(VoucherifyError):
            await shop.account.client.get_order("nobody")
        screen = await inspector(shop)
        made = screen._rows.row_count
        await shop.press("slash", *"4xx")
        await shop.until(f"1 of {made} calls shown")
        await shop.press("enter")
        assert screen.call is not None
        assert screen.call.status == 404
        await shop.press("escape")
        await shop.until(f"{made} of {made} calls shown")
        await shop.press("escape")
        await shop.browses()


async def test_a_call_opens_with_its_bodies(tmp_path: Path) -> None:
    """As a tree; a change shows what was sent too."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await shop.account.client.create_order({"source_id": "mine", "amount": 700})
        await inspector(shop)
        await shop.press("enter")
        await shop.shows(CallScreen)
        await shop.until("sent", 'source_id: "mine"', "answered", "POST /v1/orders")
        await shop.press("escape")
        await shop.shows(InspectorScreen)


async def test_only_a_get_is_made_again(tmp_path: Path) -> None:
    """It costs one call and is told; a change is refused with the reason."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen = await inspector(shop)
        made = shop.account.client.calls.made
        repeated = screen.call
        assert repeated is not None
        await shop.press("a")
        await shop.noted("Repeated; see the first call")
        assert shop.account.client.calls.made == made + 1
        assert shop.account.client.calls.snapshot()[-1].replay_of == repeated.number
        await shop.account.client.create_order({"source_id": "mine"})
        await shop.press("g", "a")
        await shop.noted("only a GET can be repeated")
        assert shop.account.client.calls.made == made + 2


async def test_a_call_is_copied_in_a_language_without_its_keys(tmp_path: Path) -> None:
    """The keys are variables."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen = await inspector(shop)
        copied: list[str] = []

        def copy_text(text: str, write: object) -> CopyOutcome:
            copied.append(text)
            return CopyOutcome(ClipboardRoute("osc52", "the terminal"), len(text), "copied")

        screen._copy_text = copy_text
        await shop.press("y")
        await shop.shows(Chooser)
        options = shop.explored.app.screen.query_one(ChoiceList).options
        assert [option.id for option in options][:7] == [
            "curl", "httpx", "python", "javascript", "ruby", "php", "java",
        ]  # fmt: skip
        await shop.press("enter")
        await shop.explored.until(lambda: copied)
        assert copied[0].startswith("curl -X GET")
        assert "$VOUCHERIFY_APP_TOKEN" in copied[0]
        assert APP_TOKEN not in copied[0]


async def test_the_calls_that_are_shown_are_saved_as_har(tmp_path: Path) -> None:
    """Oldest first, without a secret, into a file that was not there."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await shop.account.client.get_order("source-1")
        screen = await inspector(shop)
        made = screen._rows.row_count
        await shop.press("w")
        ask = await shop.shows(PathDialog)
        ask.query_one("#target").value = str(tmp_path / "calls.har")
        await shop.press("enter")
        await shop.noted(f"{made} calls are in")
        text = (tmp_path / "calls.har").read_text()
        entries = json.loads(text)["log"]["entries"]
        assert len(entries) == made
        assert entries[-1]["request"]["url"].endswith("/v1/orders/source-1")
        assert APP_TOKEN not in text
