"""The lines of the order: a list with its own keys."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from tui.app.widgets.line import Line, Piece
from tui.app.widgets.line_list import LineList
from tui.orders.amounts import format_amount
from tui.orders.order import OrderItem
from tui.orders.order_totals import item_amount
from tui.terminal.cells import fit
from tui.terminal.visible import visible

from .editing import Editing
from .keys_line import Key, KeysLine
from .model.items import add_item, duplicate_item, items_of, move_item, remove_item
from .words import Words

TALLEST = 12
_MONEY, _QUANTITY, _NUMBER = 13, 18, 4

KEYS = (
    Key("a", "add", "add"),
    Key("enter", "edit", "open"),
    Key("d", "remove", "remove"),
    Key("K", "up", "shift(-1)"),
    Key("J", "down", "shift(1)"),
    Key("c", "copy line", "duplicate"),
)


class ItemsList(LineList):
    """The lines; says which one is to be edited."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--figure", "line--fault"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,plus", "add", "Add"),
        Binding("d,delete", "remove", "Remove"),
        Binding("c", "duplicate", "Copy line"),
        Binding("K,shift+up", "shift(-1)", "Up"),
        Binding("J,shift+down", "shift(1)", "Down"),
    ]

    class Opened(Message):
        """A line is to be edited."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._items: list[Any] = []

    def show(self) -> None:
        """Show the lines of the state."""
        items = items_of(self._editing.state)
        shown = self._editing.checked.intended.get("items")
        self._items = shown if isinstance(shown, list) else []
        self.styles.height = min(TALLEST, max(1, len(items)))
        self.set_count(max(1, len(items)), cursor=min(self.cursor, max(0, len(items) - 1)), scroll=False)

    def lay_out(self, width: int) -> None:
        """Lines are aligned to the width."""
        del width
        self.show()

    def line_at(self, index: int) -> Line:
        """One line: place, name, quantity and price, amount, and what is wrong with it."""
        if index >= len(self._items):
            return Line((Piece("no items: an amount is enough, or press a to add one", "muted"),))
        raw = self._items[index]
        item = OrderItem.read(raw if isinstance(raw, dict) else {})
        decimals = self._editing.decimals
        fault = self._editing.fault_below(f"items[{index}]")
        price = format_amount(item.price, decimals=decimals)
        quantity = f"{item.quantity:,} × {price}" if item.quantity is not None else price
        amount = format_amount(item_amount(item), decimals=decimals)
        width = self.line_width - _NUMBER - _MONEY - _QUANTITY - 1
        name = visible(item.label, limit=200) or "(nothing named)"
        said = f"! {visible(fault.message, limit=60)}" if fault else ""
        pieces = [
            Piece(fit(str(index + 1), _NUMBER - 1, align="right") + " ", "muted"),
            Piece(fit(name, max(8, width)), "fault" if fault else ""),
        ]
        if fault:
            return Line((*pieces, Piece(f"  {said}", "fault")))
        figures = (
            Piece(fit(quantity, _QUANTITY, align="right"), "muted"),
            Piece(fit(amount, _MONEY, align="right")),
        )
        return Line((*pieces, *figures))

    def can_stop(self, index: int) -> bool:
        """The cursor also rests where there is nothing yet, so that a key can add something."""
        return 0 <= index < max(1, len(self._items))

    def action_open(self) -> None:
        """Edit the line, or add the first one."""
        if self._items:
            self.post_message(self.Opened(self.cursor))
        else:
            self.action_add()

    def action_add(self) -> None:
        """Add a line and edit it."""
        state, place = add_item(self._editing.state)
        self._editing.change(state)
        self.cursor = place
        self.post_message(self.Opened(place))

    def action_remove(self) -> None:
        """Take the line out; undo brings it back."""
        if self._items:
            self._editing.change(remove_item(self._editing.state, self.cursor))

    def action_duplicate(self) -> None:
        """The same line once more."""
        if self._items:
            self._editing.change(duplicate_item(self._editing.state, self.cursor))
            self.cursor += 1

    def action_shift(self, step: int) -> None:
        """Move the line up or down."""
        state, place = move_item(self._editing.state, self.cursor, step)
        if place != self.cursor:
            self._editing.change(state)
            self.cursor = place


class ItemsSection(Widget):
    """A title with the count, the lines, their keys."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield Words("Items", classes="heading")
        lines = ItemsList(self._editing)
        yield lines
        yield KeysLine(KEYS, where=lines)

    def on_mount(self) -> None:
        """Show the lines."""
        self.load()

    def load(self) -> None:
        """Show the lines of the state."""
        self.query_one(ItemsList).show()
        count = len(items_of(self._editing.state))
        self.query_one(".heading", Words).say(f"Items ({count:,})" if count else "Items")

    def settle(self) -> None:
        """Amounts and faults may be others."""
        self.load()
