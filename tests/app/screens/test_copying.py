"""What is copied from the explorer, by which way, and what that looks like."""

from __future__ import annotations

import json

from tests.support.exploring import OrderDetail, choose, exploring
from tests.support.fake_orders import fake_session, make_order, order_document
from tui.app.screens.copying import copied_value
from tui.orders.order import Order
from tui.terminal.clipboard import ClipboardRoute, CopyOutcome
from tui.terminal.visible import hidden_characters


async def test_values_are_copied_through_the_seam() -> None:
    """The id, the whole order as JSON, and what the detail asks for; the note says by which way."""
    copied: list[str] = []

    def copy_text(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("program", "test"), len(text), "copied with a test")

    async with exploring(fake_session(20), size=(130, 30), copy_text=copy_text) as explored:
        await explored.until(lambda: explored.screen.query(OrderDetail))
        for what in ("id", "source_id", "json"):
            await explored.press("y")
            await choose(explored, what)
        explored.detail.post_message(OrderDetail.Copied("path", "$.id"))
        await explored.until(lambda: len(copied) == 4)
        order = make_order(19)
        assert copied[:2] == [order.id, order.source_id]
        assert json.loads(copied[2]) == order.raw
        assert copied[3] == "$.id"
        await explored.until(lambda: "copied with a test (4 bytes)" in explored.text)


async def test_what_hides_is_copied_escaped() -> None:
    """A lone surrogate or an escape goes to the clipboard as JSON writes it."""
    copied: list[str] = []
    session = fake_session(0)
    session.client.documents.append(order_document(1, source_id="a\ud800\x1b"))

    def copy_text(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("program", "test"), len(text), "copied with a test")

    async with exploring(session, copy_text=copy_text) as explored:
        for what in ("source_id", "json"):
            await explored.press("y")
            await choose(explored, what)
        await explored.until(lambda: len(copied) == 2)
    assert copied[0] == '"a\\ud800\\u001b"'
    assert copied[1].isascii()
    assert json.loads(copied[1])["source_id"] == "a\ud800\x1b"


async def test_the_value_that_hides_is_offered_as_escaped_json() -> None:
    """One such value as it is, several by their paths; an order without any offers nothing of it."""
    copied: list[str] = []
    session = fake_session(0)
    session.client.documents += [
        order_document(1),
        order_document(2, metadata={"note": "a\u202e", "k\x1b": 1}),
        order_document(3, source_id="shop\x7f-\u200b3"),
    ]

    def copy_text(text: str, write: object) -> CopyOutcome:
        copied.append(text)
        return CopyOutcome(ClipboardRoute("program", "test"), len(text), "copied with a test")

    async with exploring(session, copy_text=copy_text) as explored:
        await explored.press("y")
        assert "value as escaped JSON  hidden characters: 2 in source_id" in explored.text
        await choose(explored, "hidden")
        await explored.press("j", "y")
        assert "hidden characters: 2 in 2 places" in explored.text
        await choose(explored, "hidden")
        await explored.until(lambda: len(copied) == 2)
        await explored.press("j", "y")
        assert "escaped" not in explored.text
    assert copied[0] == '"shop\\u007f-\\u200b3"'
    assert json.loads(copied[1]) == {"metadata.note": "a\u202e", 'metadata["k\\u001b"]': 1}
    assert not hidden_characters(copied[1].replace("\n", ""))


def test_a_delete_character_is_copied_escaped() -> None:
    """JSON's own escapes leave it as it is, and a terminal that it is pasted into would obey it."""
    assert copied_value("source_id", Order.read({"source_id": "a\x7fb"}), ()) == '"a\\u007fb"'
    assert "\x7f" not in copied_value("json", Order.read({"source_id": "a\x7fb"}), ())


async def test_a_clipboard_that_fails_says_so() -> None:
    """Nothing claims to be copied that was not."""

    def copy_text(text: str, write: object) -> CopyOutcome:
        raise OSError("no clipboard here")

    async with exploring(fake_session(5), copy_text=copy_text) as explored:
        await explored.press("y")
        await choose(explored, "id")
        await explored.until(lambda: "no clipboard here" in explored.text)
        assert "not copied" in explored.text
