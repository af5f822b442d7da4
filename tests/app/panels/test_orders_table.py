"""Orders as rows of a table."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.support.fake_orders import make_order
from tui.app.panels.orders_table import (
    CHANGED,
    HIDING,
    HIDING_AND_CHANGED,
    NEW,
    OrdersTableSource,
    arrow,
    known_columns,
    table_columns,
)
from tui.orders.order import Order
from tui.orders.orders_snapshot import LocalSort, OrdersSnapshot

READ = datetime(2026, 11, 23, tzinfo=UTC)


def loaded(*orders: Order, onto: OrdersSnapshot | None = None) -> OrdersSnapshot:
    """A snapshot of these orders."""
    return (onto or OrdersSnapshot()).add_page(
        orders, page=1, total=len(orders), read_at=READ, server_order="-created_at"
    )


def test_cells_are_made_visible_and_aligned() -> None:
    """Text is safe, amounts are written for people and stand right, a status has its style."""
    source = OrdersTableSource(loaded(make_order(1, source_id="a\x1b[2J")), ("status", "source_id", "amount"))
    status, source_id, amount = source.cells(0)
    assert (status.text, status.style) == ("PAID", "status--paid")
    assert source_id.text == "a^[[2J"
    assert (amount.text, amount.align) == ("20.74", "right")


def test_an_unknown_status_has_the_style_of_others() -> None:
    """A legacy or new status is shown as it came."""
    cells = OrdersTableSource(loaded(make_order(1, status="PROCESSING")), ("status",)).cells(0)
    assert (cells[0].text, cells[0].style) == ("PROCESSING", "status--other")


def test_what_a_later_reading_changed_is_noted_cell_by_cell() -> None:
    """The row says that it changed or is new, and only the cells that differ are styled."""
    first = loaded(make_order(1), make_order(2))
    source = OrdersTableSource(
        loaded(make_order(3), make_order(1, amount=1), make_order(2), onto=first), ("id", "amount")
    )
    assert [source.note(index) for index in range(3)] == [NEW, CHANGED, None]
    assert [cell.style for cell in source.cells(1)] == ["", "order--changed"]


def test_a_row_that_hides_something_is_marked() -> None:
    """Wherever in the order it is, and rather than that the order is new; what changed keeps its style."""
    first = loaded(make_order(1), make_order(2, metadata={"note": "a\u200b"}))
    later = (make_order(1, items=[{"product": {"name\u202e": "x"}}]), make_order(3), make_order(2))
    source = OrdersTableSource(loaded(*later, onto=first), ("id",))
    assert [source.note(index) for index in range(3)] == [HIDING_AND_CHANGED, NEW, CHANGED]
    assert OrdersTableSource(first, ("id",)).note(1) == HIDING


def test_only_rows_that_are_drawn_are_looked_through() -> None:
    """A source of many orders costs nothing until it is drawn, and a row is looked through once."""
    asked: list[int] = []

    class Watched(dict[str, object]):
        def values(self) -> object:  # type: ignore[override]
            asked.append(1)
            return super().values()

    source = OrdersTableSource(loaded(Order.read(Watched(id="a")), Order.read(Watched(id="b"))), ("id",))
    assert not asked
    assert [source.note(0) for _ in range(5)] == [None] * 5
    assert len(asked) == 1


def test_rows_are_found_by_id() -> None:
    """Key and index lead to each other."""
    source = OrdersTableSource(loaded(make_order(1), make_order(2)), ("id",))
    assert source.row_index(source.row_key(1)) == 1
    assert source.row_index("ord_none") is None


def test_the_arrow_is_on_the_column_that_sorts() -> None:
    """The server's order, or the local sort while there is one."""
    known = loaded(make_order(1))
    assert arrow("created_at", known) == "↓"
    local = known.with_sort(LocalSort("amount"))
    assert (arrow("created_at", local), arrow("amount", local)) == ("", "↑")
    assert [column.arrow for column in table_columns(("amount", "id"), local)] == ["↑", ""]


def test_metadata_keys_become_columns() -> None:
    """Those of the loaded orders, after the built-in ones."""
    assert known_columns(loaded(make_order(1)))[-2:] == ("metadata.basket", "metadata.channel")
