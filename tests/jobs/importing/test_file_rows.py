"""JSON arrays, JSON lines and CSV, row by row, with line numbers that are right."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.import_errors import ImportRefused, UnreadableFile
from tui.jobs.importing.import_options import ImportOptions
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.csv_dialect import Dialect
from tui.jobs.importing.reading import json_orders
from tui.jobs.importing.reading.csv_orders import read_csv
from tui.jobs.importing.reading.file_rows import read_rows
from tui.jobs.importing.reading.import_file import inspect_file, is_unchanged
from tui.jobs.importing.reading.json_orders import read_json_array, read_json_lines

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def array(text: str | bytes) -> list[Any]:
    """The rows of an array."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return list(read_json_array(io.BytesIO(data)))


def table(text: str | bytes, mapping: ColumnMapping | None = None, **dialect: str) -> list[Any]:
    """The rows of a CSV."""
    data = text.encode() if isinstance(text, str) else text
    return list(read_csv(io.BytesIO(data), mapping, Dialect(**dialect)))


@given(
    st.lists(st.dictionaries(TEXT, VALUES, max_size=4), max_size=6),
    st.sampled_from([None, 0, 3]),
    st.integers(1, 40),
)
def test_an_array_is_read_as_json_reads_it(
    orders: list[dict[str, Any]], indent: int | None, chunk: int
) -> None:
    """Whatever the order holds, however it is laid out, wherever the buffer ends."""
    text = "\ufeff" + json.dumps(orders, indent=indent, ensure_ascii=chunk % 2 == 0)
    text = text.encode("utf-8", "ignore").decode()
    kept, json_orders.CHUNK = json_orders.CHUNK, chunk
    try:
        rows = array(text)
    finally:
        json_orders.CHUNK = kept
    assert [row.document for row in rows] == json.loads(text.removeprefix("\ufeff"))
    assert all(json.loads(row.raw) == row.document for row in rows)


def test_rows_of_an_array_know_their_lines() -> None:
    """Also when an order goes over several lines."""
    rows = array('[\n{"a": 1,\n "b": 2},\n\n 5, {"c": 3}\n]\n')
    assert [(row.line, row.document) for row in rows] == [(2, {"a": 1, "b": 2}), (5, None), (5, {"c": 3})]
    assert [row.key for row in rows] == [1, 2, 3]
    assert rows[1].faults[0].message == "must be a JSON object"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[{"a": 1}\n{"b": 2}]', 2, "a comma or ]"),
        ('[{"a": 1},\n{"b": }]', 2, "not JSON"),
        ('[{"a": 1},\n', 2, "ends within"),
        ('[{"a": 1}', 1, "ends within"),
        ('[{"a": "open', 1, "not JSON"),
        ("[]\nmore", 2, "follows the end"),
        ('{"a": 1}', 1, "must be a JSON array"),
        (b'[{"a": "\xff"}]', 1, "not UTF-8"),
        ("[" + "[" * 100_000, 1, "nested too deeply"),
    ],
)
def test_a_broken_array_says_where(text: str | bytes, line: int, said: str) -> None:
    """Rows before the break are handed on, then the line and the reason are told."""
    with pytest.raises(UnreadableFile, match=said) as caught:
        array(text)
    assert caught.value.line == line


def test_a_broken_line_spoils_only_itself() -> None:
    """JSON lines go on after garbage, other encodings and values that are no orders; empty lines count."""
    data = b'\xef\xbb\xbf{"a":1}\n\n{"a":\n\xff\xfe\n[1]\r\n{"b":2}\r\n' + b"[" * 100_000 + b'\n{"c":3}'
    rows = list(read_json_lines(io.BytesIO(data)))
    assert [row.line for row in rows] == [1, 3, 4, 5, 6, 7, 8]
    assert [row.document for row in rows] == [{"a": 1}, None, None, None, {"b": 2}, None, {"c": 3}]
    assert "is not JSON" in rows[1].faults[0].message
    assert "the bytes are not UTF-8 text (column 1)" in rows[2].faults[0].message


def test_columns_are_api_paths_with_their_kinds() -> None:
    """Amounts are whole minor units, metadata is text, empty cells are absent, titles are known."""
    rows = table(
        "Source ID,amount,customer.email,metadata.a.b,items,customer.metadata,total_amount,_reason\n"
        'o-1,7700,a@b.c,5,"[{""price"": 5}]","{""k"": true}",1,x\n'
        "o-2,,,,,,,\n"
    )
    assert rows[0].document == {
        "source_id": "o-1",
        "amount": 7700,
        "customer": {"email": "a@b.c", "metadata": {"k": True}},
        "metadata": {"a.b": "5"},
        "items": [{"price": 5}],
    }
    assert rows[1].document == {"source_id": "o-2"}


