"""Tables within the width of a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.actions.arguments.filter_and_columns import parse_columns
from tui.actions.printing.table import documents_table, orders_table, painter
from tui.orders.columns import COLUMNS
from tui.orders.order import Order
from tui.terminal.cells import cell_width

PLAIN = painter(coloured=False)
ORDER = {
    "id": "ord_136cbcf196896ee531",
    "status": "FULFILLED",
    "customer": {"source_id": "cust_RwVNu3JZuJqPgTdyTg3XZ"},
    "items": [{}, {}],
    "amount": 11160,
    "total_amount": 11160,
    "created_at": "2026-11-30T10:09:00.000Z",
}

texts = st.text(max_size=40)
orders = st.fixed_dictionaries(
    {
        "id": texts,
        "source_id": texts,
        "status": st.sampled_from(["CREATED", "FULFILLED"]),
        "amount": st.integers(0, 10**15),
        "total_amount": st.integers(0, 10**15),
        "created_at": st.just("2026-11-30T10:09:00.000Z"),
        "customer": st.fixed_dictionaries({"source_id": texts}),
    }
)
columns = st.lists(
    st.sampled_from(list(COLUMNS.values())), min_size=1, max_size=12, unique_by=lambda c: c.name
)


@given(st.lists(orders, max_size=4), columns, st.integers(40, 200))
def test_no_line_is_wider_than_the_terminal(documents: list, chosen: list, width: int) -> None:
    """``ordex list`` at 80 columns broke each row within its date: texts alone gave cells."""
    table = orders_table([Order.read(d) for d in documents], chosen, width=width, paint=PLAIN)
    assert max(map(cell_width, table.split("\n"))) <= width


@given(
    st.lists(texts, min_size=1, max_size=13, unique=True).flatmap(
        lambda fields: st.tuples(
            st.just(fields), st.lists(st.fixed_dictionaries(dict.fromkeys(fields, texts)))
        )
    ),
    st.integers(40, 200),
)
def test_no_line_of_documents_is_wider_either(told: tuple, width: int) -> None:
    """``ordex jobs`` and ``ordex profiles`` stopped at eight cells a field, however many there are."""
    fields, documents = told
    table = "".join(documents_table(documents, fields, width=width, paint=PLAIN))
    assert max(map(cell_width, table.split("\n"))) <= width


def test_the_hour_gives_way_before_an_id_and_an_amount() -> None:
    """At 76 cells the default columns keep what one goes on with; the row broke within its date before."""
    table = orders_table([Order.read(ORDER)], parse_columns(None), width=76, paint=PLAIN)
    row = table.splitlines()[1]
    assert row.split()[1] == ORDER["id"]
    assert (row.count("111.60"), "2026-11-30…" in row) == (2, True)


def test_what_is_no_terminal_gets_all() -> None:
    """Without a width nothing is cut."""
    table = orders_table([Order.read(ORDER)], parse_columns(None), width=None, paint=PLAIN)
    assert "…" not in table
    assert table.rstrip().endswith("2026-11-30 10:09")


def test_who_can_show_records_instead_is_left_the_wide_table() -> None:
    """The REPL asks whether a table fits before it cuts ids."""
    table = orders_table([Order.read(ORDER)], parse_columns(None), width=60, paint=PLAIN, squeezed=False)
    assert max(map(cell_width, table.splitlines())) > 60
