"""What a detail pane is to the explorer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.widget import Widget

if TYPE_CHECKING:
    from tui.orders.order import Order


class DetailPane(Protocol):
    """A widget that shows one order."""

    def show(self, order: Order | None) -> None:
        """Show an order, or nothing. Must be cheap."""


DetailFactory = Callable[[], Widget]
"""Makes a widget that is a ``DetailPane``."""
