"""How a session ends: with an exit code, and perhaps with the wish to go on in the explorer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .memory import Memory
from .preferences import Preferences

if TYPE_CHECKING:
    from tui.orders.order import Order
    from tui.settings.profile import Profile
    from tui.voucherify.write_lock import WriteLock


@dataclass(frozen=True, slots=True)
class Place:
    """Where the explorer is to open: at one order, on exactly these orders, or with a filter."""

    order_id: str | None = None
    where: str | None = None
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplState:
    """What a session of the REPL takes up again after the explorer: results, variables, settings, names."""

    memory: Memory = field(default_factory=Memory)
    preferences: Preferences = field(default_factory=Preferences)
    namespace: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leave:
    """The end of a session. ``profile`` is the account that was in use last, ``write_lock`` its lock.

    ``by_signal``: the program is to end, wherever the session was begun from. ``state`` goes to the session
    that continues this one.
    """

    code: int = 0
    explore: Place | None = None
    profile: Profile | None = None
    write_lock: WriteLock | None = None
    by_signal: bool = False
    state: ReplState | None = None
