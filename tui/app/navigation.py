"""Where the explorer opens, and where the user goes from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.orders.orders_snapshot import OrdersSnapshot
    from tui.settings.profile import Profile


@dataclass(frozen=True, slots=True)
class ExplorerState:
    """What the user had before them: the orders that were loaded, the columns, and the cursor's order.

    No columns stand for those of the last visit.
    """

    loaded: OrdersSnapshot
    columns: tuple[str, ...] = ()
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class StartPlace:
    """Where to open: at an order, by id or source_id, with a filter set, or at the last place."""

    order_id: str | None = None
    where: str = ""
    state: ExplorerState | None = None


@dataclass(frozen=True, slots=True)
class SwitchProfile:
    """The explorer ended because the user wants to go on with this profile."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class SwitchToRepl:
    """The explorer ended because the user asked for the REPL with these orders; ``place`` is the way back."""

    orders: tuple[Order, ...]
    place: StartPlace


ExitRequest = SwitchProfile | SwitchToRepl
