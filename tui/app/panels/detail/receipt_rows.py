"""The amounts of an order as a receipt."""

from __future__ import annotations

from collections.abc import Iterator

from tui.app.widgets.line import Line, Piece
from tui.orders.amounts import format_amount
from tui.orders.order import Order
from tui.orders.order_totals import OrderTotals, item_amount, order_totals
from tui.orders.paths import Path
from tui.terminal.cells import cut
from tui.terminal.visible import visible

from .section_rows import SectionRow, as_json, hidden_mark, problem_at, remark, remarks, spread

WIDTH = 56
"""Most cells of a receipt, so that figures stay near their labels."""

ITEMS_SHOWN = 8

_APPLIED = (
    ("items_applied_discount_amount", "Applied item discounts"),
    ("applied_discount_amount", "Applied order discount"),
    ("total_applied_discount_amount", "Applied in all"),
)


def receipt(order: Order, width: int, *, decimals: int) -> list[SectionRow]:
    """The receipt: items, discounts, total, and amounts that do not add up."""
    sums = order_totals(order)
    return list(_Receipt(order, sums, min(width, WIDTH), decimals).rows(width))


class _Receipt:
    def __init__(self, order: Order, sums: OrderTotals, width: int, decimals: int) -> None:
        self.order, self.sums, self.width, self.decimals = order, sums, width, decimals

    def rows(self, full_width: int) -> Iterator[SectionRow]:
        yield from self._bought()
        yield self._rule("─")
        yield self._sum("Items", ("amount",), self.order.amount, note=self._units())
        if self.order.has("initial_amount"):
            yield self._sum("Initially", ("initial_amount",), self.order.initial_amount, role="muted")
        yield from self._discount("Item discounts", "items_discount_amount")
        yield from self._discount("Order discount", "discount_amount")
        if self.order.has("items_discount_amount") and self.order.has("discount_amount"):
            yield from self._discount("Discounts in all", "total_discount_amount", role="muted")
        yield self._rule("═")
        yield self._sum("Total", ("total_amount",), self.order.total_amount, role="strong")
        for field, label in _APPLIED:
            if self.order.has(field):
                yield self._sum(label, (field,), getattr(self.order, field), role="muted")
        for sentence in self.sums.mismatches:
            yield from remarks(sentence, full_width, "mismatch", lead="! ", path=("amount",))

    def _bought(self) -> Iterator[SectionRow]:
        items = self.order.items
        for at, item in enumerate(items[:ITEMS_SHOWN]):
            path: Path = ("items", at)
            name = visible(item.label, limit=200) or "item without a name"
            times = f"{item.quantity:,} × " if item.quantity is not None else ""
            role = "mismatch" if problem_at(self.order, path) else ""
            mark = hidden_mark(item.label)
            yield self._figures(times + name, self._money(item_amount(item)), path, role=role, mark=mark)
            if item.discount_amount:
                off = self._money(-item.discount_amount)
                yield self._figures("    discount", off, (*path, "discount_amount"), role="muted")
        if len(items) > ITEMS_SHOWN:
            yield SectionRow(
                Line((Piece(f"    and {len(items) - ITEMS_SHOWN:,} more, see 2 Items", "muted"),)), ("items",)
            )
        if not items:
            sent = "no items in the list" if self.order.has("items") else "an amount only, no items were sent"
            yield remark(sent)

    def _discount(self, label: str, field: str, role: str = "") -> Iterator[SectionRow]:
        if self.order.has(field):
            value = getattr(self.order, field)
            yield self._sum(label, (field,), -value if value else value, role=role)

    def _sum(
        self, label: str, path: Path, amount: int | None, *, note: str = "", role: str = ""
    ) -> SectionRow:
        if problem_at(self.order, path):
            came = cut(as_json(self.order.raw.get(str(path[0]))), self.width // 2)
            return self._figures(f"{label}  ! unexpected value", came, path, role="mismatch")
        if amount is None:
            computed = self.sums.items_amount if path == ("amount",) else None
            if computed is not None:
                return self._figures(
                    label + note + ", added up here", self._money(computed), path, role="muted"
                )
            missing = "null" if self.order.has(str(path[0])) else "not sent"
            return self._figures(label + note, missing, path, role="muted")
        return self._figures(label + note, self._money(amount), path, role=role)

    def _units(self) -> str:
        counted = [item.quantity for item in self.order.items if item.quantity is not None]
        if not counted:
            return ""
        units = sum(counted)
        return f" ({units:,} unit{'' if units == 1 else 's'})"

    def _figures(self, left: str, right: str, path: Path, *, role: str = "", mark: str = "") -> SectionRow:
        width = min(self.width, self.width - len(mark) - 1) if mark else self.width
        name, figure = spread(left, right, max(20, width))
        return SectionRow(Line((Piece(name, role), Piece(figure, role or "figure")), mark), path)

    def _rule(self, sign: str) -> SectionRow:
        return remark(sign * self.width, "rule")

    def _money(self, amount: int | None) -> str:
        return format_amount(amount, decimals=self.decimals) or "no amount"
