"""Foreign CSVs: looked at, guessed, and shown as the orders that would be sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.csv_records import Record
from tui.jobs.importing.dialect import PLAIN, Dialect
from tui.jobs.importing.mapping import Column, ColumnMapping
from tui.jobs.importing.previewing import preview
from tui.jobs.importing.proposing import propose
from tui.jobs.importing.rows import ImportRefused, UnreadableFile
from tui.jobs.importing.specimen import SHOWN, Specimen, take_specimen

SHOP = "Order Number,Total,E-Mail,Channel,Qty,Email,\n1001,12.50,a@b.c,web,2,x,y\n1002,8.00,,app,1,,\n"

STORE = """\
Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Id
#1001,a@b.c,paid,12.50,2024-01-02 10:00:00 +0200,2,Tea,5.00,T-1,991
#1001,,,,,1,Mug,2.50,M-1,
#1002,c@d.e,pending,8.00,2024-01-03 10:00:00 +0200,1,Tea,5.00,T-1,992
"""

GERMAN = "Bestellnummer;Kunde;Betrag;Status\n1;Jörg;1.234,50 €;Paid\n2;Änne;8,00 €;canceled\n"


def specimen(path: Path, text: str | bytes, dialect: Dialect | None = None) -> Specimen:
    """A file, looked at."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return take_specimen(path, dialect)


def fields(mapping: ColumnMapping) -> list[tuple[str, str | None, str]]:
    """The columns as plain tuples."""
    return [(column.header, column.path, column.kind) for column in mapping.columns]


def test_a_foreign_csv_is_guessed_and_previewed(tmp_path: Path) -> None:
    """Known words become fields, amounts with decimals are people's, the unknown becomes metadata."""
    seen = specimen(tmp_path / "shop.csv", SHOP)
    mapping = propose(seen, "shop")
    mapping.check()
    assert fields(mapping) == [
        ("Order Number", "source_id", "text"),
        ("Total", "amount", "amount"),
        ("E-Mail", "customer.email", "text"),
        ("Channel", "metadata.Channel", "text"),
        ("Qty", "items.quantity", "integer"),
        ("Email", None, "text"),
        ("", None, "text"),
    ]
    shown = preview(seen, mapping)
    assert shown.rows[0].document == {
        "source_id": "1001",
        "amount": 1250,
        "customer": {"email": "a@b.c"},
        "metadata": {"Channel": "web"},
        "items": [{"quantity": 2}],
    }
    assert shown.words() == "2 of the first 2 rows can be imported"


def test_the_export_of_a_store_is_guessed(tmp_path: Path) -> None:
    """Items under their order, statuses in any case, dates that the API cannot read kept as metadata.

    The shop's own ``Id`` is none of the service's, and the column that is in every record names the order.
    """
    seen = specimen(tmp_path / "store.csv", STORE)
    mapping = propose(seen)
    assert fields(mapping) == [
        ("Name", "source_id", "text"),
        ("Email", "customer.email", "text"),
        ("Financial Status", "status", "status"),
        ("Total", "amount", "amount"),
        ("Created at", "metadata.Created at", "text"),
        ("Lineitem quantity", "items.quantity", "integer"),
        ("Lineitem name", "items.product.name", "text"),
        ("Lineitem price", "items.price", "amount"),
        ("Lineitem sku", "items.sku.source_id", "text"),
        ("Id", "metadata.Id", "text"),
    ]
    shown = preview(seen, mapping)
    assert shown.rows[0].document is not None
    assert [item["product"]["name"] for item in shown.rows[0].document["items"]] == ["Tea", "Mug"]
    assert shown.rows[0].document["status"] == "PAID"
    assert mapping.columns[2].values == (("pending", "CREATED"),)
    assert shown.rows[1].document is not None
    assert shown.rows[1].document["status"] == "CREATED"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_other_delimiters_encodings_and_decimals_are_seen(encoding: str, tmp_path: Path) -> None:
    """As a proposal that a person sees; the amounts are read by it."""
    seen = specimen(tmp_path / "de.csv", GERMAN.encode(encoding))
    assert seen.dialect == Dialect(";", "utf-8" if encoding == "utf-8-sig" else encoding)
    given = ColumnMapping("", (Column("Betrag", "amount", "amount"),))
    mapping = propose(seen, given=given)
    assert mapping.dialect.decimal == ","
    rows = preview(seen, mapping).rows
    assert [row.document and row.document["amount"] for row in rows] == [123_450, 800]
    assert rows[0].document == {
        "metadata": {"Bestellnummer": "1", "Kunde": "Jörg"},
        "amount": 123_450,
        "status": "PAID",
    }


