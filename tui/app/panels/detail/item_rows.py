"""The rows of the items section: one line for each item, or two in a narrow pane."""

from __future__ import annotations

from tui.app.widgets.line import Line, Piece
from tui.orders.amounts import format_amount
from tui.orders.order import Order, OrderItem
from tui.orders.order_totals import item_amount
from tui.orders.paths import Path
from tui.terminal.cells import cut, fit
from tui.terminal.visible import visible

from .section_rows import SectionRow, hidden_mark, problem_at, remark, spread

WIDE = 78
"""Least width in cells for one line per item."""

_WIDEST = 130
_SKU, _QUANTITY, _MONEY = 16, 18, 12


def items_rows(order: Order, width: int, *, decimals: int) -> list[SectionRow]:
    """The rows of the items, in document order."""
    if not order.items:
        sent = (
            "The list of items is empty."
            if order.has("items")
            else "No items were sent: the order has an amount only."
        )
        return [remark(sent)]
    if width < WIDE:
        return [
            row for at, item in enumerate(order.items) for row in _narrow(order, at, item, width, decimals)
        ]
    width = min(width, _WIDEST)
    return [_head(width), *(_wide(order, at, item, width, decimals) for at, item in enumerate(order.items))]


def _head(width: int) -> SectionRow:
    name = width - _SKU - _QUANTITY - 2 * _MONEY - 9
    titles = (
        fit("#", 4, align="right"),
        " " + fit("Item", name),
        " " + fit("SKU", _SKU),
        " " + fit("Qty × price", _QUANTITY, align="right"),
        " " + fit("Discount", _MONEY, align="right"),
        " " + fit("Amount", _MONEY, align="right"),
    )
    return SectionRow(Line((Piece("".join(titles), "label"),)))


def _wide(order: Order, at: int, item: OrderItem, width: int, decimals: int) -> SectionRow:
    path: Path = ("items", at)
    mark = _mark(order, path, item)
    name = width - _SKU - _QUANTITY - 2 * _MONEY - 9 - (len(mark) + 1 if mark else 0)
    pieces = (
        Piece(fit(str(at + 1), 4, align="right") + " ", "muted"),
        Piece(fit(_name(item), max(8, name))),
        Piece(" " + fit(_sku(item), _SKU), "muted"),
        Piece(" " + fit(_quantity(item, decimals), _QUANTITY, align="right")),
        Piece(" " + fit(_off(item, decimals), _MONEY, align="right"), "muted"),
        Piece(
            " " + fit(format_amount(item_amount(item), decimals=decimals), _MONEY, align="right"), "figure"
        ),
    )
    return SectionRow(Line(pieces, mark), path)


def _narrow(order: Order, at: int, item: OrderItem, width: int, decimals: int) -> list[SectionRow]:
    path: Path = ("items", at)
    mark = _mark(order, path, item)
    number = fit(str(at + 1), 3, align="right") + " "
    amount = format_amount(item_amount(item), decimals=decimals) or "no amount"
    name, figure = spread(_name(item), amount, width - len(number))
    off = _off(item, decimals)
    below = "  ".join(filter(None, (_quantity(item, decimals), f"discount {off}" if off else "", _sku(item))))
    below = cut(below or "no quantity, no price", max(1, width - 4))
    return [
        SectionRow(Line((Piece(number, "muted"), Piece(name), Piece(figure, "figure"))), path),
        SectionRow(Line((Piece(" " * len(number)), Piece(below, "muted")), mark)),
    ]


def _mark(order: Order, path: Path, item: OrderItem) -> str:
    if problem_at(order, path):
        return "! unexpected value"
    return hidden_mark(item.label, item.sku.sku if item.sku else None, item.source_id)


def _name(item: OrderItem) -> str:
    return visible(item.label, limit=300) or "(no name)"


def _sku(item: OrderItem) -> str:
    named = (item.sku and item.sku.sku) or item.sku_id or item.source_id or ""
    return "" if named == item.label else visible(named, limit=100)


def _quantity(item: OrderItem, decimals: int) -> str:
    price = format_amount(item.price, decimals=decimals)
    if item.quantity is None:
        return price
    return f"{item.quantity:,} × {price}" if price else f"{item.quantity:,} ×"


def _off(item: OrderItem, decimals: int) -> str:
    return format_amount(-item.discount_amount, decimals=decimals) if item.discount_amount else ""
