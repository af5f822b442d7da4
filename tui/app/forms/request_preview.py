"""The preview beside the form: the receipt and the request."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from tui.app.forms.model.calculated_amounts import with_totals
from tui.app.masking import masks_at
from tui.app.panels.detail.receipt_rows import receipt
from tui.app.panels.detail.section_rows import SectionList, SectionRow, remark
from tui.app.widgets.json_tree import JsonTree
from tui.app.widgets.line import Line, Piece
from tui.orders.order import Order
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

from .form_editor import FormEditor
from .form_widgets import FormText

NOTHING_KNOWN = "No amounts yet."


class ReceiptLines(SectionList, can_focus=False):
    """The receipt; it cannot be focused."""


class RequestPreview(Widget):
    """The right half of a wide form; follows the input."""

    def __init__(self, editing: FormEditor) -> None:
        super().__init__()
        self._editing = editing

    def compose(self) -> ComposeResult:
        """The receipt above the request."""
        yield FormText("Receipt", classes="heading")
        yield ReceiptLines()
        yield FormText(classes="heading request")
        yield JsonTree()

    def on_mount(self) -> None:
        """Show the preview."""
        self.settle()

    def load(self) -> None:
        """Redraw the line."""
        self.settle()

    def settle(self) -> None:
        """Show the receipt and the request of the current state."""
        if not self.display:
            return
        state, checked = self._editing.state, self._editing.checked
        masks = masks_at(self)
        order = Order.read(masks.document(with_totals(checked.intended, state.base), learn=False))
        make = partial(_receipt, order, decimals=self._editing.decimals)
        self.query_one(ReceiptLines).show(make, keep=True)
        request = "POST /v1/orders"
        if state.kind == "update":
            request = f"PUT /v1/orders/{visible(state.origin.get('id', ''), limit=40)}"
        left = f"Fix {pluralize(len(checked.faults), 'problem')} before sending." if checked.faults else ""
        text = left or ("no changes yet" if state.kind == "update" and not checked.body else "")
        words = Content.assemble(request, (f"\n{text}", "dim")) if text else Content(request)
        self.query_one(".request", FormText).say(words)
        notes = [Line(), *(Line((Piece(f"! {visible(w, limit=200)}", "warning"),)) for w in checked.warnings)]
        body = masks.document(checked.body, learn=False)
        self.query_one(JsonTree).show(body, notes=notes if checked.warnings else (), keep=False)


def _receipt(order: Order, width: int, *, decimals: int) -> list[SectionRow]:
    if order.amount is None and not order.items:
        return [remark(NOTHING_KNOWN)]
    return receipt(order, width, decimals=decimals)
