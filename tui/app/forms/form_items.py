"""The items of the order: the list in the form, and the dialog with every field of one item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from tui.app.forms.model.form_fields import ITEM_FIELDS, ITEM_FIELDS_BEYOND, PRODUCT_FIELDS, SKU_FIELDS
from tui.app.forms.model.item_edits import add_item, duplicate_item, items_of, move_item, remove_item
from tui.app.widgets.line import Line, Piece
from tui.app.widgets.line_list import LineList
from tui.orders.amounts import format_amount
from tui.orders.order import OrderItem
from tui.orders.order_totals import item_amount
from tui.terminal.cells import fit
from tui.terminal.visible import visible

from .field_row import field_row
from .form_dialog import FormDialog
from .form_editor import FormEditor
from .form_metadata import metadata_link
from .form_widgets import FormText, Key, KeysLine

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
    """The list of items."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--figure", "line--fault"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,plus", "add", "Add"),
        Binding("d,delete", "remove", "Remove"),
        Binding("c", "duplicate", "Copy line"),
        Binding("K,shift+up", "shift(-1)", "Up"),
        Binding("J,shift+down", "shift(1)", "Down"),
    ]

    class Opened(Message):
        """An item was opened."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, editing: FormEditor) -> None:
        super().__init__()
        self._editing = editing
        self._items: list[Any] = []

    def show(self) -> None:
        """Show the items of the state."""
        items = items_of(self._editing.state)
        shown = self._editing.checked.intended.get("items")
        self._items = shown if isinstance(shown, list) else []
        self.styles.height = min(TALLEST, max(1, len(items)))
        self.set_count(max(1, len(items)), cursor=min(self.cursor, max(0, len(items) - 1)), scroll=False)

    def lay_out(self, width: int) -> None:
        """Lay the rows out for the width."""
        del width
        self.show()

    def line_at(self, index: int) -> Line:
        """One item: number, name, quantity and price, amount, or its fault."""
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
        name = visible(item.label, limit=200) or "(no name)"
        text = f"! {visible(fault.message, limit=60)}" if fault else ""
        pieces = [
            Piece(fit(str(index + 1), _NUMBER - 1, align="right") + " ", "muted"),
            Piece(fit(name, max(8, width)), "fault" if fault else ""),
        ]
        if fault:
            return Line((*pieces, Piece(f"  {text}", "fault")))
        figures = (
            Piece(fit(quantity, _QUANTITY, align="right"), "muted"),
            Piece(fit(amount, _MONEY, align="right")),
        )
        return Line((*pieces, *figures))

    def can_stop(self, index: int) -> bool:
        """The cursor also rests on the empty list, so that a key can add the first entry."""
        return 0 <= index < max(1, len(self._items))

    def action_open(self) -> None:
        """Edit the item, or add the first one."""
        if self._items:
            self.post_message(self.Opened(self.cursor))
        else:
            self.action_add()

    def action_add(self) -> None:
        """Add an item and edit it."""
        state, place = add_item(self._editing.state)
        self._editing.change(state)
        self.cursor = place
        self.post_message(self.Opened(place))

    def action_remove(self) -> None:
        """Remove the item; undo restores it."""
        if self._items:
            self._editing.change(remove_item(self._editing.state, self.cursor))

    def action_duplicate(self) -> None:
        """Duplicate the item."""
        if self._items:
            self._editing.change(duplicate_item(self._editing.state, self.cursor))
            self.cursor += 1

    def action_shift(self, step: int) -> None:
        """Move the item up or down."""
        state, place = move_item(self._editing.state, self.cursor, step)
        if place != self.cursor:
            self._editing.change(state)
            self.cursor = place


class ItemsSection(Widget):
    """The items with a title and key hints."""

    def __init__(self, editing: FormEditor) -> None:
        super().__init__()
        self._editing = editing

    def compose(self) -> ComposeResult:
        """The title, the list, the keys."""
        yield FormText("Items", classes="heading")
        lines = ItemsList(self._editing)
        yield lines
        yield KeysLine(KEYS, where=lines)

    def on_mount(self) -> None:
        """Show the items."""
        self.load()

    def load(self) -> None:
        """Show the items of the state."""
        self.query_one(ItemsList).show()
        count = len(items_of(self._editing.state))
        self.query_one(".heading", FormText).say(f"Items ({count:,})" if count else "Items")

    def settle(self) -> None:
        """Update amounts and faults."""
        self.load()


class ItemDialog(FormDialog[None]):
    """Every field of one item, the common ones first."""

    def __init__(self, editing: FormEditor, place: int) -> None:
        super().__init__(editing)
        self._root = ("items", place)
        self._place = place

    def dialog_title(self) -> str:
        """The number and the name of the item."""
        items = items_of(self.editing.state)
        if self._place >= len(items):
            return "Item"
        raw = items[self._place]
        label = OrderItem.read(raw).label if isinstance(raw, dict) else ""
        named = f" · {visible(label, limit=36)}" if label else ""
        return f"Item {self._place + 1:,} of {len(items):,}{named}"

    def rows(self) -> Iterator[Widget]:
        """All fields, the common ones first."""
        for field in ITEM_FIELDS:
            yield field_row(self.editing, field, self._root)
        yield metadata_link(self.editing, (*self._root, "metadata"), "Metadata of the item")
        yield FormText("Product", classes="heading")
        for field in PRODUCT_FIELDS:
            yield field_row(self.editing, field, self._root)
        yield metadata_link(self.editing, (*self._root, "product", "metadata"), "Metadata of the product")
        yield FormText("SKU", classes="heading")
        for field in SKU_FIELDS:
            yield field_row(self.editing, field, self._root)
        yield metadata_link(self.editing, (*self._root, "sku", "metadata"), "Metadata of the SKU")
        yield FormText("Before discounts", classes="heading")
        for field in ITEM_FIELDS_BEYOND:
            yield field_row(self.editing, field, self._root)

    def settle(self) -> None:
        """Update the view, or close if an undo removed the item."""
        if self.is_mounted and self._place >= len(items_of(self.editing.state)):
            self.dismiss(None)
        else:
            super().settle()
