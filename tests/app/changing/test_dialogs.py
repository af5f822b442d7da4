"""The dialogs by themselves: hostile text, type-ahead, small windows, leaving while something is sent."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.support.changing import ACCOUNT, NEWEST, changing, edit, shop
from tests.support.exploring import choose
from tests.support.hostile import CONTROLS, ESCAPES, MARKUP, UNICODE
from tests.support.sandbox import an_order
from tui.app.app import OrdexApp
from tui.app.changing.conflict_screen import ConflictScreen
from tui.app.changing.journal_screen import JournalScreen
from tui.app.changing.plan_preview import PlanPreview
from tui.app.dialogs.message_dialog import MessageDialog
from tui.app.forms.order_form import OrderForm
from tui.app.navigation import SwitchToRepl
from tui.jobs.changes.change_journal import ChangeJournal

SENDABLE = [
    text
    for text in (*MARKUP, *ESCAPES, *CONTROLS, *UNICODE)
    if "\0" not in text and (text.isprintable() or max(text) < "\ud800")
]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_values_are_shown_safely_in_every_dialog(size: tuple[int, int], tmp_path: Path) -> None:
    """Preview, conflict and journal, with attacks as values, keys, names and others' changes."""
    attacks = {f"{number} {text}": text for number, text in enumerate(SENDABLE)}
    orders = [an_order(9, source_id=SENDABLE[0] + "\x1b[2J", metadata={"channel": "\x1b[31m"})]
    async with changing(orders, tmp_path, size=size) as changed:
        await edit(changed, metadata={**attacks, "channel": "\x1b]52;c;UFdORUQ=\x07"})
        await changed.other.update_order(NEWEST, {"metadata": {"channel": "\u202e[/]\x9b31m"}})
        await changed.explored.press("ctrl+s")
        await changed.shows(ConflictScreen)
        await changed.explored.press("m", "enter")
        await changed.shows(PlanPreview)
        await changed.explored.press("c", *["pagedown"] * 12, "y")
        await changed.browses()
        await changed.explored.until(lambda: len(changed.writes(NEWEST)) == 2)
        await changed.explored.press("U")
        await changed.shows(JournalScreen)
        await changed.explored.until(lambda: "Change 1" in changed.explored.text)
        assert changed.explored.app.output_filter.hits == 0
        await changed.explored.until(lambda: changed.copied)
        assert not set(changed.copied[0]) & set("\x1b\x07\x9b\u202e")


async def test_keys_typed_before_the_dialog_could_be_seen_do_nothing(tmp_path: Path) -> None:
    """Not even a yes; a moment later they are heard."""
    seconds = [0.0]
    async with changing(shop(), tmp_path) as changed:
        changed.explored.screen.flows.stage.clock = lambda: seconds[0]
        await edit(changed, amount=4200)
        await changed.explored.press("ctrl+s")
        await changed.explored.until(lambda: isinstance(changed.explored.app.screen, PlanPreview))
        await changed.explored.press("y", "enter", "n", "escape", "d", "c")
        await changed.explored.pilot.pause(0.7)
        assert isinstance(changed.explored.app.screen, PlanPreview)
        assert changed.writes(NEWEST) == []
        assert changed.copied == []
        seconds[0] = 0.6
        await changed.shows(PlanPreview)
        await changed.explored.press("y")
        await changed.browses()
        await changed.explored.until(lambda: changed.writes(NEWEST) == ["update"])


async def test_a_long_plan_leaves_the_question_on_the_screen(tmp_path: Path) -> None:
    """At 80 by 24, however much there is to read."""
    async with changing(shop(), tmp_path) as changed:
        await edit(
            changed, metadata={"channel": "web", **{f"key {number}": "x" * 100 for number in range(60)}}
        )
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        assert "Send this to shop?" in changed.explored.text
        assert "esc back to the form" in changed.explored.text
        await changed.explored.press("y")
        await changed.browses()


class Slow:
    """A client whose writes wait for a gate."""

    def __init__(self, inner: Any, gate: asyncio.Event) -> None:
        self._inner = inner
        self._gate = gate
        self.waiting = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def update_order(self, order_id: str, body: dict[str, Any]) -> Any:
        """Write when the gate is open."""
        self.waiting = True
        await self._gate.wait()
        return await self._inner.update_order(order_id, body)


@pytest.mark.parametrize(
    ("key", "then"),
    [("q", "closes when its outcome is known"), ("!", "goes on there when its outcome is known")],
)
async def test_leaving_waits_for_a_change_that_is_being_sent(key: str, then: str, tmp_path: Path) -> None:
    """It is said, and the journal knows the outcome when the program has ended; ``!`` was refused."""
    gate = asyncio.Event()
    slow: list[Slow] = []

    def wrap(client: Any) -> Slow:
        slow.append(Slow(client, gate))
        return slow[0]

    async with changing(shop(), tmp_path, wrap=wrap) as changed:
        app: OrdexApp = changed.explored.app
        await changed.explored.press("S")
        await choose(changed.explored, "PAID")
        await changed.explored.until(lambda: slow[0].waiting)
        await changed.explored.press(key)
        await changed.explored.until(lambda: f"Ordex {then}" in changed.notes())
        assert app.return_code is None
        gate.set()
        await changed.explored.until(lambda: app.return_code == 0)
        assert isinstance(app.return_value, SwitchToRepl) is (key == "!")
        assert [entry.state for entry in changed.journal.entries()] == ["DONE"]


async def test_what_an_earlier_run_left_open_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry with what became of it."""
    monkeypatch.setattr("tui.jobs.changes.change_journal.os.getpid", lambda: 2**22 + 1)
    (order,) = shop(10)[9:]
    ChangeJournal(tmp_path).prepare(
        token="t", profile=ACCOUNT, operation="update", order_id=order["id"], source_id="source-9",
        body={"amount": 1}, base=order, intended=order,
    )  # fmt: skip
    monkeypatch.undo()
    async with changing(shop(), tmp_path) as changed:
        await changed.explored.until(lambda: "interrupted earlier: not done" in changed.notes())


async def test_without_the_network_the_form_comes_back(tmp_path: Path) -> None:
    """With what happened, and with everything that was typed."""
    from tests.support.faulty_client import FaultyClient

    def broken(client: Any) -> FaultyClient:
        return FaultyClient(client, writes=["unreachable"])

    async with changing(shop(), tmp_path, wrap=broken) as changed:
        await edit(changed, amount=4200)
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        await changed.explored.press("y")
        form: OrderForm = await changed.shows(OrderForm)
        await changed.explored.until(lambda: "cannot be reached" in changed.explored.text)
        assert form.editing.state.document["amount"] == 4200
        assert [entry.state for entry in changed.journal.entries()] == ["NOT_DONE"]


async def test_what_the_service_did_otherwise_is_shown(tmp_path: Path) -> None:
    """A field of the answer that is not as it was meant is told in a dialog, not in a note that passes."""

    class Otherwise(Slow):
        async def update_order(self, order_id: str, body: dict[str, Any]) -> Any:
            return await self._inner.update_order(order_id, {"amount": body["amount"] + 1})

    async with changing(shop(), tmp_path, wrap=lambda client: Otherwise(client, asyncio.Event())) as changed:
        await edit(changed, amount=4200)
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        await changed.explored.press("y")
        await changed.shows(MessageDialog)
        assert "amount should be 42.00, is 42.01" in changed.explored.text
