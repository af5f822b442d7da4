"""Foreign CSVs: looked at, guessed, and shown as the orders that would be sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.jobs.importing.checking.money_examples import money_examples
from tui.jobs.importing.import_errors import ImportRefused, UnreadableFile
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect
from tui.jobs.importing.mapping.import_fields import kind_of
from tui.jobs.importing.proposal.mapping_preview import preview_mapping
from tui.jobs.importing.proposal.mapping_suggestion import (
    candidate_fields,
    suggest_mapping,
    suggested_status,
    unknown_statuses,
)
from tui.jobs.importing.reading.csv_records import Record
from tui.jobs.importing.reading.csv_sample import SHOWN, CsvSample, read_sample

SHOP = "Order Number,Total,E-Mail,Channel,Qty,Email,\n1001,12.50,a@b.c,web,2,x,y\n1002,8.00,,app,1,,\n"

GERMAN = "Bestellnummer;Kunde;Betrag;Status\n1;Jörg;1.234,50 €;Paid\n2;Änne;8,00 €;canceled\n"


def csv_sample(path: Path, text: str | bytes, dialect: Dialect | None = None) -> CsvSample:
    """A file, looked at."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sample(path, dialect)


def offered(seen: CsvSample) -> dict[str, str]:
    """The likeliest field of each column."""
    return {title: next(iter(candidate_fields(seen, at)), "") for at, title in enumerate(seen.titles)}


def test_nothing_of_a_foreign_csv_is_filled_unasked(tmp_path: Path) -> None:
    """Fields are offered by title and cells; titles that only look like fields fill none."""
    seen = csv_sample(tmp_path / "shop.csv", SHOP)
    mapping = suggest_mapping(seen, "shop")
    mapping.check()
    assert not mapping.needs()
    assert offered(seen) == {
        "Order Number": "source_id",
        "Total": "amount",
        "E-Mail": "customer.email",
        "Channel": "metadata.Channel",
        "Qty": "items.quantity",
        "Email": "customer.email",
        "": "",
    }
    seen = csv_sample(tmp_path / "words.csv", "Order,Amount,Status,ID\n1,540,paid,7\n")
    assert not suggest_mapping(seen).needs()
    assert offered(seen) == {"Order": "source_id", "Amount": "amount", "Status": "status", "ID": "source_id"}


def test_api_paths_are_filled_also_beside_foreign_titles(tmp_path: Path) -> None:
    """To the letter; an ``id`` that is not the service's is a number of the shop."""
    seen = csv_sample(tmp_path / "a.csv", "source_id,amount,id,Channel\n1,540,7,web\n")
    assert suggest_mapping(seen).needs() == ("source_id", "amount")
    seen = csv_sample(tmp_path / "b.csv", "id,Channel\nord_0b1a2c3d4e5f60718,web\n")
    assert suggest_mapping(seen).needs() == ("id",)


@pytest.mark.parametrize(
    ("text", "title", "fields"),
    [
        ("Customer\nAna Example\n", "Customer", ("customer.name", "metadata.Customer")),
        ("Customer\n17\n", "Customer", ("customer.source_id", "metadata.Customer")),
        ("Customer\na@b.c\n", "Customer", ("customer.email",)),
        ("Customer ID\n7\n", "Customer ID", ("customer.source_id", "metadata.Customer ID")),
        ("Customer ID\ncust_1\n", "Customer ID", ("customer.id", "customer_id", "metadata.Customer ID")),
        ("Order ID\nord_1\n", "Order ID", ("id", "metadata.Order ID")),
        ("Grand Total\n57.0000\n", "Grand Total", ("amount", "metadata.Grand Total")),
        ("Date\n05/01/2024\n", "Date", ("metadata.Date",)),
        ("Order,Size\n1,L\n1,M\n", "Size", ("items.metadata.Size", "metadata.Size")),
        ("Product,Product\nMug,Tea\n", "Product#2", ("items.product.name", "metadata.Product#2")),
    ],
)
def test_fields_are_offered_by_titles_and_cells(
    text: str, title: str, fields: tuple[str, ...], tmp_path: Path
) -> None:
    """Names, numbers and ids of customers are told apart; what differs in an order belongs to its items."""
    seen = csv_sample(tmp_path / "a.csv", text)
    assert candidate_fields(seen, seen.titles.index(title))[: len(fields)] == fields


