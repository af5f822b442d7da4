"""The order detail pane in a small app: what it shows, says, copies and finds, and what cannot break it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.support.detail_app import DetailApp, settled, status
from tests.support.detail_orders import CUSTOMER, DISCOUNTED, REFERRER, SAMPLES, sample
from tui.app.widgets.json_tree import JsonTree
from tui.orders.order import Order
from tui.settings.themes import load_themes


def hidden(text: str) -> list[str]:
    """Characters of a screen that must never reach one."""
    kept = {"\n", "\u200d", "\ufe0f", "\u200c"}
    return [
        c
        for c in text
        if c not in kept and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u200b\ufeff")
    ]


@pytest.mark.parametrize("width", [40, 50, 80, 120, 200])
async def test_every_section_of_every_sample_at_every_width(width: int) -> None:
    """The pane stands at each width, and no line is wider than the window."""
    app = DetailApp()
    async with app.run_test(size=(width, 30)) as pilot:
        for name in SAMPLES:
            app.detail.show(sample(name))
            for key in "123456":
                text = await settled(pilot, key)
                assert visible_name(name) in text
                assert all(len(row) <= width for row in text.split("\n"))
                assert not hidden(text)


def visible_name(name: str) -> str:
    """What the heading calls a sample."""
    document = SAMPLES[name]
    return str(document["source_id"] or document["id"])


async def test_the_summary_is_a_receipt() -> None:
    """Items, their discounts, the order's discount and the total stand in columns of their own."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        rows = [" ".join(row.split()) for row in (await settled(pilot)).split("\n")]
    wanted = ["4 × Espresso cup, stoneware, 90 ml 58.00", "discount -8.00", "Items (12 units) 496.00"]
    wanted += ["Item discounts -41.00", "Order discount -25.00", "Discounts in all -66.00", "Total 430.00"]
    at = [rows.index(row) for row in wanted]
    assert at == sorted(at)
    assert not [row for row in rows if row.startswith("!")]


async def test_mismatches_are_told_in_words() -> None:
    """Sums that do not hold are sentences below the total."""
    app = DetailApp(sample("mismatch"))
    async with app.run_test(size=(100, 40)) as pilot:
        text = await settled(pilot)
    assert "! items add up to 67.00, the order's amount is 60.00" in text
    assert "! amount less discounts is 55.00, total_amount is 54.00" in text


async def test_unexpected_values_are_pointed_out() -> None:
    """Fields of a wrong type are shown as they came, counted in the heading and listed."""
    app = DetailApp(sample("faulty"))
    async with app.run_test(size=(100, 40)) as pilot:
        text = await settled(pilot)
        assert "! 3 unexpected values" in text
        assert '"12.50"' in text
        assert "! items[0].quantity: " in text
        assert "! unexpected value" in await settled(pilot, "2")


async def test_absent_null_and_empty_look_different() -> None:
    """Not sent, null, and an empty list or object are three things."""
    order = Order.read({"id": "a", "updated_at": None, "items": [], "metadata": None})
    app = DetailApp(order)
    async with app.run_test(size=(100, 30)) as pilot:
        text = await settled(pilot)
        assert "never (null)" in text
        assert text.count("not sent") >= 3
        assert "The list of items is empty." in await settled(pilot, "2")
        assert "The metadata is null." in await settled(pilot, "5")
        raw = await settled(pilot, "6")
        assert "updated_at: null" in raw
        assert "not sent: source_id" in raw


