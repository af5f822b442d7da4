"""A new status for several orders: what will be done, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.actions.changes.consent import text_to_type
from tui.app.modal import Modal
from tui.app.type_ahead_guard import Clock, TypeAheadGuard
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

from .consent_bar import ConsentBar

if TYPE_CHECKING:
    from tui.actions.session import SessionInfo
    from tui.orders.order import Order


def name_of(order: Order) -> str:
    """What a person calls an order, made visible."""
    return visible(order.source_id or order.id, limit=60)


class BulkPreview(TypeAheadGuard[bool]):
    """Every order with its old and new status; the profile's name and the count are typed.

    ``already`` are marked orders that have the status, as they were loaded: they are listed, and not sent.
    """

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Back")]

    def __init__(
        self,
        orders: Sequence[Order],
        status: str,
        *,
        account: SessionInfo,
        already: Sequence[Order] = (),
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(clock=clock)
        self._orders = orders
        self._already = already
        self._status = visible(status, limit=40)
        self._account = account

    def compose(self) -> ComposeResult:
        """The orders, the cost, the question."""
        count, name = len(self._orders), self._account.name
        with Vertical(classes="mutation") as box:
            box.border_title = Content(f"Set {pluralize(count, 'order')} to {self._status}")
            with VerticalScroll(classes="told"):
                yield Static(Content("\n").join(self._lines()))
            yield Static(
                Content(f"costs {2 * count} calls: each is read again, then written"), classes="keys"
            )
            yield ConsentBar(
                f"Send {pluralize(count, 'request')} to {name}?",
                self._account,
                typed=text_to_type(name, orders=count),
            )
            yield Static(Content("esc back, send nothing"), classes="keys")

    def first_focus(self) -> Widget:
        """The field to type in."""
        return self.query_one(ConsentBar).first_focus

    def on_consent_bar_answered(self, event: ConsentBar.Answered) -> None:
        """Agreed or not."""
        event.stop()
        self.dismiss(event.agreed)

    def action_give_up(self) -> None:
        """Nothing is sent."""
        self.dismiss(False)

    def _lines(self) -> list[Content]:
        lines = [
            Content.assemble(
                (name_of(order), "bold"), "  ", (visible(order.status, limit=40), "dim"), f" → {self._status}"
            )
            for order in self._orders
        ]
        if self._already:
            lines.append(Content(f"{self._status} already, as loaded; nothing is sent for:"))
            lines += [Content(f"  {name_of(order)}") for order in self._already]
        return lines


class BulkProgress(Modal[None]):
    """One line an order with what became of it; esc stops after the one under way, then closes."""

    CSS_PATH = "../styles/mutation.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "stop", "Stop")]

    class Advanced(Message):
        """It is known what became of an order."""

        def __init__(self, at: int, words: str) -> None:
            super().__init__()
            self.at = at
            self.words = words

    class Ended(Message):
        """Nothing more is sent; ``words`` say how it went."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, orders: Sequence[Order], status: str) -> None:
        super().__init__()
        self._names = [name_of(order) for order in orders]
        self._status = visible(status, limit=40)
        self._became = [""] * len(orders)
        self.stopped = False
        self.ended = False

    def compose(self) -> ComposeResult:
        """The orders and what became of each."""
        with Vertical(classes="mutation") as box:
            box.border_title = Content(f"Setting {pluralize(len(self._names), 'order')} to {self._status}")
            with VerticalScroll(classes="told"):
                yield Static(self._text(), id="outcomes")
            yield Static(Content("esc stop after the one under way"), classes="keys")

    def on_bulk_progress_advanced(self, message: Advanced) -> None:
        """Show it."""
        self._became[message.at] = visible(message.words, limit=200)
        self.query_one("#outcomes", Static).update(self._text())

    def on_bulk_progress_ended(self, message: Ended) -> None:
        """Say how it went."""
        self.ended = True
        self.query_one(".keys", Static).update(Content(f"{visible(message.words, limit=200)} · esc close"))

    def action_stop(self) -> None:
        """Stop, or close when it has ended."""
        self.stopped = True
        if self.ended:
            self.dismiss(None)
        else:
            self.query_one(".keys", Static).update(Content("stopping after the one under way"))

    def _text(self) -> Content:
        rows = zip(self._names, self._became, strict=True)
        return Content("\n").join(Content.assemble((name, "bold"), "  ", became) for name, became in rows)
