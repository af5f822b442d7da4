"""Mappings of foreign columns: how they are made, kept by name, and found again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tui.jobs.importing.import_errors import ImportRefused, UnreadableFile
from tui.jobs.importing.mapping.column_mapping import (
    ColumnMapping,
    MappedColumn,
    UnknownColumns,
    columns_of,
    unknown_columns,
    unmapped_columns,
)
from tui.jobs.importing.mapping.csv_dialect import Dialect
from tui.jobs.importing.mapping.import_fields import CELL_KINDS, FIELDS, kind_of, kinds_for, parts_of
from tui.jobs.importing.mapping.mapping_store import MappingStore
from tui.jobs.importing.reading.csv_orders import read_csv

SHOP = ColumnMapping("shop", (MappedColumn("No.", "source_id"), MappedColumn("Note", None)))


def test_mappings_are_kept_by_name(tmp_path: Path) -> None:
    """Saved, listed, loaded as they were with how their files are written, deleted."""
    store = MappingStore(tmp_path / "mappings")
    assert store.names() == ()
    columns = (MappedColumn("No.", "source_id"), MappedColumn("x", None))
    mapping = ColumnMapping("my shop", columns, decimals=0, dialect=Dialect(";", "cp1250", ","))
    store.save(mapping)
    assert store.names() == ("my shop",)
    assert store.load("my shop") == mapping
    assert (tmp_path / "mappings" / "my shop.json").stat().st_mode & 0o777 == 0o600
    store.delete("my shop")
    assert list((tmp_path / "mappings").iterdir()) == []
    with pytest.raises(ImportRefused, match="there is no mapping"):
        store.load("my shop")
    with pytest.raises(ImportRefused, match="there is no mapping"):
        store.delete("my shop")


def test_cells_are_read_as_the_mapping_says(tmp_path: Path) -> None:
    """Whatever their case and outer spaces; what is read in their place is read by the column's kind."""
    values = (("Pending", "created"), ("n/a", ""), ("=1:2", "PAID"))
    columns = (MappedColumn("No.", "source_id"), MappedColumn("State", "status", "status", values))
    store = MappingStore(tmp_path)
    store.save(ColumnMapping("shop", columns))
    mapping = store.load("shop")
    assert mapping.columns == columns
    text = b"No.,State\n1, pending \n2,N/A\n3,=1:2\n4,paid\n5,lost\n"
    rows = list(read_csv(io.BytesIO(text), mapping))
    assert [row.document and row.document.get("status") for row in rows] == [
        "CREATED", None, "PAID", "PAID", None,
    ]  # fmt: skip
    assert rows[1].document == {"source_id": "2"}
    assert rows[4].faults[0].path == "status"


def test_a_copied_file_is_a_mapping_of_its_own_name(tmp_path: Path) -> None:
    """The name is that of the file, whatever is written in it; one that breaks hides no other."""
    store = MappingStore(tmp_path)
    store.save(SHOP)
    (tmp_path / "copy.json").write_text((tmp_path / "shop.json").read_text())
    (tmp_path / "broken.json").write_text("{")
    assert store.names() == ("broken", "copy", "shop")
    assert [mapping.name for mapping in store.all()] == ["copy", "shop"]
    with pytest.raises(ImportRefused, match="no mapping “shoe”") as refused:
        store.load("shoe")
    assert str(refused.value).endswith("; did you mean “shop”?")


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a/b", "x" * 65])
def test_names_stay_in_the_folder(name: str, tmp_path: Path) -> None:
    """A name is a name and no path."""
    with pytest.raises(ImportRefused, match="cannot be the name"):
        MappingStore(tmp_path).save(ColumnMapping(name, ()))


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    """A name that is too long in bytes, and a folder that is a file; nothing is left behind."""
    with pytest.raises(ImportRefused, match="cannot be saved"):
        MappingStore(tmp_path).save(
            ColumnMapping("\U00020000" * 64, (MappedColumn("a", "amount", "integer"),))
        )
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(ImportRefused, match="cannot be saved"):
        MappingStore(tmp_path / "file").save(SHOP)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((MappedColumn("a", "amout"),), "did you mean “amount”"),
        (
            (MappedColumn("a", "amount", "integer"), MappedColumn("b", "amount", "integer")),
            "from two columns",
        ),
        ((MappedColumn("a", "amount", "integer"), MappedColumn("a", None)), "names the column “a” twice"),
        ((MappedColumn("a", "amount", "text"),), "filled by integer or amount, not by text"),
        ((MappedColumn("a", "source_id", "integer"),), "filled by text, not by integer"),
    ],
)
def test_mappings_to_nowhere_are_refused(
    columns: tuple[MappedColumn, ...], said: str, tmp_path: Path
) -> None:
    """Unknown fields, two columns for one field, and kinds that the field cannot hold."""
    with pytest.raises(ImportRefused, match=said):
        MappingStore(tmp_path).save(ColumnMapping("m", columns))


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "broken", "columns": [{"header": 1}]}',
        '{"name": "m", "decimals": 2, "columns": [], "dialect": {"delimiter": "ab"}}',
        '{"name": "m", "decimals": 2, "columns": [], "dialect": {"sign": "a"}}',
        '{"name": "m", "decimals": 9, "columns": []}',
        '{"name": "m", "decimals": 2, "columns": [{"header": "a", "path": "id", "values": {}}]}',
        '{"name": "m", "decimals": 2, "columns": [{"header": "a", "values": 1}]}',
        '{"name": "m", "decimals": 2, "columns": [{"header": "a", "values": {"x": 1}}]}',
        "[]",
        "nonsense",
    ],
)
def test_files_that_are_no_mappings_are_refused(text: str, tmp_path: Path) -> None:
    """They were written by hand, or by another program."""
    (tmp_path / "broken.json").write_text(text)
    with pytest.raises(ImportRefused):
        MappingStore(tmp_path).load("broken")