async def test_redemptions_are_a_timeline_with_stacked_and_rolled_back() -> None:
    """Events stand by date, with the stacked ones below the one that holds them."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        rows = (await settled(pilot, "4")).split("\n")
    dated = [row for row in rows if "redeemed" in row or "rolled back" in row]
    assert [row.split()[1] for row in dated] == ["2026-03-14", "2026-03-17", "2026-03-18"]
    assert sum("├ " in row or "└ " in row for row in rows) == 4
    assert any("voucher SPRING-25" in row for row in rows)


@pytest.mark.parametrize(
    "entries",
    [
        {"a": {"stacked": ["a"]}},
        {"a": {"stacked": ["b"]}, "b": {"stacked": ["a"]}},
        {"a": {"date": None, "rollback_id": "x"}, "b": {"date": "no time"}},
        {"a": {}},
    ],
)
async def test_odd_redemptions_are_shown_all_the_same(entries: dict[str, Any]) -> None:
    """Entries that hold themselves or each other, or have no date, are not lost."""
    app = DetailApp(Order.read({"id": "o", "redemptions": entries}))
    async with app.run_test(size=(80, 40)) as pilot:
        text = await settled(pilot, "4")
    assert all(f"  {key}" in text or f"─ {key}" in text or f" {key}" in text for key in entries)
    assert "redeemed" in text


async def test_enter_on_a_customer_chooses_them() -> None:
    """Enter on the customer or the referrer says whose orders are wanted."""
    app = DetailApp(sample("mismatch"))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot, *"jjjjj", "enter")
        await settled(pilot, "j", "enter")
        await settled(pilot, "3", "enter")
    assert app.said == [CUSTOMER, REFERRER, CUSTOMER]


async def test_enter_on_another_row_shows_it_in_the_document() -> None:
    """Enter on an item turns to the raw document at that item."""
    app = DetailApp(sample("forty_items"))
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot, "2", "G", "enter")
        assert status(app) == "items[39]"
        assert app.query_one("JsonTree:focus", JsonTree).path == ("items", 39)


async def test_forty_items_scroll() -> None:
    """The last item is reached by G, the first by g."""
    app = DetailApp(sample("forty_items"))
    async with app.run_test(size=(120, 20)) as pilot:
        assert "Tea sample no. 40" not in await settled(pilot, "2")
        assert "Tea sample no. 40" in await settled(pilot, "G")
        assert "Tea sample no. 1 " in await settled(pilot, "g")


async def test_hidden_characters_are_marked_and_copied_escaped() -> None:
    """A value that hides something is marked on its row and leaves as ASCII JSON."""
    app = DetailApp(sample("non_latin"))
    async with app.run_test(size=(80, 40)) as pilot:
        assert "hidden characters: 3" in await settled(pilot, "5")
        await settled(pilot, "G", "y", "v")
    label, text = app.said[0]
    assert text == '"paid\\u202e\\u200b\\u001b[2J"'
    assert "as JSON" in label


async def test_what_hides_anywhere_is_told_at_the_head_and_in_the_summary() -> None:
    """How many characters and where; enter on the place shows it in the document."""
    app = DetailApp(Order.read({"id": "o", "metadata": {"note": "a\u200bb\x1b[2J\x07"}}))
    async with app.run_test(size=(100, 40)) as pilot:
        text = await settled(pilot)
        assert "! hidden characters: 3 in metadata.note" in text
        assert "! 3 in metadata.note" in text
        await settled(pilot, "G", "y")
        assert "v value as escaped JSON" in app.screen_text()
        await settled(pilot, "v", "enter")
        assert status(app).startswith("metadata.note")
    assert app.said == [("metadata.note as JSON", '"a\\u200bb\\u001b[2J\\u0007"')]


async def test_an_order_that_hides_much_is_told_in_short() -> None:
    """The head counts, the summary names the first places and how many more there are."""
    app = DetailApp(Order.read({"id": "o", "metadata": {f"k{at}": "\u200b" for at in range(20)}}))
    async with app.run_test(size=(100, 60)) as pilot:
        text = await settled(pilot)
    assert "! hidden characters: 20 in 20 places" in text
    assert "! 1 in metadata.k11" in text
    assert "metadata.k12" not in text
    assert "and 8 more places, see 6 JSON" in text


async def test_an_order_that_hides_nothing_says_nothing_of_it() -> None:
    """Neither at the head nor in the summary, nor where copying is offered."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(100, 60)) as pilot:
        assert "idden" not in await settled(pilot)
        assert "escaped" not in await settled(pilot, "y")


async def test_late_work_is_dropped() -> None:
    """While orders fly by, only the heading follows; the sections are made for the last one."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        for at in range(50):
            app.detail.show(Order.read({"id": f"ord_{at}", "status": "PAID"}))
        await pilot.pause()
        assert "ord_49" in app.screen_text().split("\n")[0]
        text = await settled(pilot)
    assert "Espresso" not in text
    assert text.count("ord_49") == 2


async def test_the_same_order_read_anew_keeps_the_place() -> None:
    """A refresh leaves cursor and folds; another order starts at its top."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "6")
        app.detail.reveal(("metadata", "delivery", "floors"))
        app.detail.show(Order.read(DISCOUNTED | {"status": "CANCELED"}))
        assert "× CANCELED" in await settled(pilot)
        assert status(app) == "metadata.delivery.floors"
        app.detail.show(Order.read({"id": "other"}))
        await settled(pilot)
        assert status(app) == "id"