@pytest.mark.parametrize(
    ("word", "status"),
    [("on-hold", "CREATED"), ("Awaiting Fulfillment", "PAID"), ("wc-completed", "FULFILLED"), ("lost", None)],
)
def test_words_of_other_shops_suggest_a_status(word: str, status: str | None) -> None:
    """It is a suggestion only."""
    assert suggested_status(word) == status


def test_unknown_words_of_a_status_are_listed_once(tmp_path: Path) -> None:
    """Statuses in any case and words that a mapping reads are known."""
    column = MappedColumn("State", "status", "status", (("pending", "CREATED"),))
    cells = ("Paid", "PENDING", "lost", " lost ", "gone")
    assert unknown_statuses(column, cells) == ("lost", "gone")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_delimiters_and_encodings_are_seen(encoding: str, tmp_path: Path) -> None:
    """As a proposal that a person sees; amounts show their decimals themselves."""
    seen = csv_sample(tmp_path / "de.csv", GERMAN.encode(encoding))
    assert seen.dialect == Dialect(";", "utf-8" if encoding == "utf-8-sig" else encoding)
    given = ColumnMapping(
        "", (MappedColumn("Betrag", "amount", "amount"), MappedColumn("Status", "status", "status"))
    )
    rows = preview_mapping(seen, suggest_mapping(seen, given=given)).rows
    assert [row.document for row in rows] == [
        {"amount": 123_450, "status": "PAID"},
        {"amount": 800, "status": "CANCELED"},
    ]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Order;Total, gross\n1;12,50\n2;3,00\n", ";,"),
        ("a,b;c\n1,2;3\n", ",;"),
        ("Order;Total\n1;12,50\n2;3,00\n", ";"),
        ("Order,Notes; more\n1,x\n2,y\n", ","),
        ("source_id,metadata.a;b\n1,2;3\n", ","),
        ("Order\n1,50\n", ","),
    ],
)
def test_a_separator_that_is_ambiguous_is_known_as_that(text: str, signs: str, tmp_path: Path) -> None:
    """Two of them give every record as many cells as there are titles; titles that are known decide."""
    seen = csv_sample(tmp_path / "a.csv", text)
    assert {dialect.delimiter for dialect in seen.dialects} == set(signs)


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("Orders report\nPeriod: 2024\n\nOrder,Email,Total\n1,a@b.c,5\n", 3),
        ("Orders report,,\n,,\nOrder,Email,Total\n1,a@b.c,5\n2,a@b.c,5\n", 2),
        ("Order,Email,Total\n1,a@b.c,5\n", 0),
        ("Order\n1,2\n3,4\n", 0),
    ],
)
def test_lines_above_the_titles_are_offered_to_be_skipped(text: str, skipped: int, tmp_path: Path) -> None:
    """One cell, alone on its line, above full rows."""
    assert csv_sample(tmp_path / "a.csv", text).dialect.skip_lines == skipped


def test_what_is_given_stays_and_is_not_filled_twice(tmp_path: Path) -> None:
    """A field that a person gave to one column is filled by no other."""
    given = ColumnMapping(
        "", (MappedColumn("Channel", "amount", "integer"), MappedColumn("E-Mail", None)), decimals=3
    )
    mapping = suggest_mapping(csv_sample(tmp_path / "a.csv", "amount,E-Mail,Channel\n1,a,5\n"), given=given)
    mapping.check()
    assert [(column.header, column.path) for column in mapping.columns] == [
        ("amount", None), ("E-Mail", None), ("Channel", "amount"),
    ]  # fmt: skip
    assert mapping.decimals == 3


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (("12.50", "540"), "540 → 540.00"),
        (("12.50", "1,234.50", "150,000.00"), "1,234.50 → 1,234.50"),
        (("57.0000",), "57.0000 → 57.00"),
    ],
)
def test_one_cell_of_each_column_of_amounts_is_shown_as_money(
    cells: tuple[str, ...], shown: str, tmp_path: Path
) -> None:
    """The one that says most about how it is read."""
    text = "No,Total\n" + "".join(f'{at},"{cell}"\n' for at, cell in enumerate(cells))
    seen = csv_sample(tmp_path / "a.csv", text)
    mapping = ColumnMapping("m", (MappedColumn("No", "source_id"), MappedColumn("Total", "amount", "amount")))
    assert money_examples(seen, mapping) == (f"“Total”: {shown}",)
    minor = csv_sample(tmp_path / "b.csv", "source_id,amount\n1,540\n")
    assert money_examples(minor, None) == ("“amount”: 540 → 5.40",)


