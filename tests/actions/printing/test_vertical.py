"""Records a field a line."""

from tui.actions.printing import written
from tui.actions.printing.table import painter
from tui.actions.results import DocumentsResult, OrdersResult
from tui.orders.columns import column
from tui.orders.order import Order

ORDERS = [
    Order.read({"id": "ord_1", "status": "PAID", "amount": 1250}),
    Order.read({"id": "ord_2", "status": "CREATED\x1b[2J"}),
]
COLUMNS = [column("id"), column("status"), column("amount")]
PLAIN = painter(coloured=False)


def test_values_stand_below_each_other() -> None:
    """The vertical form aligns the values and numbers the records as ``_[n]`` does."""
    text = written(OrdersResult(ORDERS[:1], COLUMNS), "vertical", width=20, paint=PLAIN)
    assert text == "[0]\nID      ord_1\nStatus  PAID\nAmount  12.50\n"


def test_lines_are_title_and_value() -> None:
    """The spoken form says which record it is, and leaves out what is missing."""
    text = written(OrdersResult(ORDERS, COLUMNS), "lines", width=None, paint=PLAIN)
    assert text.endswith("\n\n2 of 2\nID: ord_2\nStatus: CREATED^[[2J\n")


def test_documents_have_records_too() -> None:
    """Other documents are written by their fields."""
    result = DocumentsResult([{"id": "exp_1", "status": None, "n": 3}], ("id", "status", "n"))
    assert written(result, "lines", width=None, paint=PLAIN) == "1 of 1\nid: exp_1\nn: 3\n"
    assert written(result, "vertical", width=None, paint=PLAIN) == "[0]\nid      exp_1\nstatus\nn       3\n"
