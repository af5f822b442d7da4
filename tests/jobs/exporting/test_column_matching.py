"""Which column of an export's CSV holds which field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clocks import FakeClock
from tests.support.fake_downloads import FakeExports
from tui.jobs.exporting.column_matching import TITLES, match_columns
from tui.jobs.exporting.export_engine import ExportEngine
from tui.jobs.exporting.export_request import FIELDS, ExportRefused, ExportRequest

METADATA = ("metadata.channel", "metadata.order no", "metadata.a,b")


@given(st.permutations([*FIELDS, *METADATA]), st.randoms(use_true_random=False), st.booleans())
def test_known_titles_decide_whatever_their_order(fields: list[str], rng: object, titles: bool) -> None:
    """The service writes the same fields in another order: each column keeps its own."""
    shuffled = list(fields)
    rng.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    header = [(TITLES[f] if titles else f) if f in FIELDS else f.removeprefix("metadata.") for f in shuffled]
    assert match_columns(header, fields) == tuple(shuffled)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["ID", "Creation Date", "Order Value"], ["id", "created_at", "amount"]),
        (["Column 1", "Column 2"], ["id", "metadata.channel"]),
        (["status", "status"], ["status", "metadata.status"]),
        (["Status", "Channel"], ["metadata.Status", "metadata.channel"]),
    ],
)
def test_unknown_titles_leave_the_position(header: list[str], fields: list[str]) -> None:
    """The header of an export is not documented."""
    assert match_columns(header, fields) == tuple(fields)


@pytest.mark.parametrize(
    ("header", "fields", "paths"),
    [
        (["status", "Status"], ["status", "metadata.status"], ["metadata.status", "status"]),
        (["Status", "Note", "ID"], ["id", "status", "metadata.note"], ["status", "metadata.note", "id"]),
        (["Source ID", "ID", "When"], ["id", "source_id", "created_at"], ["source_id", "id", "created_at"]),
    ],
)
def test_titles_that_name_another_order_are_followed(
    header: list[str], fields: list[str], paths: list[str]
) -> None:
    """As long as they leave one possibility."""
    assert match_columns(header, fields) == tuple(paths)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["ID", "Total Amount"], ["id", "amount"]),
        (["Source ID", "ID", "When", "Who"], ["id", "source_id", "created_at", "customer_id"]),
        (["ID", "ID"], ["id", "source_id"]),
        (["ID"], ["id", "source_id"]),
        (["ID", "channel", "Source ID"], ["metadata", "id", "status"]),
        (["ID", "channel", "channel"], ["id", "metadata"]),
    ],
)
def test_titles_that_contradict_the_fields_refuse_the_file(header: list[str], fields: list[str]) -> None:
    """Values under wrong names are worse than none."""
    with pytest.raises(ExportRefused, match="cannot be read"):
        match_columns(header, fields)


@pytest.mark.parametrize(
    ("header", "fields", "records", "paths"),
    [
        (["ID", "a", "b", "Status"], ["id", "metadata", "status"], [], "id metadata.a metadata.b status"),
        (["ID", "metadata.a"], ["id", "metadata"], [], "id metadata.a"),
        (["ID", "Status"], ["id", "metadata", "status"], [], "id status"),
        (["ID", "Metadata"], ["id", "metadata"], [["o", '{"a":1}'], ["p", ""]], "id metadata"),
        (["ID", "metadata"], ["id", "metadata"], [["o", "text"]], "id metadata.metadata"),
        (["a", "Status", "b", "ID"], ["id", "metadata", "status"], [], "metadata.a status metadata.b id"),
    ],
)
def test_all_metadata_is_a_column_a_key_or_one_of_json(
    header: list[str], fields: list[str], records: list[list[str]], paths: str
) -> None:
    """Both shapes that the service may use are read, wherever the field stands."""
    assert match_columns(header, fields, records) == tuple(paths.split())


async def exported(fields: tuple[str, ...], body: bytes, target: Path) -> int:
    """Make an export whose file is this; returns its rows."""
    clock = FakeClock()
    result = await ExportEngine(FakeExports(clock, body), clock=clock).export(
        ExportRequest(fields=fields), target
    )
    return result.rows


async def test_json_lines_follow_the_titles_and_name_what_may_be_typed(tmp_path: Path) -> None:
    """The columns came in another order; the text 5 may be a number, 007 cannot."""
    target = tmp_path / "orders.jsonl"
    body = b"qty,ID,zip\n5,ord_1,007\nmany,ord_2,\n"
    clock = FakeClock()
    request = ExportRequest(fields=("id", "metadata.qty", "metadata.zip"))
    await ExportEngine(FakeExports(clock, body), clock=clock).export(request, target, format="jsonl")
    assert [json.loads(line) for line in target.read_text().splitlines()] == [
        {"metadata": {"qty": "5", "zip": "007"}, "id": "ord_1", "_untyped": ["metadata.qty"]},
        {"metadata": {"qty": "many"}, "id": "ord_2"},
    ]


async def test_a_blank_line_of_one_column_is_an_order(tmp_path: Path) -> None:
    """An order without the only field that was asked for is in the file and counted."""
    target = tmp_path / "orders.csv"
    assert await exported(("source_id",), b"Source ID\na\n\n\nb\n\n", target) == 5
    assert target.read_text() == 'source_id\na\n""\n""\nb\n""\n'
    target.unlink()
    await exported(("source_id",), b"Source ID\n\n", target)
    assert target.read_text() == 'source_id\n""\n'