def test_what_is_given_stays_and_is_not_guessed_twice(tmp_path: Path) -> None:
    """A field that a person gave to one column is proposed for no other."""
    given = ColumnMapping("", (Column("Channel", "amount", "integer"), Column("E-Mail", None)), decimals=3)
    mapping = propose(specimen(tmp_path / "shop.csv", SHOP), given=given)
    mapping.check()
    assert {column.header: column.path for column in mapping.columns}["Total"] is None
    assert fields(mapping)[2:4] == [("E-Mail", None, "text"), ("Channel", "amount", "integer")]
    assert mapping.decimals == 3


def test_items_without_an_order_to_belong_to_become_metadata(tmp_path: Path) -> None:
    """A proposal can always be previewed."""
    seen = specimen(tmp_path / "a.csv", "Qty,Note\n2,x\n")
    assert fields(propose(seen)) == [("Qty", "metadata.Qty", "text"), ("Note", "metadata.Note", "text")]
    assert preview(seen, propose(seen)).good == 1


def test_a_mapping_that_does_not_fit_says_so_in_the_preview(tmp_path: Path) -> None:
    """In place of rows."""
    seen = specimen(tmp_path / "shop.csv", SHOP)
    assert (
        "needs the column “No.”" in preview(seen, ColumnMapping("m", (Column("No.", "source_id"),))).words()
    )
    assert "are no fields of the API" in preview(seen, None).words()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source_id,amount\n", "there is no row below the titles"),
        ("source_id,amount\na,1\n", "the first row can be imported"),
        ("source_id,amount\na,x\n", "the first row cannot be imported"),
        ("source_id,amount\na,x\nb,1\n", "1 of the first 2 rows can be imported"),
    ],
)
def test_what_was_found_is_said_in_words(text: str, words: str, tmp_path: Path) -> None:
    """Also of no row and of one."""
    assert preview(specimen(tmp_path / "a.csv", text), None).words() == words


def test_the_last_order_of_a_longer_file_is_not_shown_in_part(tmp_path: Path) -> None:
    """Its other items may be behind the records that were looked at."""
    lines = [f"{number // 2},1" for number in range(1, SHOWN + 2)]
    seen = specimen(tmp_path / "a.csv", "source_id,items.quantity\n" + "\n".join(lines) + "\n")
    assert not seen.whole
    rows = preview(seen, None, most=SHOWN).rows
    assert all(row.document and len(row.document["items"]) == 2 for row in rows[1:])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "has no header"),
        (b'a,b\n"c', "not CSV"),
        (b"\x1f\x8b\x08\x00broken", "gzip"),
    ],
)
def test_what_cannot_be_looked_at_is_said(data: bytes, said: str, tmp_path: Path) -> None:
    """Empty, broken quoting, broken gzip."""
    with pytest.raises(UnreadableFile, match=said):
        specimen(tmp_path / "x.csv", data)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """As of any import."""
    with pytest.raises(ImportRefused, match="cannot be read") as refused:
        take_specimen(tmp_path / "none.csv")
    assert refused.value.hint.startswith("Check the name")


def test_an_encoding_that_was_said_wrongly_is_found_out(tmp_path: Path) -> None:
    """Where the bytes cannot be it."""
    with pytest.raises(UnreadableFile, match="not UTF-8") as error:
        specimen(tmp_path / "de.csv", GERMAN.encode("cp1252"), PLAIN)
    assert "which encoding" in error.value.hint


@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=6, unique=True),
    st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), max_size=4),
)
def test_whatever_the_header_a_proposal_is_a_mapping(titles: list[str], rows: list[list[str]]) -> None:
    """It fits its file, passes its own check, and can be previewed."""
    records = tuple(Record(at + 2, (row * 6)[: len(titles)]) for at, row in enumerate(rows))
    seen = Specimen(Path("x.csv"), PLAIN, tuple(titles), records, whole=True)
    mapping = propose(seen, "m")
    mapping.check()
    assert mapping.fits(seen.titles) or not mapping.needs()
    shown = preview(seen, mapping)
    assert not shown.problem or "parted by" in shown.problem
    assert ColumnMapping.from_document(mapping.to_document()) == mapping
