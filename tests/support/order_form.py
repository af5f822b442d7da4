"""An order form that is open, and how to type into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from tests.support.form_app import FormApp
from tui.app.dialogs.chooser import Chooser
from tui.app.forms.form_interface import FormStart
from tui.orders.order import Order

ORDER: dict[str, Any] = {
    "id": "ord_1",
    "source_id": "web-1",
    "created_at": "2026-01-31T14:05:09.123Z",
    "updated_at": None,
    "status": "CREATED",
    "amount": 12550,
    "total_amount": 12550,
    "items": [
        {"object": "order_item", "product_id": "prod_1", "quantity": 2, "price": 5000, "amount": 10000},
        {"object": "order_item", "sku_id": "sku_7", "quantity": 3, "price": 850, "amount": 2550},
    ],
    "metadata": {"channel": "web", "gift": True, "weight": 1.5, "note": "one\ntwo"},
    "customer": {"id": "cust_1", "object": "customer"},
    "customer_id": "cust_1",
    "referrer_id": None,
    "object": "order",
}
EDIT = FormStart.edit(Order.read(ORDER))


@asynccontextmanager
async def open_form(
    start: FormStart, size: tuple[int, int] = (120, 40), **settings: Any
) -> AsyncIterator[tuple[FormApp, Pilot[None]]]:
    """Run an app with one form and wait until it stands."""
    app = FormApp(start, **settings)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause(0.05)
        yield app, pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until what follows from a key was worked out."""
    await pilot.pause(0.1)
    await pilot.pause()


async def choose(app: FormApp, pilot: Pilot[None], choice: str) -> None:
    """Choose in the dialog that is open."""
    await settle(pilot)
    assert isinstance(app.screen, Chooser)
    app.screen.dismiss(choice)
    await settle(pilot)
