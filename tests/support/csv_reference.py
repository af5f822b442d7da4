"""What a shop's table means, worked out from its cells: the reference for imports of foreign CSVs.

Written apart from the importer: amounts are read by trying every notation, lines are put together by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

MARKS = (".", ",")
GROUPS = (".", ",", "'", "’", " ", "\u00a0", "\u202f", "_")
TOTALS = ("total", "sum", "summe", "gesamt", "grand total")


@dataclass
class Table:
    """The titles and rows of a file. ``roles`` tell columns apart: number, amount, order, item or price."""

    titles: list[str]
    roles: list[str]
    rows: list[list[str]]

    def column(self, role: str) -> int:
        """The first column of a role."""
        return self.roles.index(role)


@dataclass
class ReferenceOrder:
    """An order as its rows say: cells of the amount and of prices, and how many rows have items."""

    amounts: set[str] = field(default_factory=set)
    prices: list[str] = field(default_factory=list)
    items: int = 0
    is_whole: bool = True


def readings(text: str, decimals: int = 2) -> set[Decimal]:
    """Every number of minor units that an amount can be read as; it is not whole if it has more decimals."""
    plain = text.strip().replace("−", "-")
    bare = re.sub(r"[A-Z]{3}|[€$£]", "", plain).strip("\u00a0 ")
    negative = bare.startswith("-")
    bare = bare.lstrip("-").strip()
    found = set()
    for mark in MARKS:
        for group in GROUPS:
            if group == mark:
                continue
            whole = rf"(\d{{1,3}}({re.escape(group)}\d{{3}})+|\d+)"
            if re.fullmatch(rf"{whole}({re.escape(mark)}\d*)?", bare):
                value = Decimal(bare.replace(group, "").replace(mark, ".")) * 10**decimals
                found.add(-value if negative else value)
    return found


def orders_of(table: Table) -> dict[str, ReferenceOrder]:
    """The orders by their numbers, in the order of the file; one that is not whole must not be imported."""
    number_at, amount_at = table.column("number"), table.column("amount")
    item_columns = [at for at, role in enumerate(table.roles) if role in {"item", "price"}]
    order_columns = [at for at, role in enumerate(table.roles) if role in {"amount", "order"}]
    found: dict[str, ReferenceOrder] = {}
    last = ""
    for cells in table.rows:
        if not any(cell.strip() for cell in cells):
            continue
        ragged = len(cells) < len(table.titles) or any(cell.strip() for cell in cells[len(table.titles) :])
        padded = [*cells, *[""] * len(table.titles)]
        number = padded[number_at].strip()
        has_item = any(padded[at].strip() for at in item_columns)
        has_order = any(padded[at].strip() for at in order_columns)
        if not number:
            if item_columns and (has_item or ragged) and last:
                _add(found[last], padded, table, item=has_item)
                found[last].is_whole &= not has_order and not ragged
            elif not has_item:
                last = ""  # A row of totals: what follows belongs to no order.
            continue
        order = found.setdefault(number, ReferenceOrder())
        order.is_whole &= not ragged and number.lower().rstrip(":") not in TOTALS
        if last != number and (order.items or order.amounts):
            order.is_whole = False  # Its rows are scattered over the file.
        if padded[amount_at].strip():
            order.amounts.add(padded[amount_at].strip())
        _add(order, padded, table, item=has_item)
        last = number
    return found


def _add(order: ReferenceOrder, cells: Sequence[str], table: Table, *, item: bool) -> None:
    if item:
        order.items += 1
        if "price" in table.roles and (price := cells[table.column("price")].strip()):
            order.prices.append(price)
