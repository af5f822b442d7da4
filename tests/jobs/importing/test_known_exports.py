"""Exports of known shops: recognised by their headers, and read as their shops mean them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.conftest import Bench
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.known_exports import known_exports, recognize_export
from tui.jobs.importing.mapping.mapping_store import MappingStore
from tui.jobs.importing.reading.csv_orders import read_csv
from tui.jobs.importing.reading.csv_sample import read_sample

EXPORTS = Path(__file__).parent / "exports"

ORDERS: dict[str, list[dict[str, Any]]] = {
    "shopify": [
        {
            "source_id": "#1",
            "status": "CANCELED",
            "amount": 1500,
            "customer": {"email": "a@b.c"},
            "items": [
                {
                    "quantity": 2,
                    "product": {"name": "Mug"},
                    "price": 700,
                    "sku": {"source_id": "M-1"},
                    "metadata": {"vendor": "V1"},
                },
                {"quantity": 1, "product": {"name": "Tote"}, "price": 200, "metadata": {"vendor": "V2"}},
            ],
        },
        {"source_id": "#2", "status": "CREATED", "amount": 2500},
    ],
    "woocommerce": [
        {"source_id": "12", "status": "PAID", "amount": 5700, "customer": {"email": "a@b.c"}},
        {"source_id": "13", "status": "CREATED", "amount": 123450},
    ],
    "woocommerce-items": [
        {
            "source_id": "12",
            "status": "FULFILLED",
            "amount": 5700,
            "items": [
                {
                    "quantity": 2,
                    "product": {"name": "Mug"},
                    "price": 1600,
                    "sku": {"source_id": "M-1"},
                    "metadata": {"line": "1", "coupon_code": "TEN", "discount_amount": "1.00"},
                },
                {
                    "quantity": 1,
                    "product": {"name": "Tote"},
                    "price": 2500,
                    "sku": {"source_id": "T-1"},
                    "metadata": {"line": "2"},
                },
            ],
        }
    ],
    "magento": [
        {
            "source_id": "000000012",
            "status": "PAID",
            "amount": 5700,
            "customer": {"email": "a@b.c", "name": "T P"},
        },
        {"source_id": "000000013", "status": "CANCELED", "amount": 2500},
    ],
    "bigcommerce": [
        {
            "source_id": "101",
            "status": "PAID",
            "amount": 5720,
            "customer": {"source_id": "7", "email": "a@b.c"},
        },
        {"source_id": "102", "status": "FULFILLED", "amount": 2750, "customer": {"email": "c@d.e"}},
    ],
    "stripe": [
        {
            "source_id": "ch_1",
            "status": "PAID",
            "amount": 5700,
            "created_at": "2024-01-05T14:03:00.000Z",
            "customer": {"source_id": "cus_7", "email": "a@b.c"},
        },
        {"source_id": "ch_2", "status": "CANCELED", "amount": 1500},
    ],
    "square": [{"source_id": "T-1", "amount": 101450, "customer": {"source_id": "C1"}}],
    "square-items": [
        {
            "source_id": "T-1",
            "items": [
                {"product": {"name": "Tea"}, "quantity": 1, "sku": {"source_id": "T"}, "amount": 550},
                {"product": {"name": "Cake"}, "quantity": 2, "amount": 100700},
            ],
        }
    ],
    "amazon": [
        {
            "source_id": "111-1",
            "status": "FULFILLED",
            "created_at": "2024-01-05T14:03:11.000Z",
            "items": [
                {"product": {"name": "Mug"}, "sku": {"source_id": "M-1"}, "quantity": 1, "amount": 1250},
                {
                    "product": {"name": '"Wide desk 27'},
                    "sku": {"source_id": "D-1"},
                    "quantity": 2,
                    "amount": 9900,
                },
            ],
        },
        {"source_id": "111-2", "status": "CANCELED"},
    ],
}
"""What the orders of each sample in ``exports`` must have, by the name of the format."""


def within(expected: Any, found: Any) -> bool:
    """Whether everything that is expected was found; members of objects may be more."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(within(v, found.get(k)) for k, v in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(within, expected, found))
    return bool(expected == found)


def test_every_known_format_has_a_sample() -> None:
    """Its mapping is sound, and no two formats have one name."""
    assert {known.name for known in known_exports()} == set(ORDERS)
    for known in known_exports():
        known.check()
        assert known.title
        assert set(known.recognised_by) <= {column.header for column in known.columns}


@pytest.mark.parametrize("name", ORDERS)
def test_a_sample_is_recognised_and_read(name: str) -> None:
    """Lines become items, words statuses, and each amount has the decimals of its currency."""
    path, orders = EXPORTS / f"{name}.csv", ORDERS[name]
    seen = read_sample(path)
    known = recognize_export(seen.titles)
    assert known is not None
    assert known.name == name
    assert seen.dialect == known.dialect
    rows = list(read_csv(io.BytesIO(path.read_bytes()), known, known.dialect))
    assert [row.faults for row in rows] == [()] * len(orders)
    for row, expected in zip(rows, orders, strict=True):
        assert within(expected, row.document), row.document


@pytest.mark.parametrize("name", ORDERS)
async def test_a_sample_is_imported(name: str, bench: Bench, tmp_path: Path) -> None:
    """By the name of its format, as a saved mapping is; a mapping of the user's takes its place."""
    path = EXPORTS / f"{name}.csv"
    store = MappingStore(tmp_path / "mappings")
    known = store.load(name)
    plan = await bench.engine.plan(path, ImportOptions(mapping=known))
    assert (plan.checked.good, plan.checked.faulty) == (len(ORDERS[name]), 0)
    remarks = "\n".join(plan.remarks())
    has_amounts = any("amount" in order for order in ORDERS[name])
    assert ("No order in this file has an amount." in remarks) != has_amounts
    await bench.engine.start(plan)
    assert set(bench.service.orders) == {order["source_id"] for order in ORDERS[name]}
    assert name in store.loadable()
    assert name not in store.names()
    assert store.free_name(name) != name


@pytest.mark.parametrize(
    "titles", [("Name", "Email"), ("id", "Amount", "Currency"), ("Order", "Total"), ("source_id", "amount")]
)
def test_other_files_are_not_recognised(titles: tuple[str, ...]) -> None:
    """Some titles in common are not enough."""
    assert recognize_export(titles) is None
