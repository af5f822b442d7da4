"""Parquet files of orders, as exports write them and as others may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tui.jobs.exporting.order_writer import write_orders
from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.reading.file_rows import columns_left_out, read_rows
from tui.jobs.importing.reading.import_file import inspect_file
from tui.jobs.importing.reading.row import ImportRow
from tui.orders.order import Order


def rows(path: Path) -> list[ImportRow]:
    """The rows of a file, read as an import reads it."""
    file = inspect_file(path)
    assert file.format == "parquet"
    return list(read_rows(file, ImportOptions()))


def made(path: Path, select: str) -> Path:
    """A file of whatever DuckDB selects."""
    with duckdb.connect() as db:
        db.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def test_orders_come_back_with_their_types(tmp_path: Path) -> None:
    """Null, empty, text that looks like numbers, control characters, keys of any text, items."""
    documents: list[dict[str, Any]] = [
        {
            "id": "ord_1",
            "source_id": 'a "b"',
            "amount": 5,
            "items": [{"price": 1}],
            "metadata": {"n": 5, "t": "5", "none": None, "empty": "", "l": [1, {"x": None}], "\x1b": "\x1b"},
        },
        {"id": "ord_2", "metadata": {"n": 2.5, "t": "null"}},
    ]
    target = tmp_path / "odd [1]*.parquet"
    write_orders([Order.read(document) for document in documents], target, format="parquet")
    found = rows(target)
    assert [row.document for row in found] == documents
    assert [(row.line, row.untyped) for row in found] == [(1, ()), (2, ())]


def test_texts_of_unknown_type_are_named(tmp_path: Path) -> None:
    """Where there is no column ``_json``, as in a Parquet made of the service's CSV."""
    select = """SELECT 's' AS source_id, '5' AS "metadata.n", '007' AS "metadata.t", 7 AS "metadata.typed" """
    (row,) = rows(made(tmp_path / "in.parquet", select))
    assert row.document == {"source_id": "s", "metadata": {"n": "5", "t": "007", "typed": 7}}
    assert row.untyped == ("n",)


def test_columns_of_other_types_are_read(tmp_path: Path) -> None:
    """Lists and objects as they are; times and exact decimals as text, which the field may refuse."""
    select = """SELECT 's' AS source_id, [1, 2] AS "metadata.l", {'a': 1} AS "metadata.o",
    true AS "metadata.b", DATE '2026-01-31' AS "metadata.d",
    12.50::DECIMAL(9, 2) AS amount, 5 AS total_amount"""
    path = made(tmp_path / "in.parquet", select)
    (row,) = rows(path)
    assert row.document is None
    assert [fault.path for fault in row.faults] == ["amount"]
    (row,) = rows(made(path, select.replace("12.50::DECIMAL(9, 2)", "1250")))
    assert row.document == {
        "source_id": "s",
        "amount": 1250,
        "metadata": {"l": [1, 2], "o": {"a": 1}, "b": True, "d": "2026-01-31"},
    }
    assert columns_left_out(inspect_file(path), ImportOptions()) == ("total_amount",)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    """In one line, without a traceback."""
    path = tmp_path / "in.parquet"
    path.write_bytes(b"PAR1" + b"x" * 100)
    with pytest.raises(UnreadableFile, match="the Parquet file cannot be read"):
        rows(path)


def test_unknown_columns_are_refused(tmp_path: Path) -> None:
    """As in a CSV without a mapping."""
    with pytest.raises(UnreadableFile, match="the API does not have"):
        rows(made(tmp_path / "in.parquet", "SELECT 1 AS source_id, 2 AS colour"))
