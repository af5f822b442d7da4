"""Fields, spreadsheet-safe cells, and orders that are written without a job."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tui.jobs.exporting.export_request import ExportRefused, ExportRequest, same_parameters
from tui.jobs.exporting.order_csv import sheet_name
from tui.jobs.exporting.order_writer import write_orders
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.file_rows import read_rows
from tui.jobs.importing.reading.import_file import inspect_file
from tui.orders.order import Order


def test_all_metadata_is_one_field() -> None:
    """The service takes it; beside it a single key would come twice."""
    assert ExportRequest(fields=("id", "metadata")).parameters["fields"] == ["id", "metadata"]
    with pytest.raises(ExportRefused, match=r"holds metadata\.a already"):
        ExportRequest(fields=("metadata", "metadata.a"))


def test_what_cannot_be_exported_is_refused_with_what_was_meant() -> None:
    """Items and misspelt fields never reach the service."""
    with pytest.raises(ExportRefused, match="did you mean “amount”"):
        ExportRequest(fields=("amont",))
    with pytest.raises(ExportRefused, match="cannot be exported"):
        ExportRequest(fields=("items",))
    with pytest.raises(ExportRefused, match="twice"):
        ExportRequest(fields=("id", "id"))


def test_parameters_are_known_again_as_the_service_echoes_them() -> None:
    """Empty things that the service fills in do not make another job of it."""
    asked = ExportRequest(fields=("id",)).parameters
    assert same_parameters(asked, {**asked, "filters": {}, "response_format": "CSV"})
    assert not same_parameters(asked, {**asked, "fields": ["id", "status"]})
    assert not same_parameters(asked, {**asked, "filters": {"status": {}}})
    assert not same_parameters(asked, None)


def test_a_spreadsheet_says_so_in_its_name(tmp_path: Path) -> None:
    """``orders.csv`` becomes ``orders.sheet.csv``, once."""
    named = sheet_name(tmp_path / "orders.csv")
    assert named.name == "orders.sheet.csv"
    assert sheet_name(named) == named


DOCUMENTS = [
    {"id": "ord_1", "source_id": "=a", "amount": 1250, "metadata": {"k": "x,\n'y", "n": 5}, "extra": [None]},
    {"id": "ord_2", "source_id": None, "items": [{"price": 1}], "metadata": {"half": "\ud800"}},
]


def test_loaded_orders_are_written_as_the_api_sent_them(tmp_path: Path) -> None:
    """JSON Lines hold every field, unknown ones and half characters included."""
    target = tmp_path / "seen.jsonl"
    assert write_orders((Order.read(d) for d in DOCUMENTS), target, format="jsonl") == 2
    assert [json.loads(line) for line in target.read_text("utf-8").splitlines()] == DOCUMENTS


@pytest.mark.parametrize("escape", ["none", "spreadsheet"])
def test_what_is_seen_can_be_imported_again(escape: str, tmp_path: Path) -> None:
    """The header are API paths, items are JSON, and the protection of a spreadsheet comes off."""
    target = tmp_path / "seen.csv"
    write_orders([Order.read(DOCUMENTS[0])], target, format="csv", escape=escape)  # type: ignore[arg-type]
    rows = list(read_rows(inspect_file(target), ImportOptions()))
    assert rows[0].document == {
        "id": "ord_1",
        "source_id": "=a",
        "amount": 1250,
        "metadata": {"k": "x,\n'y", "n": 5},
    }


def test_columns_of_the_table_choose_the_fields(tmp_path: Path) -> None:
    """A column that shows a field under another name writes the field."""
    target = tmp_path / "seen.csv"
    order = Order.read({"id": "ord_1", "customer_id": "cust_1", "metadata": {"k": True}})
    write_orders([order], target, format="csv", columns=["id", "customer", "metadata.k"])
    with target.open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["id", "customer_id", "metadata.k", "_json"],
            ["ord_1", "cust_1", "true", '["metadata.k"]'],
        ]


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """In the user's words, and with nothing left behind."""
    with pytest.raises(ExportRefused, match="cannot be written"):
        write_orders([], tmp_path / "missing" / "seen.csv", format="csv")
