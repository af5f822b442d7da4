"""Files that are written while masks are on."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.support.personal import Watch, account, session_masks
from tui.jobs.exporting.csv_converter import convert, document_of
from tui.jobs.exporting.order_writer import write_orders
from tui.orders.order import Order

ORDERS, VALUES = account(45)
WATCH = Watch(VALUES)
FIELDS = (
    "id",
    "amount",
    "metadata.recipient",
    "metadata.email",
    "metadata.note",
    *(f"metadata.{order['metadata']['email']}" for order in ORDERS[:3]),
)


@pytest.fixture
def service_file(tmp_path: Path) -> Path:
    """An export as the service makes it."""
    source = tmp_path / "service.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        for order in ORDERS:
            values = [order["metadata"].get(name.removeprefix("metadata."), "") for name in FIELDS[2:]]
            writer.writerow([order["id"], order["amount"], *values])
    return source


@pytest.mark.parametrize("escape", ["none", "spreadsheet"])
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_downloaded_export_is_masked_by_column(
    service_file: Path, tmp_path: Path, suffix: str, escape: str
) -> None:
    """Cells, free texts and names of columns; ids and amounts are exact, and nothing is learnt too late."""
    target, masks = tmp_path / f"masked.{suffix}", session_masks()
    masks.put_on()
    lasting = masks.lasting()
    masks.take_off()
    rows = convert(service_file, target, FIELDS, format=suffix, escape=escape, masks=lasting)  # type: ignore[arg-type] # one of them
    text = target.read_text(encoding="utf-8-sig")
    assert rows == len(ORDERS)
    assert WATCH.found(text) == []
    assert all(order["id"] in text and str(order["amount"]) in text for order in ORDERS)


def test_a_filter_of_ours_sees_the_real_values(service_file: Path, tmp_path: Path) -> None:
    """Which orders are kept does not depend on masks."""
    target, masks = tmp_path / "masked.jsonl", session_masks()
    masks.put_on()
    wanted = ORDERS[7]["metadata"]["email"]
    rows = convert(
        service_file,
        target,
        FIELDS,
        keep=lambda document: document.get("metadata", {}).get("email") == wanted,
        masks=masks.lasting(),
    )
    assert rows == 1
    assert json.loads(target.read_text())["id"] == ORDERS[7]["id"]


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_what_is_shown_is_exported_masked(tmp_path: Path, suffix: str) -> None:
    """The loaded orders, whole or in columns."""
    target, masks = tmp_path / f"seen.{suffix}", session_masks()
    masks.put_on()
    orders = [Order.read(order) for order in ORDERS]
    count = write_orders(orders, target, format=suffix, masks=masks.lasting())  # type: ignore[arg-type] # one of them
    text = target.read_text(encoding="utf-8")
    assert count == len(ORDERS)
    assert WATCH.found(text) == []
    assert all(order["id"] in text for order in ORDERS)


def test_masked_rows_are_documents_of_the_same_shape(service_file: Path, tmp_path: Path) -> None:
    """A masked export is read like any other."""
    target, masks = tmp_path / "masked.csv", session_masks()
    masks.put_on()
    convert(service_file, target, FIELDS, format="csv", masks=masks.lasting())
    with target.open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    assert len(header) == len(FIELDS)
    assert [document_of(record, header)["id"] for record in records] == [order["id"] for order in ORDERS]
