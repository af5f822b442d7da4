"""Parquet files: every value back as it was, typed, or a clear refusal and no file."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.jobs.exporting.test_export_download import names
from tests.support.clocks import FakeClock
from tests.support.fake_downloads import FakeExports
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import ExportRefused, ExportRequest, format_of
from tui.jobs.exporting.order_writer import write_orders
from tui.orders.order import Order


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, times as epoch microseconds."""
    with duckdb.connect() as db:
        found = db.execute(f"SELECT * REPLACE (epoch_us(created_at) AS created_at) FROM '{path}'")
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def types(path: Path) -> dict[str, str]:
    """The type of each column."""
    with duckdb.connect() as db:
        return {row[0]: row[1] for row in db.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC))
ORDERS = st.fixed_dictionaries(
    {"id": TEXTS},
    optional={
        "source_id": st.none() | TEXTS,
        "amount": st.none() | st.integers(-(2**63), 2**63 - 1),
        "created_at": st.none() | MOMENTS.map(datetime.isoformat),
        "metadata": st.fixed_dictionaries({}, optional={'a "b"': st.none() | TEXTS, "c": TEXTS}),
    },
)


@given(st.lists(ORDERS, max_size=5))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_value_comes_back_as_it_was(tmp_path: Path, documents: list[dict[str, Any]]) -> None:
    """Quotes, newlines, any script, the ends of 64 bits, microseconds; null and empty are two things."""
    target = tmp_path / "seen.parquet"
    fields = ["id", "source_id", "amount", "created_at", 'metadata.a "b"', "metadata.c"]
    orders = [Order.read(document) for document in documents]
    assert write_orders(orders, target, overwrite=True, format="parquet", columns=fields) == len(documents)
    expected = []
    for document in documents:
        created, metadata = document.get("created_at"), document.get("metadata", {})
        since = datetime.fromisoformat(created) - EPOCH if created else None
        expected.append(
            {
                "id": document["id"],
                "source_id": document.get("source_id"),
                "amount": document.get("amount"),
                "created_at": since // timedelta(microseconds=1) if since is not None else None,
                'metadata.a "b"': metadata.get('a "b"'),
                "metadata.c": metadata.get("c"),
                "_json": '["metadata.a \\"b\\""]' if metadata.get('a "b"', "") is None else None,
            }
        )
    assert read(target) == expected


def test_the_columns_have_types(tmp_path: Path) -> None:
    """Amounts are 64-bit integers, times are instants in UTC, all else is text; the file is the user's."""
    target = tmp_path / "it's.parquet"
    order = Order.read({"id": "ord_1", "amount": 5, "created_at": "2026-01-31T14:05:00.123Z", "items": [{}]})
    write_orders([order], target, overwrite=True, format="parquet")
    found = types(target.rename(tmp_path / "plain.parquet"))
    assert (found["amount"], found["total_amount"]) == ("BIGINT", "BIGINT")
    assert (found["created_at"], found["updated_at"]) == ("TIMESTAMP WITH TIME ZONE",) * 2
    assert (found["id"], found["items"]) == ("VARCHAR", "VARCHAR")
    assert stat.S_IMODE((tmp_path / "plain.parquet").stat().st_mode) == 0o600
    assert names(tmp_path) == ["plain.parquet"]


async def test_an_export_comes_down_as_parquet(tmp_path: Path) -> None:
    """From the service's CSV: empty cells are null, amounts are read in both ways they may be written."""
    body = (
        b"ID,Status,Amount,Created,Note\n"
        b'ord_1,PAID,7700,2026-01-31T14:05:00.123Z,"a ""b"",\nc"\n'
        b"ord_2,,7700.00,,\n"
    )
    request = ExportRequest(fields=("id", "status", "amount", "created_at", "metadata.note"))
    target = tmp_path / "orders.parquet"
    clock = FakeClock()
    result = await ExportEngine(FakeExports(clock, body), clock=clock).export(
        request, target, format="parquet"
    )
    assert (result.rows, result.format, names(tmp_path)) == (2, "parquet", ["orders.parquet"])
    moment = 1_769_868_300_123_000
    assert [tuple(row.values()) for row in read(target)] == [
        ("ord_1", "PAID", 7700, moment, 'a "b",\nc'),
        ("ord_2", None, 7700, None, None),
    ]


