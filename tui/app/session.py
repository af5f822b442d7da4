"""What the explorer needs of the world, as protocols: whoever wires the application fills them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from tui.actions.verb_context import Account
    from tui.orders.loaded import Loaded
    from tui.orders.order import Order
    from tui.settings.profile import Profile
    from tui.voucherify.calls.call_log import ApiCall, CallLog
    from tui.voucherify.responses import OrdersOrder, OrdersPage
    from tui.voucherify.write_lock import WriteLock

Kind = Literal["sandbox", "production"]


class Budget(Protocol):
    """Calls left, as the service last told; every part may be unknown."""

    @property
    def limit(self) -> int | None:
        """Calls a period."""

    @property
    def remaining(self) -> int | None:
        """Calls left in this period."""

    @property
    def resets_at(self) -> float | None:
        """When the period ends, in epoch seconds."""

    @property
    def seen_at(self) -> float | None:
        """When the service last said so, in epoch seconds."""


class OrdersClient(Protocol):
    """The part of the adapter that the explorer uses."""

    calls: CallLog
    """The calls that were made."""

    @property
    def budget(self) -> Budget:
        """Calls left."""

    async def repeat(self, call: ApiCall, /) -> None:
        """Make a GET of the log once more.

        Raises:
            VoucherifyError: it cannot be made, or was not answered.
        """

    async def list_orders(self, *, limit: int = ..., page: int = ..., order: OrdersOrder = ...) -> OrdersPage:
        """One page of orders.

        Raises:
            VoucherifyError: no page came back.
        """

    async def get_order(self, order_id: str, /) -> Order:
        """One order by id or source_id.

        Raises:
            VoucherifyError: no order came back.
        """


class Session(Protocol):
    """An open profile."""

    @property
    def client(self) -> OrdersClient:
        """The adapter, bound to the profile."""

    @property
    def name(self) -> str:
        """The profile's name."""

    @property
    def base_url(self) -> str | None:
        """The address that requests go to; ``None`` for the embedded sandbox."""

    @property
    def kind(self) -> Kind:
        """Whether real orders are at stake."""

    @property
    def address(self) -> str:
        """Where the orders are, in words."""

    @property
    def read_only(self) -> bool:
        """Whether changes are refused at this moment."""

    @property
    def write_lock(self) -> WriteLock:
        """What decides that."""

    async def aclose(self) -> None:
        """Let go of connections and files."""


OpenSession = Callable[[], Awaitable[Session]]

OpenAccount = Callable[[], "Account"]
"""The open session as verbs and jobs see it. It imports heavy modules, so it is called in a thread."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What the user had before them: the orders that were loaded, the columns, and the cursor's order.

    No columns stand for those of the last visit.
    """

    loaded: Loaded
    columns: tuple[str, ...] = ()
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where to open: at an order, by id or source_id, with a filter set, or where one stood before."""

    order_id: str | None = None
    where: str = ""
    stand: Stand | None = None


@dataclass(frozen=True, slots=True)
class ToProfile:
    """The explorer ended because the user wants to go on with this profile."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class ToRepl:
    """The explorer ended because the user asked for the REPL with these orders; ``place`` is the way back."""

    orders: tuple[Order, ...]
    place: Place
