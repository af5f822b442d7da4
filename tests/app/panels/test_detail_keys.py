"""What keys do in the detail: copying, finding, folding, turning."""

from __future__ import annotations

import json

import pytest

from tests.support.detail_app import DetailApp, settled, status
from tests.support.detail_orders import DISCOUNTED, sample
from tui.app.panels.detail.order_detail import OrderDetail
from tui.app.widgets.json_tree import JsonTree
from tui.orders.order import Order


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("v", "Espresso cup, stoneware, 90 ml"),
        ("p", "items[0].product.name"),
        ("j", "/items/0/product/name"),
        ("d", json.dumps(DISCOUNTED, indent=2)),
    ],
)
async def test_copying(keys: str, text: str) -> None:
    """Y and one letter say what is to be copied; the app copies it."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.detail.reveal(("items", 0, "product", "name"))
        assert "JSON pointer" in await settled(pilot, "y")
        await settled(pilot, keys)
        assert [said[1] for said in app.said] == [text]
        assert isinstance(app.focused, JsonTree)


async def test_leaving_the_choice_of_copying() -> None:
    """Esc and any other key copy nothing, do nothing else, and give the focus back."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        for key in ("escape", "q", "1", "y"):
            await settled(pilot, "6", "y", key)
            assert isinstance(app.focused, JsonTree), key
            assert "Copy  v" not in app.screen_text()
    assert not app.said


async def test_a_field_that_was_not_sent_cannot_be_copied() -> None:
    """There is no value to copy, and the pane says so."""
    app = DetailApp(Order.read({"id": "o"}))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot, "y", "v")
        assert status(app) == "status was not sent, so there is nothing to copy."
    assert not app.said


async def test_finding_in_the_document() -> None:
    """A search counts all matches, folded ones too, steps through them and round the end."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot, "6", "slash", *"spring")
        assert status(app).endswith("1 of 2 for “spring”")
        await settled(pilot, "enter", "n")
        assert status(app).startswith("redemptions.r_0ea1e9a0ac418b4d81.related_object_id")
        await settled(pilot, "n")
        assert "1 of 2" in status(app)
        await settled(pilot, "N")
        assert "2 of 2" in status(app)
        await settled(pilot, "escape")
        assert "of 2" not in status(app)


async def test_finding_in_a_section() -> None:
    """The same keys find in the rows of a section; what is not there is said."""
    app = DetailApp(sample("forty_items"))
    async with app.run_test(size=(120, 20)) as pilot:
        await settled(pilot, "2", "slash", *"TEA-03", "enter")
        assert status(app) == "items[29] 1 of 10 for “TEA-03”"
        await settled(pilot, "n")
        assert status(app).startswith("items[30]")
        await settled(pilot, "slash", *"zzz")
        assert "no match for “zzz”" in status(app)
        await settled(pilot, "escape", "6")
        assert "match" not in status(app)


async def test_keys_are_the_app_s_while_nothing_is_searched() -> None:
    """N is the app's own key until there is something to step through."""
    pane = OrderDetail()
    assert pane.check_action("next_match", (1,)) is False
    assert pane.check_action("find", ()) is True


async def test_folding_by_keys() -> None:
    """Left folds, right unfolds, space turns, + and - change by levels, * unfolds all."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 60)) as pilot:
        await settled(pilot, "5", *"jjjj")
        assert "floors: [2]" not in await settled(pilot, "left")
        assert "floors: [2]" in await settled(pilot, "right")
        assert "floors: [2]" not in await settled(pilot, "space")
        assert "[1]: 2" in await settled(pilot, "asterisk")
        assert "[1]: 2" not in await settled(pilot, "minus")
        assert "floors" not in (await settled(pilot, "minus")).split("delivery: {3}")[0]


async def test_a_long_text_unfolds_over_lines() -> None:
    """A text longer than its line can be read whole, line ends kept."""
    text = "first line\n" + " ".join(f"word{n}" for n in range(40))
    app = DetailApp(Order.read({"id": "o", "metadata": {"note": text}}))
    async with app.run_test(size=(60, 40)) as pilot:
        assert "word39" not in await settled(pilot, "5")
        shown = await settled(pilot, "right")
    assert "│ first line" in shown
    assert "word39" in shown


async def test_turning_sections_by_arrows_and_numbers() -> None:
    """Arrows turn round the end; sections without a tree leave left and right to them."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        assert "SKU" not in await settled(pilot)
        assert "CUP-90-W" in await settled(pilot, "right")
        assert "CUP-90-W" not in await settled(pilot, "left")
        assert "not sent: " in await settled(pilot, "left", "G")
