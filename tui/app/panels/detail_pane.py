"""The detail pane as the explorer uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from tui.orders.order import Order


class DetailPane(Protocol):
    """A widget that shows one order."""

    class Copied(Message):
        """A value was chosen to be copied."""

        label: str
        text: str

    class CustomerChosen(Message):
        """The user asked for the orders of a customer."""

        customer_id: str

    def show(self, order: Order | None) -> None:
        """Show an order, or nothing. Must be cheap."""

    def masks_changed(self) -> None:
        """Masks were turned on or off."""

    def reveal_field(self) -> str | None:
        """Show the field under the cursor without its mask for a moment; why not, where that cannot be."""


DetailFactory = Callable[[], Widget]
"""Makes a widget that is a ``DetailPane``."""
