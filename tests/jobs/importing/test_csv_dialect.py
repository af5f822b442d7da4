"""How a CSV is written: said, checked, or proposed from its beginning; read as it says."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.import_errors import ImportRefused, UnreadableFile
from tui.jobs.importing.mapping.csv_dialect import (
    DEFAULT_DIALECT,
    DELIMITERS,
    Dialect,
    delimiter_of,
    likely_dialects,
)
from tui.jobs.importing.mapping.import_fields import CellKind
from tui.jobs.importing.reading.cell_values import CellError, parse_cell
from tui.jobs.importing.reading.csv_records import Records


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"delimiter": ""}, "cannot be the delimiter"),
        ({"delimiter": ";;"}, "cannot be the delimiter"),
        ({"delimiter": '"'}, "cannot be the delimiter"),
        ({"delimiter": "\n"}, "cannot be the delimiter"),
        ({"encoding": "utf-88"}, "no encoding 'utf-88'"),
        ({"encoding": "rot13"}, "no encoding"),
        ({"encoding": "hex"}, "no encoding"),
        ({"encoding": "undefined"}, "no encoding"),
        ({"encoding": "a\0b"}, "no encoding"),
        ({"decimal": ";"}, "cannot be the decimal sign"),
    ],
)
def test_what_cannot_be_a_dialect_is_refused(given: dict[str, Any], said: str) -> None:
    """Before a byte is read, and not by an exception of a codec half-way."""
    with pytest.raises(ImportRefused, match=said):
        Dialect(**given)


def test_an_encoding_that_was_mistyped_is_known() -> None:
    """The hint names those that are alike."""
    with pytest.raises(ImportRefused) as refused:
        Dialect(encoding="cp1522")
    assert "did you mean “cp1252”" in str(refused.value)


def test_a_delimiter_can_be_written_as_a_word() -> None:
    """Or as the sign itself."""
    assert {word: delimiter_of(word) for word in ("Semicolon", "tab", "\\t", ";", "~")} == {
        "Semicolon": ";", "tab": "\t", "\\t": "\t", ";": ";", "~": "~",
    }  # fmt: skip
    assert Dialect(";", "cp1252", ",").describe() == "semicolon, cp1252, decimal comma"


@given(
    st.sampled_from(sorted(DELIMITERS.values())),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.lists(st.lists(st.text("abc1 łż", max_size=5), min_size=2, max_size=2), min_size=1, max_size=10),
)
def test_a_plain_table_is_seen_as_what_it_is(sign: str, encoding: str, cells: list[list[str]]) -> None:
    """Whatever parts the cells, in any encoding that has a mark or is UTF-8."""
    text = "".join(f"{sign.join(row)}\r\n" for row in [["first", "second"], *cells])
    seen = likely_dialects(text.encode(encoding))[0]
    assert seen.delimiter == sign
    assert [record.cells for record in Records(io.BytesIO(text.encode(encoding)), seen)][1:] == cells


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp037", "utf-8-sig", "cp1250"]
)
def test_lines_are_counted_in_every_encoding(encoding: str) -> None:
    """Also where a line end is not the byte of ASCII, and within quotes."""
    text = 'ab,c\n"x\ny",ł\n\n1,2\n3,4'
    data = text.replace("ł", "l" if encoding == "cp037" else "ł").encode(encoding)
    records = list(Records(io.BytesIO(data), Dialect(encoding=encoding)))
    assert [record.line for record in records] == [1, 2, 5, 6]
    assert records[0].cells == ["ab", "c"]
    assert records[-1].cells == ["3", "4"]


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (b"a\nb\xff\n", "utf-8", "line 2: byte 2 is not UTF-8"),
        ("a\nb\n".encode("utf-16")[:-1], "utf-16", "line 2: the text is not UTF-16"),
        (b"\x81", "cp1252", "line 1: byte 1 is not CP1252"),
        ("é,b\n1,2\n".encode("utf-16-le"), "utf-8", "line 1: the text is not UTF-8 but seems to be UTF-16"),
    ],
)
def test_bytes_that_are_another_encoding_are_found(data: bytes, encoding: str, said: str) -> None:
    """With the line, and the place where it can be told."""
    with pytest.raises(UnreadableFile, match=said):
        list(Records(io.BytesIO(data), Dialect(encoding=encoding)))


def test_a_line_without_end_is_given_up() -> None:
    """In an encoding that is read by blocks, too."""
    from tui.jobs.importing.reading import csv_records

    kept, csv_records.LONGEST = csv_records.LONGEST, 1000
    try:
        with pytest.raises(UnreadableFile, match="longer than the limit"):
            list(Records(io.BytesIO(("a\n" + "x" * 5000).encode("utf-16")), Dialect(encoding="utf-16")))
    finally:
        csv_records.LONGEST = kept


@pytest.mark.parametrize(
    ("cell", "kind", "decimal", "value"),
    [
        ("1,234.50", "amount", ".", 123_450),
        ("1.234,50", "amount", ",", 123_450),
        ("1\u00a0234,5", "amount", ",", 123_450),
        ("1\u202f234", "amount", ",", 123_400),
        ("$12.50", "amount", ".", 1250),
        ("12,50 €", "amount", ",", 1250),
        ("-3", "amount", ".", -300),
        ("1,5", "number", ",", 1.5),
        ("12,00", "integer", ",", 12),
        ("1.0", "integer", None, 1),
        ("12.50 USD", "amount", ".", 1250),
        ("1.234,50", "amount", None, 123_450),
        ("57.0000", "amount", None, 5700),
        ("2024-01-05 14:03:11 -0500", "time", None, "2024-01-05T19:03:11.000Z"),
        ("2024/01/05", "time", None, "2024-01-05T00:00:00.000Z"),
        ("2024-01-02T10:00:00.123Z", "time", None, "2024-01-02T10:00:00.123Z"),
        ("vip, horeca", "list", None, ["vip", "horeca"]),
        ("sale", "list", None, ["sale"]),
        ("paid ", "status", ".", "PAID"),
        ("Fulfilled", "status", ",", "FULFILLED"),
    ],
)
def test_cells_are_read_as_their_column_says(cell: str, kind: CellKind, decimal: Any, value: object) -> None:
    """In people's notation, with the decimal sign of the file."""
    assert parse_cell(cell, kind, decimal=decimal) == value


