"""How a session ends: with an exit code, and perhaps with the wish to go on in the explorer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.settings.profile import Profile
    from tui.voucherify.write_lock import WriteLock


@dataclass(frozen=True, slots=True)
class Place:
    """Where the explorer is to open: at one order, filtered as the last list was, or with these orders."""

    order_id: str | None = None
    where: str | None = None
    ids: tuple[str, ...] = ()

    @property
    def filter(self) -> str:
        """The filter that leads to the place: the list's own, else one that names its orders."""
        if self.where or self.order_id or not self.ids:
            return self.where or ""
        from tui.orders.filter.nodes import Comparison, Text

        return str(Comparison("id", ":", tuple(Text(order_id) for order_id in self.ids)))


@dataclass(frozen=True, slots=True)
class Leave:
    """The end of a session. ``profile`` is the account that was in use last, ``write_lock`` its lock.

    ``by_signal``: the program is to end, wherever the session was begun from.
    """

    code: int = 0
    explore: Place | None = None
    profile: Profile | None = None
    write_lock: WriteLock | None = None
    by_signal: bool = False
