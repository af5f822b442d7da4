"""A journal and mutations on a real sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.order_documents import Document
from tests.support.orders_service import OrdersService
from tui.jobs.changes.change_engine import ChangeEngine
from tui.jobs.changes.change_journal import ChangeJournal
from tui.jobs.changes.change_outcome import ChangeOutcome

TEA = {"product_id": "prod_1", "quantity": 2, "price": 100}


class Desk:
    """A service with one order, and the guarded way to it."""

    def __init__(self, folder: Path, **given: Any) -> None:
        self.service = OrdersService()
        self.journal = ChangeJournal(folder)
        self.mutations = ChangeEngine(self.service, self.journal, "main", settle_seconds=0, **given)
        self.order: Document = {}

    async def open(self, **fields: Any) -> Document:
        """Make the order and open it."""
        self.order = (await self.service.create_order({"source_id": "web-1", "items": [TEA], **fields})).raw
        return self.order

    async def read(self) -> Document:
        """The order as it is now."""
        return (await self.service.get_order(self.order["id"])).raw

    async def update(self, **fields: Any) -> ChangeOutcome:
        """Change fields of the order as opened."""
        plan = await self.mutations.plan_update(self.order, {**self.order, **fields})
        return await self.mutations.carry_out(plan)


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    """A desk with an order opened."""
    made = Desk(tmp_path)
    await made.open()
    return made
