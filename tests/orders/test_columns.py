"""The columns of the orders table."""

import pytest

from tui.orders.columns import COLUMNS, DEFAULT_COLUMNS, column, sorted_by
from tui.orders.order import Order

ORDER = Order.read(
    {
        "id": "ord_1",
        "status": "PAID",
        "amount": 123450,
        "created_at": "2026-01-31T14:05:09.123Z",
        "items": [{"product": {"name": "Kettle"}}, {"sku": {"sku": "K-2"}}],
        "metadata": {"channel": "web", "tags": ["a", "b"]},
    }
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("status", "PAID"),
        ("amount", "1,234.50"),
        ("created_at", "2026-01-31 14:05"),
        ("updated_at", ""),
        ("items", "2"),
        ("products", "Kettle, K-2"),
        ("metadata.channel", "web"),
        ("metadata.tags", "a, b"),
        ("metadata.none", ""),
    ],
)
def test_cells_are_written_for_people(name: str, text: str) -> None:
    """Amounts from minor units, times in UTC, what is absent is empty."""
    assert column(name).text(ORDER) == text


@pytest.mark.parametrize(("descending", "amounts"), [(False, [1, 5, None]), (True, [5, 1, None])])
def test_missing_values_sort_last(descending: bool, amounts: list[int | None]) -> None:
    """An order without an amount comes after those with one, in both directions."""
    orders = [Order.read({"amount": amount} if amount else {}) for amount in (None, 5, 1)]
    assert [o.amount for o in sorted_by(orders, column("amount"), descending=descending)] == amounts


def test_metadata_of_mixed_types_can_be_sorted() -> None:
    """Numbers, texts, lists and flags under one key never break the sort."""
    by = column("metadata.x")
    orders = [Order.read({"metadata": {"x": value}}) for value in (3, "b", ["a"], True, None, 1.5, {"k": 1})]
    assert len(sorted(orders, key=by.key)) == len(orders)


def test_only_the_two_times_are_sorted_by_the_server() -> None:
    """Sorting anything else covers what is loaded only."""
    assert {name for name, known in COLUMNS.items() if known.server_order} == {"created_at", "updated_at"}


def test_the_default_columns_exist() -> None:
    """The dashboard's columns are all in the registry."""
    assert set(DEFAULT_COLUMNS) <= set(COLUMNS)


def test_an_unknown_column_is_an_error() -> None:
    """A misspelt name is not an empty column."""
    with pytest.raises(KeyError):
        column("amuont")


@pytest.mark.parametrize(
    ("name", "document", "text"),
    [
        ("amount", {"amount": True}, "! true"),
        ("amount", {"amount": 12000.5}, "! 12000.5"),
        ("amount", {"amount": "12000"}, '! "12000"'),
        ("amount", {"amount": 12000.0}, "120.00"),
        ("status", {"status": 5}, "! 5"),
        ("id", {"id": 17}, "! 17"),
        ("created_at", {"created_at": "yesterday"}, '! "yesterday"'),
        ("created_at", {"created_at": 1700000000}, "! 1700000000"),
        ("items", {"items": {"a": 1}}, '! {"a": 1}'),
        ("items", {"items": [{"quantity": "two"}]}, "1"),
        ("metadata.x", {"metadata": [1]}, "! [1]"),
        ("customer", {"customer_id": False}, "! false"),
        ("amount", {"amount": None}, ""),
    ],
)
def test_a_value_of_an_unexpected_type_is_shown_as_it_came(
    name: str, document: dict[str, object], text: str
) -> None:
    """It was shown as 0.01, or as nothing."""
    assert column(name).text(Order.read({"id": "ord_1", **document})) == text
