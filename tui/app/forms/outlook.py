"""What the form amounts to: a receipt, and the request as it would go."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from tui.app.masking import masks_at
from tui.app.panels.detail.receipt import receipt
from tui.app.panels.detail.rows import Row, remark
from tui.app.panels.detail.section_list import SectionList
from tui.app.widgets.json_tree import JsonTree
from tui.app.widgets.line import Line, Piece
from tui.orders.order import Order
from tui.terminal.pluralize import pluralize
from tui.terminal.visible import visible

from .editing import Editing
from .model.totals import with_totals
from .words import Words

NOTHING_KNOWN = "No amounts yet."


class ReceiptLines(SectionList, can_focus=False):
    """The receipt, to be looked at."""


class Outlook(Widget):
    """The right half of a wide form; follows what is typed."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing

    def compose(self) -> ComposeResult:
        """The receipt above the request."""
        yield Words("Receipt", classes="heading")
        yield ReceiptLines()
        yield Words(classes="heading request")
        yield JsonTree()

    def on_mount(self) -> None:
        """Show the outlook."""
        self.settle()

    def load(self) -> None:
        """As after any change."""
        self.settle()

    def settle(self) -> None:
        """Show the state as it is now."""
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
        said = left or ("nothing is changed yet" if state.kind == "update" and not checked.body else "")
        words = Content.assemble(request, (f"\n{said}", "dim")) if said else Content(request)
        self.query_one(".request", Words).say(words)
        notes = [Line(), *(Line((Piece(f"! {visible(w, limit=200)}", "warning"),)) for w in checked.warnings)]
        body = masks.document(checked.body, learn=False)
        self.query_one(JsonTree).show(body, notes=notes if checked.warnings else (), keep=False)


def _receipt(order: Order, width: int, *, decimals: int) -> list[Row]:
    if order.amount is None and not order.items:
        return [remark(NOTHING_KNOWN)]
    return receipt(order, width, decimals=decimals)
