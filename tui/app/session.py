"""How the explorer opens its session, where it opens, and where it ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.actions.session import Session
    from tui.orders.loaded import Loaded
    from tui.orders.order import Order
    from tui.settings.profile import Profile

OpenSession = Callable[[], Awaitable["Session"]]

OpenAccount = Callable[[], "Session"]
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
