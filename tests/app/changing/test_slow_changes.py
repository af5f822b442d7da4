"""Changes over a slow service: the form stays, and says what is under way and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.support.changing import NEWEST, Changed, changing, edit, shop
from tui.app.changing.plan_preview import PlanPreview
from tui.app.feedback.activity import ActivityLine
from tui.app.forms.order_form import OrderForm


class SlowClient:
    """A client whose reads and writes of one order wait for a gate."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.gate = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def get_order(self, order_id: str) -> Any:
        """Read when the gate is open."""
        await self.gate.wait()
        return await self._inner.get_order(order_id)

    async def update_order(self, order_id: str, body: dict[str, Any]) -> Any:
        """Write when the gate is open."""
        await self.gate.wait()
        return await self._inner.update_order(order_id, body)


@asynccontextmanager
async def slow(folder: Path) -> AsyncIterator[tuple[Changed, SlowClient]]:
    """An explorer over a slow service, with a change in its form that is being checked."""
    clients: list[SlowClient] = []

    def wrap(client: Any) -> SlowClient:
        clients.append(SlowClient(client))
        return clients[0]

    async with changing(shop(), folder, wrap=wrap) as changed:
        await edit(changed, amount=4200)
        await changed.explored.press("ctrl+s")
        await changed.explored.until(lambda: "Checking the order…" in changed.explored.text)
        yield changed, clients[0]


def line(changed: Changed) -> ActivityLine:
    """What says that something is under way."""
    return changed.explored.app.screen.query_one(ActivityLine)


async def test_the_form_stays_open_while_its_change_is_checked_and_sent(tmp_path: Path) -> None:
    """It closed, and the question came up under hands that had gone on in the table."""
    async with slow(tmp_path) as (changed, client):
        assert isinstance(changed.explored.app.screen, OrderForm)
        form = changed.explored.app.screen
        await changed.explored.press(*"yyy", "enter")
        assert form.editing.state.document["amount"] == 4200
        client.gate.set()
        await changed.shows(PlanPreview)
        client.gate.clear()
        await changed.explored.press("y")
        await changed.explored.until(lambda: "Sending source-9…" in changed.explored.text)
        assert changed.explored.app.screen is form
        await changed.explored.press("escape")
        assert "is being sent" in changed.notes()
        client.gate.set()
        await changed.browses()
        assert changed.writes(NEWEST) == ["update"]
        assert not any(line.display for line in changed.explored.app.query(ActivityLine))


async def test_esc_stops_a_check_and_keeps_the_form(tmp_path: Path) -> None:
    """Nothing was sent, and everything typed is still there and can be typed on."""
    async with slow(tmp_path) as (changed, client):
        form = changed.explored.app.screen
        assert isinstance(form, OrderForm)
        await changed.explored.press("escape")
        await changed.explored.until(lambda: "Nothing was sent" in changed.notes())
        await changed.explored.until(lambda: not line(changed).display)
        assert changed.explored.app.screen is form
        assert form.editing.state.document["amount"] == 4200
        client.gate.set()
        await changed.explored.press("ctrl+s")
        await changed.shows(PlanPreview)
        await changed.explored.press("escape")
        await changed.explored.until(lambda: changed.explored.app.screen is form)
        assert changed.writes(NEWEST) == []


async def test_a_second_ctrl_s_checks_once(tmp_path: Path) -> None:
    """One question comes up."""
    async with slow(tmp_path) as (changed, client):
        await changed.explored.press("ctrl+s", "ctrl+s")
        client.gate.set()
        await changed.shows(PlanPreview)
        assert len(changed.explored.app.screen_stack) == 3