async def test_a_filter_of_ours_keeps_what_it_wants(tmp_path: Path) -> None:
    """What the service cannot filter is left out here."""
    body = b"ID,Amount,Created\nord_1,1,\nord_2,2,\n"
    target = tmp_path / "orders.parquet"
    clock = FakeClock()
    request = ExportRequest(fields=("id", "amount", "created_at"))
    engine = ExportEngine(FakeExports(clock, body), clock=clock)
    result = await engine.export(
        request, target, format="parquet", keep=lambda document: bool(document["amount"] == 2)
    )
    assert (result.rows, result.exported) == (1, 2)
    assert [row["id"] for row in read(target)] == ["ord_2"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amount", "12", "is '12', which is not a whole number"),
        ("amount", 2**63, "not a whole number"),
        ("amount", True, "not a whole number"),
        ("created_at", "yesterday", "not a time"),
    ],
)
def test_what_fits_no_column_is_refused(field: str, value: Any, said: str, tmp_path: Path) -> None:
    """Rather than lost: the order and the field are named, and an older file is as it was."""
    target = tmp_path / "seen.parquet"
    target.write_text("old")
    with pytest.raises(ExportRefused, match=said):
        write_orders([Order.read({"id": "ord_7", field: value})], target, overwrite=True, format="parquet")
    assert (target.read_text(), names(tmp_path)) == ("old", ["seen.parquet"])


async def test_a_form_that_parquet_lacks_asks_nothing_of_the_service(tmp_path: Path) -> None:
    """It is refused before the first call."""
    clock = FakeClock()
    service = FakeExports(clock, b"")
    engine = ExportEngine(service, clock=clock)
    with pytest.raises(ExportRefused, match="only a CSV is made safe"):
        await engine.export(ExportRequest(), tmp_path / "x.parquet", format="parquet", escape="spreadsheet")
    assert (service.asked, names(tmp_path)) == ([], [])


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """In the user's words, and with nothing left behind."""
    with pytest.raises(ExportRefused, match="cannot be written"):
        write_orders([], tmp_path / "missing" / "seen.parquet", format="parquet")


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.csv", "csv"), ("a", "csv"), ("a.jsonl", "jsonl"), ("a.NDJSON", "jsonl"), ("a.b.parquet", "parquet")],
)
def test_a_name_says_the_form(name: str, form: str) -> None:
    """What is not known is CSV."""
    assert format_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a.json", "a.csv.gz", "A.XLSX", "a.zip", "orders.ods"])
def test_a_name_of_another_kind_of_file_is_refused(name: str) -> None:
    """CSV in a file called a.json or a.csv.gz is read by no program, nor by an import."""
    with pytest.raises(ExportRefused, match="an export is not a"):
        format_of(Path(name))


MEMORY = """
import resource, sys
from pathlib import Path
from tui.jobs.exporting.csv_converter import convert
rows = int(sys.argv[1])
source = Path(sys.argv[2]) / "in.csv"
with source.open("w") as out:
    out.write("a,b,c,d\\n")
    for n in range(rows):
        note = f"a note of order {n * 7919 % 1000003}, long and plain"
        out.write(f'ord_{n:018x},{n},2026-01-31T14:05:00.123Z,"{note}"\\n')
fields = ("id", "amount", "created_at", "metadata.note")
assert convert(source, source.with_suffix(".parquet"), fields, overwrite=True, format="parquet") == rows
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """100,000 rows take at most 64 MiB more than 5,000."""
    peaks = []
    for rows in (5000, 100_000):
        command = [sys.executable, "-c", MEMORY, str(rows), str(tmp_path)]
        peaks.append(int(subprocess.run(command, check=True, capture_output=True).stdout))
    assert peaks[1] - peaks[0] <= 64, peaks
