"""Exports from the outside, over a service in memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.jobs.exporting.test_export_download import body_of, names
from tests.support.clocks import FakeClock
from tests.support.fake_downloads import FakeExports, Wire
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import ExportRefused, ExportRequest
from tui.jobs.exporting.progress import ExportProgress
from tui.voucherify.errors import CutOff, ServerError, TimedOut, Unreachable, VoucherifyError

REQUEST = ExportRequest(fields=("id", "source_id", "amount"))


@pytest.mark.parametrize(
    ("error", "processed", "creations", "lists"),
    [
        (CutOff(), True, 1, 1),
        (TimedOut(), False, 2, 1),
        (ServerError(502), True, 1, 1),
        (Unreachable(), False, 2, 0),
    ],
)
async def test_an_export_is_never_blindly_made_twice(
    error: VoucherifyError, processed: bool, creations: int, lists: int, tmp_path: Path
) -> None:
    """After an ambiguous failure the job is looked for; it is made again only where there is none."""
    clock = FakeClock()
    service = FakeExports(clock, body_of(5000))
    service.create_errors = [(error, processed)]
    result = await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert len(service.made) == 1
    assert (service.calls.count("create"), service.calls.count("list")) == (creations, lists)
    assert result.export == "exp_1"


async def test_a_job_of_other_parameters_is_not_taken_for_ours() -> None:
    """A job that somebody else makes at the same time is not adopted."""
    clock = FakeClock()
    service = FakeExports(clock, body_of(5000))
    engine = ExportEngine(service, clock=clock)
    await engine.create(ExportRequest(fields=("id",)))
    service.create_errors = [(CutOff(), False)]
    export = await engine.create(REQUEST)
    assert export.parameters == REQUEST.parameters
    assert len(service.made) == 2


async def test_rows_are_counted_against_the_account(tmp_path: Path) -> None:
    """A file with fewer rows than the account has orders is kept, and the difference is said."""
    clock = FakeClock()
    service = FakeExports(clock, b"ID,Source ID,Amount\nord_1,a,1\nord_2,b,2\n")
    service.total = 5
    result = await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert (result.rows, result.expected, result.difference) == (2, 5, -3)
    counted, rows = result.expected, result.exported
    assert f"the service counted {counted} when the job began, and its file has {rows}" in result.describe()


async def test_a_filtered_export_is_not_counted(tmp_path: Path) -> None:
    """The number of all orders says nothing about a part of them, so the call is saved."""
    clock = FakeClock()
    service = FakeExports(clock, body_of(5000))
    request = ExportRequest(fields=REQUEST.fields, filters={"status": {"conditions": {"$is": "PAID"}}})
    result = await ExportEngine(service, clock=clock).export(request, tmp_path / "orders.csv")
    assert result.difference is None
    assert "count" not in service.calls
    assert service.made[0]["parameters"]["filters"] == {"status": {"conditions": {"$is": "PAID"}}}


async def test_a_job_that_fails_is_an_error(tmp_path: Path) -> None:
    """The service's ERROR leaves no file."""
    clock = FakeClock()
    service = FakeExports(clock, body_of(5000))
    service.fails = True
    with pytest.raises(ExportRefused, match="could not make the export exp_1"):
        await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"ID,Source ID\nord_1,a\n", "2 columns where 3"),
        (b"ID,Source ID,Amount\nord_1,a\n", "line 2: it has 2 cells"),
        (b'ID,Source ID,Amount\nord_1,"a,1\n', "not CSV"),
        (b"ID,Source ID,Amount\nord_1,\xff,1\n", "not UTF-8"),
    ],
)
async def test_an_unsound_file_does_not_get_its_name(body: bytes, said: str, tmp_path: Path) -> None:
    """A file whose columns, quoting or text break is not given out as an export."""
    clock = FakeClock()
    target = tmp_path / "orders.csv"
    with pytest.raises(ExportRefused, match=said):
        await ExportEngine(FakeExports(clock, body), clock=clock).export(REQUEST, target)
    assert not target.exists()


async def test_a_silent_end_within_a_line_is_an_error(tmp_path: Path) -> None:
    """Where neither length nor version is told, a file that always stops in a line is not trusted."""
    clock = FakeClock()
    wire = Wire(tells_length=False, etag=None, ranges=False)
    service = FakeExports(clock, b"ID,Source ID,Amount\nord_1,a,1", wire=wire)
    with pytest.raises(ExportRefused, match="ends within a line"):
        await ExportEngine(service, clock=clock).export(REQUEST, tmp_path / "orders.csv")
    assert not (tmp_path / "orders.csv").exists()


async def test_other_forms_take_columns_by_position(tmp_path: Path) -> None:
    """Whatever the service calls its columns, they are the fields that were asked for, in their order."""
    clock = FakeClock()
    body = b'Id of it,Key,Sum,channel\nord_1,=1+1,7700.00,"a ""b"""\nord_2,,,\n'
    request = ExportRequest(fields=("id", "source_id", "amount", "metadata.channel"))
    engine = ExportEngine(FakeExports(clock, body), clock=clock)
    lines = tmp_path / "orders.jsonl"
    result = await engine.export(request, lines, format="jsonl")
    assert [json.loads(line) for line in lines.read_text().splitlines()] == [
        {"id": "ord_1", "source_id": "=1+1", "amount": 7700, "metadata": {"channel": 'a "b"'}},
        {"id": "ord_2"},
    ]
    assert result.rows == 2
    sheet = tmp_path / "orders.sheet.csv"
    await engine.export(request, sheet, escape="spreadsheet")
    assert sheet.read_text() == (
        "id,source_id,amount,metadata.channel,_sheet\n"
        'ord_1,\'=1+1,7700,"a ""b""",\n'
        "ord_2,,,,\n"
    )  # fmt: skip
    assert names(tmp_path) == ["orders.jsonl", "orders.sheet.csv"]


async def test_what_the_service_cannot_filter_is_filtered_here(tmp_path: Path) -> None:
    """A filter of ours sees each order as a document; both numbers are told."""
    clock = FakeClock()
    body = b"a,b,c\nord_1,x,1\nord_2,y,2\n"
    engine = ExportEngine(FakeExports(clock, body), clock=clock)
    result = await engine.export(
        REQUEST, tmp_path / "orders.csv", keep=lambda document: document["amount"] == 2
    )
    assert (tmp_path / "orders.csv").read_text() == "id,source_id,amount\nord_2,y,2\n"
    assert (result.rows, result.exported) == (1, 2)


async def test_progress_is_told(tmp_path: Path) -> None:
    """From scheduling over the service's states to the bytes that came."""
    clock = FakeClock()
    seen: list[ExportProgress] = []
    engine = ExportEngine(FakeExports(clock, body_of(5000)), clock=clock)
    await engine.export(REQUEST, tmp_path / "orders.csv", on_progress=seen.append)
    assert seen[0].phase == "creating"
    assert {p.status for p in seen if p.phase == "following"} == {"IN_PROGRESS", "DONE"}
    assert any(p.describe().startswith("downloaded ") for p in seen)