def test_a_mapping_that_does_not_fit_says_so_in_the_preview(tmp_path: Path) -> None:
    """In place of rows."""
    seen = csv_sample(tmp_path / "shop.csv", SHOP)
    assert (
        "needs the column “No.”"
        in preview_mapping(seen, ColumnMapping("m", (MappedColumn("No.", "source_id"),))).describe()
    )
    assert "are unknown to the API" in preview_mapping(seen, None).describe()


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
    assert preview_mapping(csv_sample(tmp_path / "a.csv", text), None).describe() == words


def test_the_last_order_of_a_longer_file_is_not_shown_in_part(tmp_path: Path) -> None:
    """Its other items may be behind the records that were looked at."""
    lines = [f"{number // 2},1" for number in range(1, SHOWN + 2)]
    seen = csv_sample(tmp_path / "a.csv", "source_id,items.quantity\n" + "\n".join(lines) + "\n")
    assert not seen.whole
    rows = preview_mapping(seen, None, most=SHOWN).rows
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
        csv_sample(tmp_path / "x.csv", data, DEFAULT_DIALECT)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """As of any import."""
    with pytest.raises(ImportRefused, match="cannot be read") as refused:
        read_sample(tmp_path / "none.csv")
    assert refused.value.hint.startswith("Check the name")


def test_an_encoding_that_was_said_wrongly_is_found_out(tmp_path: Path) -> None:
    """Where the bytes cannot be it."""
    with pytest.raises(UnreadableFile, match="not UTF-8") as error:
        csv_sample(tmp_path / "de.csv", GERMAN.encode("cp1252"), DEFAULT_DIALECT)
    assert "set its encoding" in error.value.hint


@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=6, unique=True),
    st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), max_size=4),
)
def test_whatever_the_header_a_proposal_is_a_mapping(titles: list[str], rows: list[list[str]]) -> None:
    """It fits its file, passes its own check, and can be previewed."""
    records = tuple(Record(at + 2, (row * 6)[: len(titles)]) for at, row in enumerate(rows))
    seen = CsvSample(Path("x.csv"), DEFAULT_DIALECT, tuple(titles), records, whole=True)
    mapping = suggest_mapping(seen, "m")
    mapping.check()
    assert mapping.fits(seen.titles) or not mapping.needs()
    shown = preview_mapping(seen, mapping)
    assert not shown.problem or "separated by" in shown.problem
    for at in range(len(seen.titles)):
        assert all(kind_of(path) for path in candidate_fields(seen, at))
    assert ColumnMapping.from_document(mapping.to_document()) == mapping


def test_titles_are_known_however_their_words_are_joined(tmp_path: Path) -> None:
    """By hyphens, brackets or spaces, as every shop joins them differently."""
    seen = csv_sample(tmp_path / "shop.csv", "order-id,Order Total (inc tax),E-Mail\n1,2.50,a@b.c\n")
    assert offered(seen) == {
        "order-id": "source_id",
        "Order Total (inc tax)": "amount",
        "E-Mail": "customer.email",
    }


@pytest.mark.parametrize(
    ("codes", "currency"),
    [(("JPY", "JPY"), "Currency"), (("EUR", "USD"), None), (("KWD", "EUR"), "Currency")],
)
def test_a_currency_without_cents_is_proposed_to_be_read_by_its_decimals(
    codes: tuple[str, str], currency: str | None, tmp_path: Path
) -> None:
    """Also where all orders have it: 1500 yen are 1500 minor units."""
    text = f"Order,Currency,Total\n1,{codes[0]},1500\n2,{codes[1]},970\n"
    assert suggest_mapping(csv_sample(tmp_path / "shop.csv", text)).currency == currency
