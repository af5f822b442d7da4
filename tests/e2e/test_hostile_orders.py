"""Orders that attack a real terminal: not one byte of theirs acts on it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import Open
from tests.support.hostile import (
    CONTROLS,
    ESCAPES,
    HOSTILE,
    HUGE,
    LIKE_DRAWING,
    MARKUP,
    UNICODE,
    hostile_document,
)
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.sandbox import an_order, running_sandbox
from tests.support.served_process import account
from tests.support.terminal_codes import foreign_codes, modes_left_on, text_of
from tui.terminal.visible import hidden_characters

pytestmark = pytest.mark.terminal

TABS = "123456"
GROUPS = (MARKUP, ESCAPES, CONTROLS, UNICODE)


def one_of_each() -> list[dict[str, Any]]:
    """For each string an order that holds it in every text field; the sandbox sorts by the times."""
    texts = [text for text in HOSTILE if text not in HUGE]
    return [
        {**hostile_document(number, text), "created_at": an_order(number)["created_at"], "updated_at": None}
        for number, text in enumerate(texts)
    ]


def gathered() -> list[dict[str, Any]]:
    """Newest of all, an order for each kind of attack that holds all its strings, and one huge one."""
    return [
        *(_gathering(1000 + number, texts) for number, texts in enumerate(GROUPS)),
        an_order(999, metadata={"long": "\x1b[31m" * 20_000, "wide": "漢" * 100_000}, status="x" * 100_000),
    ]


def _gathering(number: int, texts: tuple[str, ...]) -> dict[str, Any]:
    items = [item for text in texts for item in hostile_document(number, text)["items"]]
    return an_order(
        number,
        source_id="\x1b[5;10r" + texts[0],
        status="".join(texts)[:200],
        customer={"id": texts[0], "name": texts[-1], "object": "customer"},
        customer_id=texts[0],
        referrer_id=texts[1],
        items=items,
        metadata={text: [text, {text: text}] for text in texts},
        redemptions={text: {"date": text, "stacked": [text]} for text in texts},
    )


def check(terminal: PseudoTerminal) -> None:
    """The program is alive, and nothing but its own drawing has been sent."""
    assert terminal.child.isalive()
    raw = bytes(terminal.raw)
    assert foreign_codes(raw[: raw.rfind(b"\x1b")]) == []
    assert modes_left_on(raw) >= {1049, 1000}
    assert raw.count(b"\x1b[?1049l") == 0


def leave(terminal: PseudoTerminal) -> None:
    """Quit; nothing of the orders has come through in all that was sent."""
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_behind() == []
    raw = bytes(terminal.raw)
    assert foreign_codes(raw) == []
    assert raw.count(b"\x1b[?1049l") == 1
    drawn = raw[raw.find(b"\x1b[?2004h") :]  # the first frame, before it, does clear the screen
    assert [attack for attack in LIKE_DRAWING if "?" not in attack and attack.encode() in drawn] == []
    lines = text_of(raw).split("\n")
    assert [line for line in lines if hidden_characters(line)] == []


def test_lists_of_hostile_orders(open_ordex: Open) -> None:
    """Every string in every field, row by row and with each order's summary beside it."""
    orders = one_of_each()
    assert len(orders) >= 70
    with running_sandbox(orders=orders) as sandbox:
        environ = account({"url": sandbox.url, "app_id": sandbox.app_id, "app_token": sandbox.app_token})
        terminal = open_ordex(size=(200, 50), environ=environ)
        terminal.wait_for(f"all {len(orders)} loaded")
        for _ in orders:
            terminal.press("j")
        terminal.press("g", "l", "l", "l")
        check(terminal)
        for dialog in ("s", "c", "y", "?", "t", ":"):
            terminal.press(dialog)
            terminal.settle(0.2)
            terminal.press("\x1b")
            terminal.settle(0.3)
        check(terminal)
        leave(terminal)


def test_details_of_hostile_orders(open_ordex: Open) -> None:
    """Each section of orders that hold dozens of attacks, from its top to its end."""
    with running_sandbox(orders=gathered()) as sandbox:
        environ = account({"url": sandbox.url, "app_id": sandbox.app_id, "app_token": sandbox.app_token})
        terminal = open_ordex(size=(120, 40), environ=environ)
        terminal.wait_for("all 5 loaded")
        for _ in range(5):
            terminal.press("\r")
            terminal.settle(0.2)
            for tab in TABS:
                terminal.press(tab)
                terminal.settle(0.1)
                terminal.press("\x04", "G")
            terminal.press("\x1b")
            terminal.settle(0.3)
            terminal.press("j")
            check(terminal)
        assert "all 5 loaded" in terminal.text
        leave(terminal)
