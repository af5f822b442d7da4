"""Which records of a CSV are one order, and which are none."""

from __future__ import annotations

import io

import pytest

from tui.jobs.importing.import_errors import UnreadableFile
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn
from tui.jobs.importing.mapping.csv_dialect import DEFAULT_DIALECT, Dialect
from tui.jobs.importing.reading.csv_orders import read_csv
from tui.jobs.importing.reading.row import ImportRow

SHOP = ColumnMapping(
    "shop",
    (
        MappedColumn("Order", "source_id"),
        MappedColumn("Email", "customer.email"),
        MappedColumn("Total", "amount", "amount"),
        MappedColumn("Product", "items.product.name"),
        MappedColumn("Qty", "items.quantity", "integer"),
        MappedColumn("Note", None),
    ),
)


def rows(
    text: str | bytes, columns: str | None = None, dialect: Dialect = DEFAULT_DIALECT
) -> list[ImportRow]:
    """The rows of a CSV through the mapping of a shop, or the columns of it that are named."""
    data = text.encode() if isinstance(text, str) else text
    kept = columns.split(",") if columns else [column.header for column in SHOP.columns]
    mapping = ColumnMapping("shop", tuple(column for column in SHOP.columns if column.header in kept))
    return list(read_csv(io.BytesIO(data), mapping, dialect))


def said(row: ImportRow) -> str:
    """What is wrong with a row."""
    return "; ".join(map(str, row.faults))


ITEMS = "Order,Email,Total,Product,Qty"


def test_blank_records_are_counted_and_no_orders() -> None:
    """Whatever their number of cells, and white space of every kind; within and behind an order, too."""
    found = rows("Order,Email,Total\n1,a@b.c,12.50\n,,\n , ,\u00a0\n,,,,,\n2,,3\n,,\n", "Order,Email,Total")
    assert [row.document and row.document["source_id"] for row in found] == ["1", None, "2", None]
    assert [row.blank for row in found] == [0, 3, 0, 1]
    keys = [row.key for row in found]
    assert keys == sorted(set(keys))
    within = rows(f"{ITEMS}\n1,,5,Mug,1\n,,,,\n1,,,Tea,2\n2,,,Tea,1\n", ITEMS)
    assert [len(row.document["items"]) for row in within if row.document] == [2, 1]
    assert [row.blank for row in within] == [0, 1, 0]


def test_an_item_without_the_number_belongs_to_the_order_above() -> None:
    """It is never an order of its own."""
    (one,) = rows(f"{ITEMS}\nbc-1,,5,Mug,1\n,,,Tea,2\n", ITEMS)
    assert one.document is not None
    assert [item["product"]["name"] for item in one.document["items"]] == ["Mug", "Tea"]


def test_an_item_that_cannot_be_placed_spoils_the_order_above() -> None:
    """With a value of an order but without its number it may be of another order."""
    (one,) = rows(f"{ITEMS}\nbc-1,,5,Mug,1\n,b@b.c,7,Tea,2\n", ITEMS)
    assert one.document is None
    assert "line 3" in said(one)
    (cut,) = rows(f'{ITEMS}\nbc-1,,5,Mug,1\n,,","\n', ITEMS)
    assert cut.document is None
    (first,) = rows(f"{ITEMS}\n,,,Mug,1\n,,,Tea,2\n", ITEMS)
    assert "“Order” is empty" in said(first)


def test_a_record_without_its_number_is_no_order_of_its_own() -> None:
    """Where a column names the orders of a foreign file."""
    found = rows("Order,Total\n1,5\n,5\n", "Order,Total")
    assert [row.document is None for row in found] == [False, True]
    assert "source_id is missing" in said(found[1])


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("source_id,amount\na,1\n,2\n", [True, False]),
        ("amount,id,source_id\n1,,\n2,ord_1,\n3,ord_2,b\n", [False, True, True]),
        ('source_id,metadata.qty,_json\n,5,"[""metadata.qty""]"\n', [False]),
        ("amount\n1\n", [True]),
        ("id,amount\n,1\n", [True]),
    ],
)
def test_an_empty_source_id_without_an_id_is_a_fault(text: str, sound: list[bool]) -> None:
    """Each import of the file would make another order of the row."""
    found = list(read_csv(io.BytesIO(text.encode())))
    assert [row.document is not None for row in found] == sound
    assert all("source_id is missing" in said(row) for row in found if row.document is None)


def test_a_record_whose_filled_cells_are_all_left_out_is_refused() -> None:
    """It would be an empty order."""
    mapping = ColumnMapping("m", (MappedColumn("Total", "amount", "amount"), MappedColumn("Note", None)))
    found = list(read_csv(io.BytesIO(b"Total,Note\n5,x\n,page 1 of 2\n"), mapping))
    assert found[1].document is None
    assert "no filled cell" in said(found[1])


@pytest.mark.parametrize("number", ["Total", "TOTAL:", " Grand Total ", "Summe", "Gesamt"])
def test_a_row_of_totals_is_refused(number: str) -> None:
    """Reports end with one."""
    found = rows(f"Order,Email,Total\n1,,12.50\n2,,3\n{number},,15.50\n", "Order,Email,Total")
    assert "row of totals" in said(found[2])