@pytest.mark.parametrize(
    ("cell", "kind", "decimal"),
    [
        ("12,50", "amount", "."),
        ("12.50", "amount", ","),
        ("12.505", "amount", "."),
        ("€", "amount", "."),
        ("1.5", "number", ","),
        ("12,50", "integer", ","),
        ("pending", "status", "."),
        ("0.5", "integer", None),
        ("05/01/2024", "time", None),
        ("20240105", "time", None),
        ("not a date", "time", None),
    ],
)
def test_cells_that_say_something_else_are_refused(cell: str, kind: CellKind, decimal: Any) -> None:
    """A comma is never taken for a point, nor letters for a currency."""
    with pytest.raises(CellError, match="must be"):
        parse_cell(cell, kind, decimal=decimal)


@pytest.mark.parametrize("cell", ["150.000", "3,000", "25,000", "1.234"])
def test_an_amount_that_depends_on_the_decimal_sign_is_refused(cell: str) -> None:
    """Unless the file's is known."""
    with pytest.raises(CellError, match="pass --decimal-point or --decimal-comma"):
        parse_cell(cell, "amount")


@pytest.mark.parametrize(
    ("cell", "written"), [("12.00", 1200), ("7.", 700), ("57.0000", 5700), ("12,50", 1250), ("1 234", 123400)]
)
def test_a_decimal_point_is_never_minor_units(cell: str, written: int) -> None:
    """Not even before zeros; a quantity may have it."""
    for path in ("amount", "items.price", "items.discount_amount", "items.product.price"):
        with pytest.raises(CellError, match=f"is written {written}"):
            parse_cell(cell, "integer", path)
    with pytest.raises(CellError) as error:
        parse_cell("0.5", "integer", "items.quantity")
    assert str(error.value) == "must be a whole number"


@pytest.mark.parametrize(
    "path", ["source_id", "customer.source_id", "items.sku.source_id", "items.product_id"]
)
def test_numbers_that_a_spreadsheet_shortened_are_refused(path: str) -> None:
    """They may be those of several orders; as a note they are a text like any other."""
    with pytest.raises(CellError, match="spreadsheet has shortened"):
        parse_cell("5.55345E+12", "text", path)
    assert parse_cell("5.55345E+12", "text", "metadata.note") == "5.55345E+12"
    assert parse_cell("7E12", "text", path) == "7E12"


def test_plain_is_what_nobody_has_to_say() -> None:
    """RFC 4180 in UTF-8."""
    assert Dialect() == DEFAULT_DIALECT == Dialect(",", "utf-8", None)
    assert Dialect(encoding="UTF8").codec == "utf-8"