async def test_no_order() -> None:
    """Without an order the pane is empty, says so, and every key is harmless."""
    app = DetailApp(sample("discounted"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.detail.show(None)
        text = await settled(pilot, *"123456", "y", "j", "G", "enter", "plus", "minus", "left", "right")
        assert text.startswith(" No order here")
        assert "Espresso" not in text
    assert not app.said


@pytest.mark.parametrize("theme", load_themes().themes)
async def test_the_pane_stands_in_each_theme(theme: str) -> None:
    """Each built-in theme has every colour the pane asks for."""
    app = DetailApp(sample("discounted"), theme)
    async with app.run_test(size=(80, 30)) as pilot:
        for key in "123456":
            assert "PAID" in await settled(pilot, key)
        assert "<svg" in app.export_screenshot()


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_a_theme_without_our_colours_is_no_crash(theme: str) -> None:
    """Under Textual's own themes our variables have stand-ins."""
    app = DetailApp(sample("discounted"), theme)
    async with app.run_test(size=(80, 30)) as pilot:
        assert "PAID" in await settled(pilot)


HOSTILE = [
    "[/]", "[bold]x", "[@click=app.quit]x[/]", "[link=file:///etc/passwd]x[/link]", "\\[", "[", "]", "$x",
    "\x1b[2J\x1b[H", "\x1b]52;c;UFdORUQ=\x07", "\x1b]0;title\x07", "\x1b[?1049l", "\x1b[c", "\x1bP1$r\x1b\\",
    "\x9b2J", "\x9d0;x\x9c", "\x00\x01\x07\x08\x0b\x0c\x0e\x7f", "a\rb", "a\nb\tc", ":skull:",
    "\u202egnp.exe", "\u2066x\u2069", "\u200b\u200c\u200d\u2060", "\ufeff", "\u00ad", "\u2028\u2029",
    "\U000e0041", "\ud800", "\udfff\ud800", "\ufffe\uffff", "Z\u0310" + "\u0310" * 200, "😀" * 300,
    "👩\u200d👩\u200d👧", "漢" * 500, "x" * 1_000_000, "\x1b" * 1_000_000, " " * 10_000, "", "\n" * 5_000,
    "{}", "null", '"', "'", "<b>&amp;",
]  # fmt: skip


def everywhere(bad: str) -> Order:
    """An order with the text in every field and key."""
    item = {"product": {"name": bad}, "sku": {"sku": bad}, "quantity": 1, "price": bad, "source_id": bad}
    rollback = {"rollback_id": bad, "rollback_date": bad, "rollback_stacked": [bad]}
    entry = {"date": bad, "related_object_type": bad, "related_object_id": bad, "stacked": [bad, "b"]}
    return Order.read(
        {
            **dict.fromkeys(("id", "source_id", "status", "created_at", "updated_at", "amount", bad), bad),
            "customer_id": bad,
            "customer": {"id": bad, "object": "customer", "name": bad, bad: bad},
            "items": [item],
            "metadata": {bad: bad, "list": [bad, {bad: None}]},
            "redemptions": {bad: entry | rollback, "b": rollback},
        }
    )


@pytest.mark.parametrize("half", [0, 1])
async def test_hostile_text_in_every_field_leaves_the_screen_whole(half: int) -> None:
    """Whatever a field holds, nothing acts, nothing raises, and lines stay in their window."""
    app = DetailApp()
    async with app.run_test(size=(70, 24)) as pilot:
        for bad in HOSTILE[half::2]:
            app.detail.show(everywhere(bad))
            for tab in range(6):
                app.detail.action_tab(tab)
                if isinstance(app.focused, JsonTree):
                    app.focused.action_unfold_all()
                    app.focused.action_unfold()
                app.detail._copy("value", everywhere(bad))
                app.detail._copy("path", everywhere(bad))
                text = await settled(pilot)
                assert not hidden(text), bad[:50]
                assert not [c for c in text if 0xD800 <= ord(c) < 0xE000], bad[:50]
                assert len(text.split("\n")) == 24
            app.detail._search(bad[:50])
            assert not hidden(await settled(pilot)), bad[:50]
            app.detail._search("")
    copied = [text for _, text in app.said]
    assert copied
    assert not [text for text in copied if hidden(text)]


async def test_hundreds_of_items_make_few_lines_until_they_are_unfolded() -> None:
    """Only what is unfolded is built: a document of 500 items opens with a handful of nodes."""
    item = {"object": "order_item", "product": {"name": "A", "metadata": {"a": [1, 2, 3]}}, "quantity": 1}
    app = DetailApp(Order.read({"id": "o", "items": [item] * 500}))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "6")
        tree = app.query_one("JsonTree:focus", JsonTree)
        assert tree.line_count < 20
        await settled(pilot, "asterisk")
        assert tree.line_count > 500 * 8


def test_importing_the_pane_imports_no_http() -> None:
    """The first paint must not wait for an HTTP client."""
    code = "import sys, tui.app.panels.detail; print([m for m in ('httpx', 'starlette') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
