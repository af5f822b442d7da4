"""Files that hold no orders, or something else than rows of text, are refused before anything is sent."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.jobs.importing.conftest import Bench
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.reading.import_file import detect_format


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook"),
        (b"<!doctype html><table>", "a web page"),
        (b'<?xml version="1.0"?>', "XML"),
        (b"\x28\xb5\x2f\xfd0", "packed by zstd"),
    ],
)
def test_files_of_other_kinds_are_named(start: bytes, kind: str, tmp_path: Path) -> None:
    """With what to do instead."""
    path = tmp_path / "orders.csv"
    path.write_bytes(start + b"\0" * 50)
    with pytest.raises(ImportRefused, match=kind) as refused:
        detect_format(path)
    assert "import that file" in refused.value.hint


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "an Excel workbook"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "an OpenDocument spreadsheet"),
        ({"orders.csv": "source_id\n1\n"}, "a zip archive"),
    ],
)
def test_archives_are_told_apart(members: dict[str, str], kind: str, tmp_path: Path) -> None:
    """A workbook is saved as CSV, an archive is unpacked."""
    path = tmp_path / "orders.csv"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    with pytest.raises(ImportRefused, match=kind):
        detect_format(path)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "has none of the fields"),
        ({"code": 401, "key": "unauthorized", "message": "Unauthorized"}, "has none of the fields"),
        ({"amount": None, "metadata": {}, "source_id": ""}, "has none of the fields"),
        ({"object": "list", "data_ref": "orders", "orders": [{"id": "ord_1"}]}, "under “orders”"),
        ({"data": [{"source_id": "1"}], "total": 1}, "under “data”"),
    ],
)
@pytest.mark.parametrize("form", ["[{}]", "{}\n", "pretty"])
async def test_objects_that_are_no_orders_are_refused(
    document: dict[str, object], said: str, form: str, bench: Bench, tmp_path: Path
) -> None:
    """An empty order would be made of each."""
    path = tmp_path / "in.json"
    pretty = json.dumps(document, indent=2).replace("[\n    {", "[{").replace("\n    }", "}")
    path.write_text(pretty if form == "pretty" else form.replace("{}", json.dumps(document)))
    plan = await bench.engine.plan(path)
    assert plan.checked.good == 0
    assert said in str(plan.checked.findings[0])
    assert plan.obstacle is not None


async def test_an_order_over_several_lines_is_one_row(bench: Bench, tmp_path: Path) -> None:
    """As programs print it for people; a line of it is not an order."""
    path = tmp_path / "in.json"
    items = '[\n{"product_id": "i-1", "price": 5}\n]'
    path.write_text(f'\ufeff{{\n"source_id": "a",\n"items":\n{items}\n}}\n')
    plan = await bench.engine.plan(path)
    assert plan.describe_findings() == "1 of 1 row can be imported"
    await bench.engine.start(plan)
    assert set(bench.service.orders) == {"a"}


async def test_blank_rows_are_counted_in_the_plan(bench: Bench, tmp_path: Path) -> None:
    """And are not rows: nothing of them is sent."""
    path = tmp_path / "in.csv"
    path.write_text("source_id,amount\na,5\n,\n,\nb,6\n,\n")
    plan = await bench.engine.plan(path)
    assert plan.describe_findings() == "2 of 2 rows can be imported, 3 rows without any value skipped"
    await bench.engine.start(plan)
    assert set(bench.service.orders) == {"a", "b"}


@pytest.mark.parametrize("policy", ["error", "first", "last"])
async def test_scattered_lines_of_an_order_are_refused(policy: str, bench: Bench, tmp_path: Path) -> None:
    """None of its parts is the whole order, whatever is done about duplicates."""
    path = tmp_path / "in.csv"
    path.write_text("source_id,items.price\na,5\nb,6\na,7\n")
    plan = await bench.engine.plan(path, ImportOptions(duplicates=policy))  # type: ignore[arg-type]
    assert (plan.checked.good, plan.checked.faulty) == (1, 2)
    assert [finding.line for finding in plan.checked.findings] == [2, 4]
    assert "also on line 4" in plan.checked.findings[0].message
    await bench.engine.start(plan)
    assert set(bench.service.orders) == {"b"}


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
async def test_true_dates_are_kept_as_the_api_writes_times(suffix: str, bench: Bench, tmp_path: Path) -> None:
    """What is no date, or would take the place of something else, is a fault."""
    dates = ["2024-01-05 14:03:11 -0500", "2024-01-05T14:03:11Z", "not a date", "05/01/2024", ""]
    path = tmp_path / f"in.{suffix}"
    if suffix == "csv":
        lines = [f"{n},{date},x" for n, date in enumerate(dates)]
        path.write_text("\n".join(["Order,Order Date,Note", *lines]) + "\n")
    else:
        orders = [{"source_id": str(n), **({"created_at": d} if d else {})} for n, d in enumerate(dates)]
        taken = {"source_id": "t", "created_at": "2024-01-05", "metadata": {"ordered_at": "x"}}
        path.write_text("".join(json.dumps(order) + "\n" for order in [*orders, taken]))
    columns = (MappedColumn("Order", "source_id"), MappedColumn("Order Date", "created_at", "time"))
    options = ImportOptions(
        mapping=ColumnMapping("m", columns) if suffix == "csv" else None, keep_created_at_as="ordered_at"
    )
    plan = await bench.engine.plan(path, options)
    assert {finding.line for finding in plan.checked.findings} == {4, 5} if suffix == "csv" else {3, 4, 6}
    await bench.engine.start(plan)
    kept = {name: order.get("metadata") for name, order in bench.service.orders.items()}
    assert kept == {
        "0": {"ordered_at": "2024-01-05T19:03:11.000Z"},
        "1": {"ordered_at": "2024-01-05T14:03:11.000Z"},
        "4": None,
    }
