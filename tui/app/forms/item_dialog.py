"""One line of the order with everything that the API takes."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from tui.orders.order import OrderItem
from tui.terminal.visible import visible

from .dialog import FormDialog
from .editing import Editing
from .field_row import field_row
from .metadata_dialog import MetadataLink
from .model.fields import ITEM_FIELDS, ITEM_FIELDS_BEYOND, PRODUCT_FIELDS, SKU_FIELDS
from .model.items import items_of
from .words import Words


class ItemDialog(FormDialog[None]):
    """The fields of a line: what it is, how much, what it costs; then what is asked for less often."""

    def __init__(self, editing: Editing, place: int) -> None:
        super().__init__(editing)
        self._root = ("items", place)
        self._place = place

    def title_words(self) -> str:
        """Which line, and what it is."""
        items = items_of(self.editing.state)
        if self._place >= len(items):
            return "Item"
        raw = items[self._place]
        label = OrderItem.read(raw).label if isinstance(raw, dict) else ""
        named = f" · {visible(label, limit=36)}" if label else ""
        return f"Item {self._place + 1:,} of {len(items):,}{named}"

    def rows(self) -> Iterator[Widget]:
        """All fields, the usual ones first."""
        for field in ITEM_FIELDS:
            yield field_row(self.editing, field, self._root)
        yield MetadataLink(self.editing, (*self._root, "metadata"), "Metadata of the item")
        yield Words("Product", classes="heading")
        for field in PRODUCT_FIELDS:
            yield field_row(self.editing, field, self._root)
        yield MetadataLink(self.editing, (*self._root, "product", "metadata"), "Metadata of the product")
        yield Words("SKU", classes="heading")
        for field in SKU_FIELDS:
            yield field_row(self.editing, field, self._root)
        yield MetadataLink(self.editing, (*self._root, "sku", "metadata"), "Metadata of the SKU")
        yield Words("Before discounts", classes="heading")
        for field in ITEM_FIELDS_BEYOND:
            yield field_row(self.editing, field, self._root)

    def settle(self) -> None:
        """Show the line; an undo may have taken it away."""
        if self.is_mounted and self._place >= len(items_of(self.editing.state)):
            self.dismiss(None)
        else:
            super().settle()