def test_repeated_rows_are_the_items_of_one_order() -> None:
    """Consecutive rows of one source_id become its items; their order cells must agree."""
    rows = table(
        "source_id,status,items.product_id,items.quantity,items.product.name\n"
        "o-1,PAID,p-1,2,Tea\no-1,,p-2,1,\no-2,,,,\no-3,PAID,p-1,1,\no-3,CREATED,p-2,x,\n"
    )
    assert [row.line for row in rows] == [2, 4, 5]
    assert rows[0].document == {
        "source_id": "o-1",
        "status": "PAID",
        "items": [
            {"product_id": "p-1", "quantity": 2, "product": {"name": "Tea"}},
            {"product_id": "p-2", "quantity": 1},
        ],
    }
    assert rows[1].document == {"source_id": "o-2"}
    assert [fault.path for fault in rows[2].faults] == ["status", "items.quantity"]
    assert "line 6" in rows[2].faults[0].message


def test_ragged_rows_and_wrong_cells_spoil_their_order_only() -> None:
    """The line of a row is where it begins, also after line ends within quotes."""
    rows = table('source_id,amount\n"a\nb",1\n\nc\nd,12.50\ne,2\n')
    assert [(row.line, row.document is None) for row in rows] == [
        (2, False),
        (5, True),
        (6, True),
        (7, False),
    ]
    assert "1 cells, but the header has 2" in rows[1].faults[0].message
    assert "12.50 is written 1250" in rows[2].faults[0].message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source_id,source_id\n", "occurs twice"),
        ("source_id,Source ID\n", "two columns fill"),
        ("sorce_id\n", "did you mean “source_id”"),
        ("source_id;amount\n", "separated by semicolons"),
        ("items.price\n1\n", "need the column source_id"),
        ('source_id\n"a"b\n', "line 2: this is not CSV"),
        (b"source_id\na\n\xff\n", "line 3: byte 1 is not UTF-8"),
        ("", "has no header"),
    ],
)
def test_a_wrong_header_or_broken_text_is_said(text: str | bytes, said: str) -> None:
    """Nothing of a file whose columns are not certain is imported."""
    with pytest.raises(UnreadableFile, match=said):
        table(text)


def test_other_encodings_and_delimiters_are_used_when_they_are_said() -> None:
    """They are never guessed."""
    assert table("source_id;status\nŁ;PAID\n".encode("cp1250"), delimiter=";", encoding="cp1250")[
        0
    ].document == {
        "source_id": "Ł",
        "status": "PAID",
    }


def test_a_mapping_gives_columns_their_fields_and_kinds() -> None:
    """Columns that it does not name are left out, amounts may be in people's notation."""
    mapping = ColumnMapping(
        "shop",
        (
            MappedColumn("No.", "source_id"),
            MappedColumn("Total", "amount", "amount"),
            MappedColumn("Gift", "metadata.gift", "boolean"),
        ),
    )
    mapping.check()
    again = ColumnMapping.from_document(json.loads(json.dumps(mapping.to_document())))
    assert again == mapping
    rows = table('No.,Total,Gift,Other\n7,"1,234.50",TRUE,x\n8,1.234,no,x\n', mapping)
    assert rows[0].document == {"source_id": "7", "amount": 123_450, "metadata": {"gift": True}}
    assert [fault.path for fault in rows[1].faults] == ["amount", "metadata.gift"]
    with pytest.raises(UnreadableFile, match=r"needs the column “No\.”"):
        table("Total\n1\n", mapping)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.json", b" [\n]", "json"),
        ("a.csv", b"[1]", "json"),
        ("a.json", b'\xef\xbb\xbf{"a":1}', "jsonl"),
        ("a.txt", b"source_id\n", "csv"),
        ("a.jsonl.gz", gzip.compress(b'{"source_id":"a"}\n', mtime=0), "jsonl"),
    ],
)
def test_the_format_is_seen_in_the_content(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    """Content goes before the name; gzip is unpacked whatever the name."""
    path = tmp_path / name
    path.write_bytes(data)
    assert inspect_file(path).format == expected


def test_a_broken_gzip_is_said(tmp_path: Path) -> None:
    """A packed file that is cut off is not taken for a short one."""
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(b'{"source_id":"a"}\n' * 50_000)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match="gzip file is broken"):
        list(read_rows(inspect_file(path, "jsonl"), ImportOptions()))


def test_a_file_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    """In the user's words."""
    with pytest.raises(ImportRefused, match="cannot be read"):
        inspect_file(tmp_path / "missing.csv")
    (tmp_path / "empty.csv").write_bytes(b" \n")
    with pytest.raises(ImportRefused, match="is empty"):
        inspect_file(tmp_path / "empty.csv")


def test_a_changed_file_is_known(tmp_path: Path) -> None:
    """By its bytes: the same size and time do not hide a change."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"amount":1}\n')
    file = inspect_file(path)
    assert is_unchanged(file)
    path.write_text('{"amount":2}\n')
    assert not is_unchanged(file)
