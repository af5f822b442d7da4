"""The account as a synchronisation reads it: the front ends' session, or a fake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from tui.orders.order import Order


ListOrder = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
PAGE = 100
"""Orders of a page."""


class ListedPage(Protocol):
    """A page of the list."""

    @property
    def orders(self) -> tuple[Order, ...]: ...  # noqa: D102 - see the class

    @property
    def total(self) -> int | None: ...  # noqa: D102


class AccountSource(Protocol):
    """The account, as a synchronisation reads it; each method waits for the background quota."""

    @property
    def can_export(self) -> bool:
        """Whether an export may be created; a read-only profile may not."""

    @property
    def calls(self) -> int:
        """Calls made so far."""

    def allowance(self) -> int | None:
        """Calls that background work may make now; ``None`` without a limit."""

    def now(self) -> datetime:
        """The time of this machine."""

    async def page(self, page: int, order: ListOrder) -> ListedPage:
        """A page of 100 orders."""

    def exported(self, since: datetime | None) -> AbstractAsyncContextManager[Iterator[Order]]:
        """The orders that were made or changed after a time, or all, by an export."""