def test_a_mapping_of_an_earlier_version_is_read() -> None:
    """It did not say how its files are written."""
    document = {key: value for key, value in SHOP.to_document().items() if key != "dialect"}
    assert ColumnMapping.from_document(json.loads(json.dumps(document))) == SHOP


def test_a_metadata_key_is_one_key() -> None:
    """Whatever dots are in it, and wherever the metadata stands."""
    assert parts_of("metadata.a.b") == ("metadata", "a.b")
    assert parts_of("items.product.metadata.a.b") == ("items", "product", "metadata", "a.b")
    assert parts_of("customer.address.city") == ("customer", "address", "city")
    assert kind_of("metadata.") is None
    assert kind_of("items.metadata.x") == "text"


def test_every_field_has_kinds_and_its_usual_one_is_first() -> None:
    """What fills a field by default is among what may."""
    for path in (*FIELDS, "metadata.x", "items.metadata.x"):
        assert kinds_for(path)[0] == kind_of(path)
        assert set(kinds_for(path)) <= set(CELL_KINDS)
    assert kinds_for("nowhere") == ()


def test_all_unknown_columns_are_named_at_once() -> None:
    """A person maps them together; a column without a name can only be left out."""
    header = ("source_id", "Total", "Channel", "", "total_amount", "_line")
    with pytest.raises(UnknownColumns, match="2 columns are unknown to the API: “Total”, “Channel”") as error:
        columns_of(header, None)
    assert error.value.columns == ("Total", "Channel") == unknown_columns(header, None)
    with pytest.raises(UnknownColumns, match="“Amout”, which the API does not have; did you mean “amount”"):
        columns_of(("Amout",), None)


def test_what_is_left_out_unasked_is_known() -> None:
    """Columns that the service fills itself, and those that a mapping does not know."""
    header = ("No.", "Note", "New", "", "total_amount", "_reason", "metadata.x")
    assert unmapped_columns(header, SHOP) == ("New", "", "total_amount")
    assert unmapped_columns(("source_id", "object"), None) == ("object",)


def test_a_mapping_fits_a_file_whose_columns_it_all_knows(tmp_path: Path) -> None:
    """Columns that it leaves out need not be there; a new one would be lost, so that is no fit."""
    assert SHOP.fits(("No.", "Note"))
    assert SHOP.fits(("No.", "metadata.channel", "total_amount", "_line", "_reason"))
    assert not SHOP.fits(("No.", "New"))
    assert not SHOP.fits(("Note",))
    store = MappingStore(tmp_path)
    richer = ColumnMapping(
        "richer", (MappedColumn("No.", "source_id"), MappedColumn("Note", "metadata.note"))
    )
    for mapping in (
        SHOP,
        richer,
        ColumnMapping("empty", (MappedColumn("No.", None), MappedColumn("Note", None))),
    ):
        store.save(mapping)
    assert [mapping.name for mapping in store.fitting(("No.", "Note"))] == ["richer", "shop"]


def test_a_mapping_says_which_column_it_misses() -> None:
    """And which there are; one that is left out is not missed."""
    assert columns_of(("No.",), SHOP) == (MappedColumn("No.", "source_id"),)
    with pytest.raises(UnreadableFile, match=r"the mapping “shop” needs the column “No\.”") as error:
        columns_of(("Number", "Note"), SHOP)
    assert error.value.hint == "The file has these: Number, Note."