def test_outer_spaces_of_the_number_are_taken_off() -> None:
    """“1001” and “1001 ” are one order; in a file with the API's own titles they are kept, and told."""
    (one,) = rows(f"{ITEMS}\n1001,,5,Mug,1\n1001 ,,,Tea,1\n", ITEMS)
    assert one.document is not None
    assert (one.document["source_id"], len(one.document["items"])) == ("1001", 2)
    (spaced,) = rows("Order,Total\n 7 ,5\n", "Order,Total")
    assert spaced.document == {"source_id": "7", "amount": 500}
    assert spaced.notes
    (own,) = read_csv(io.BytesIO(b"source_id,amount\n 7 ,5\n"))
    assert own.document == {"source_id": " 7 ", "amount": 5}
    assert own.notes


def test_ids_of_the_service_are_never_numbers_of_a_shop() -> None:
    """They would make every order and customer anew."""
    id_ = "ord_0b1a2c3d4e5f60718"
    (one,) = rows(f"Order,Total\n{id_},5\n", "Order,Total")
    assert "has to fill id" in said(one)
    mapping = ColumnMapping("m", (MappedColumn("Who", "customer.source_id"),))
    (who,) = read_csv(io.BytesIO(b"Who\ncust_0b1a2c3d4e5f60718\n"), mapping)
    assert "has to fill customer.id" in said(who)
    (shop,) = rows("Order,Total\nord_7,5\n", "Order,Total")
    assert shop.document is not None


def test_columns_that_differ_within_an_order_say_where_they_belong() -> None:
    """The first value is not taken for all."""
    (one,) = rows(f"{ITEMS}\n1,a@b.c,5,Mug,1\n1,x@b.c,,Tea,1\n", ITEMS)
    assert "items.metadata.KEY" in said(one)


def test_each_currency_has_its_decimals() -> None:
    """In every column of amounts; an unknown currency, or one that no column was named for, is a fault."""
    columns = (
        MappedColumn("No", "source_id"),
        MappedColumn("Currency", "metadata.currency"),
        MappedColumn("Total", "amount", "amount"),
        MappedColumn("Price", "items.price", "amount"),
    )
    text = (
        b"No,Currency,Total,Price\n1,JPY,1500,750\n1,,,750\n2,eur,12.50,12.50\n3,KWD,1.500,1.500\n4,web,5,5\n"
    )
    by_currency = list(read_csv(io.BytesIO(text), ColumnMapping("m", columns, currency="Currency")))
    assert [row.document and row.document["amount"] for row in by_currency] == [1500, 1250, 1500, None]
    assert by_currency[0].document is not None
    assert [item["price"] for item in by_currency[0].document["items"]] == [750, 750]
    plain = list(read_csv(io.BytesIO(text), ColumnMapping("m", columns)))
    assert [row.document is None for row in plain] == [True, False, True, False]
    assert "JPY, which has 0 decimals" in said(plain[0])
    assert "--currency 'Currency'" in said(plain[0])


@pytest.mark.parametrize(
    "header",
    [
        "metadata.channel,metadata",
        "metadata,metadata.channel",
        "source_id,items,items.price",
        "customer.metadata.x,customer.metadata",
        "source_id,items.product.metadata,items.product.metadata.x",
    ],
)
def test_two_columns_for_one_value_are_refused(header: str) -> None:
    """In both orders: one of them would be lost."""
    with pytest.raises(UnreadableFile, match="is a part of"):
        list(read_csv(io.BytesIO(f"{header}\n".encode())))


def test_empty_cells_behind_the_last_column_are_no_fault() -> None:
    """Spreadsheets write them; a value there is one."""
    found = rows("Order,Total\n1,5,\n2,5,,,\n3,12,50\n", "Order,Total")
    assert [row.document is None for row in found] == [False, False, True]


def test_repeated_titles_have_their_place() -> None:
    """A mapping can name each of them."""
    columns = (MappedColumn("Order", "source_id"), MappedColumn("Product#2", "metadata.second"))
    (one,) = read_csv(io.BytesIO(b"Order,Product,Product\n1,Mug,Tote\n"), ColumnMapping("m", columns))
    assert one.document == {"source_id": "1", "metadata": {"second": "Tote"}}


@pytest.mark.parametrize(
    ("data", "dialect", "line"),
    [
        (b"sep=;\r\nOrder;Total\r\n1;12,50\r\n", DEFAULT_DIALECT, 3),
        (b'\xef\xbb\xbf"sep=;"\nOrder;Total\n1;12,50\n', DEFAULT_DIALECT, 3),
        (b"Orders report\n\nOrder;Total\n1;12,50\n", Dialect(";", skip_lines=2), 4),
        (b"Order;Total\r1;12,50\r", Dialect(";"), 2),
        ("Order;Total\r\n1;12,50\r\n".encode("utf-16-le"), Dialect(";", "utf-16-le"), 2),
        ("\ufeffOrder;Total\r1;12,50\r".encode("utf-16-le"), Dialect(";", "utf-16-le"), 2),
        (b'Order;Total;Note\n1;12,50;27"\n', Dialect(";", quotes=False), 2),
    ],
)
def test_files_are_read_as_programs_write_them(data: bytes, dialect: Dialect, line: int) -> None:
    """A line that names the separator, title lines, CR line ends, UTF-16, quotes that are letters."""
    (one,) = rows(data, dialect=dialect, columns="Order,Total,Note" if b"Note" in data else "Order,Total")
    assert one.document == {"source_id": "1", "amount": 1250}
    assert one.line == line


def test_a_quotation_mark_that_is_not_closed_names_the_option() -> None:
    """The file may have no quoting at all."""
    with pytest.raises(UnreadableFile, match="is not closed") as error:
        rows('Order\tTotal\n1\t5\n"2\t5\n3\t5\n', "Order,Total", Dialect("\t"))
    assert "--no-quotes" in error.value.hint
