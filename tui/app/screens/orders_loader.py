"""Requests of the explorer, and the messages with their answers: the one place that starts workers for them.

A worker never touches a widget. Each request belongs to a generation; a newer request for the list starts a
new generation, and answers of older ones are dropped. No request is ever cancelled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, cast

from textual.dom import DOMNode
from textual.message import Message

from tui.actions.session import Session
from tui.app.feedback.activity import activity
from tui.app.session import OpenSession
from tui.orders.orders_snapshot import PAGE_SIZE
from tui.settings.setting_errors import SettingsError
from tui.voucherify.errors import VoucherifyError

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.orders.order import Order
    from tui.voucherify.rate_limit import Wait
    from tui.voucherify.responses import OrdersOrder, OrdersPage


class OrdersLoader:
    """Sends requests for a screen and posts the answers to it."""

    class Answer(Message):
        """The base of all answers."""

    class Opened(Answer):
        """The session is open."""

        def __init__(self, session: Session) -> None:
            super().__init__()
            self.session = session

    class PageRead(Answer):
        """A page of orders was received."""

        def __init__(self, page: OrdersPage, generation: int) -> None:
            super().__init__()
            self.page = page
            self.generation = generation

    class OrderRead(Answer):
        """One order came."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order = order

    class Waiting(Answer):
        """A request waits for the rate limit, or before another try."""

        def __init__(self, wait: Wait) -> None:
            super().__init__()
            self.wait = wait

    class Failed(Answer):
        """A question got no answer: that for a ``page``, that for an order, or else that for the session."""

        def __init__(
            self, error: Exception, generation: int, page: int = 0, order_id: str | None = None
        ) -> None:
            super().__init__()
            self.error = error
            self.generation = generation
            self.page = page
            self.order_id = order_id

    def __init__(self, screen: DOMNode, open_session: OpenSession) -> None:
        self._screen = screen
        self._open_session = open_session
        self._session: Session | None = None
        self._asked: set[int] = set()
        self._asked_orders: set[str] = set()
        self._opening = False
        self.generation = 0

    @property
    def busy(self) -> bool:
        """Whether a request is still running; of pages, only those of this generation."""
        return self._opening or bool(self._asked or self._asked_orders)

    @property
    def awaited(self) -> frozenset[int]:
        """The pages of this generation that were requested and not answered."""
        return frozenset(self._asked)

    @property
    def awaited_orders(self) -> frozenset[str]:
        """The orders that were requested by id. They stay valid when another list is requested."""
        return frozenset(self._asked_orders)

    def begin(self) -> None:
        """A newer request of the list; pages of older requests are dropped."""
        self.generation += 1
        self._asked.clear()

    def open(self) -> None:
        """Open the session; answers ``Opened`` or ``Failed``."""
        if not self._opening:
            self._opening = True
            self._start(self._opened())

    def ask_page(self, page: int, server_order: OrdersOrder) -> None:
        """Request a page, unless it is already requested; the answer is ``PageRead`` or ``Failed``."""
        if self._session is not None and page not in self._asked:
            self._asked.add(page)
            self._start(self._read_page(self._session, page, server_order, self.generation))

    def ask_order(self, order_id: str) -> None:
        """Ask for one order by id or source_id; answers ``OrderRead`` or ``Failed``."""
        if self._session is not None and order_id not in self._asked_orders:
            self._asked_orders.add(order_id)
            self._start(self._read_order(self._session, order_id, self.generation))

    def tell_wait(self, wait: Wait) -> None:
        """Post a wait as it begins. Whatever sends requests calls it, from any thread."""
        self._screen.post_message(self.Waiting(wait))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="loading", exclusive=False)

    async def _opened(self) -> None:
        try:
            with activity(cast("Widget", self._screen), "Opening the account"):
                await asyncio.to_thread(_read_in_models)
                self._session = await self._open_session()
        except (VoucherifyError, SettingsError, OSError) as error:
            self._screen.post_message(self.Failed(error, self.generation))
        else:
            self._screen.post_message(self.Opened(self._session))
        finally:
            self._opening = False

    async def _read_page(self, session: Session, page: int, order: OrdersOrder, generation: int) -> None:
        try:
            read = await session.client.list_orders(limit=PAGE_SIZE, page=page, order=order)
        except VoucherifyError as error:
            self._answered(page, generation)
            self._screen.post_message(self.Failed(error, generation, page))
        else:
            self._answered(page, generation)
            self._screen.post_message(self.PageRead(read, generation))

    async def _read_order(self, session: Session, order_id: str, generation: int) -> None:
        try:
            order = await session.client.get_order(order_id)
        except VoucherifyError as error:
            self._asked_orders.discard(order_id)
            self._screen.post_message(self.Failed(error, generation, order_id=order_id))
        else:
            self._asked_orders.discard(order_id)
            self._screen.post_message(self.OrderRead(order))

    def _answered(self, page: int, generation: int) -> None:
        if generation == self.generation:
            self._asked.discard(page)


def _read_in_models() -> None:
    """Import the modules of responses off the event loop, so that the first frame does not wait for them."""
    import tui.orders.order
    import tui.voucherify.responses  # noqa: F401 (read in for its effect on the next import)
