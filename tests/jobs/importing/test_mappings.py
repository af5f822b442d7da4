"""Mappings of foreign columns: proposed, previewed, kept by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.jobs.importing.fields import kind_of, parts_of
from tui.jobs.importing.mapping import Column, ColumnMapping
from tui.jobs.importing.mapping_store import MappingStore
from tui.jobs.importing.proposing import preview
from tui.jobs.importing.rows import ImportRefused

SHOP = "Order Number,Total,E-Mail,Channel,Qty,Email,\n1001,12.50,a@b.c,web,2,x,y\n1002,8.00,,app,1,,\n"


def test_a_foreign_csv_is_guessed_and_previewed(tmp_path: Path) -> None:
    """Known words become fields, amounts with decimals are people's, the unknown becomes metadata."""
    path = tmp_path / "shop.csv"
    path.write_text(SHOP)
    seen = preview(path)
    assert [(c.header, c.path, c.kind) for c in seen.mapping.columns] == [
        ("Order Number", "source_id", "text"),
        ("Total", "amount", "amount"),
        ("E-Mail", "customer.email", "text"),
        ("Channel", "metadata.Channel", "text"),
        ("Qty", "items.quantity", "integer"),
        ("Email", None, "text"),
        ("", None, "text"),
    ]
    assert seen.rows[0].document == {
        "source_id": "1001",
        "amount": 1250,
        "customer": {"email": "a@b.c"},
        "metadata": {"Channel": "web"},
        "items": [{"quantity": 2}],
    }


def test_mappings_are_kept_by_name(tmp_path: Path) -> None:
    """Saved, listed, loaded as they were, deleted."""
    store = MappingStore(tmp_path / "mappings")
    assert store.names() == ()
    mapping = ColumnMapping("my shop", (Column("No.", "source_id"), Column("x", None)), decimals=0)
    store.save(mapping)
    assert store.names() == ("my shop",)
    assert store.load("my shop") == mapping
    store.delete("my shop")
    with pytest.raises(ImportRefused, match="there is no mapping"):
        store.load("my shop")


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a/b", "x" * 65])
def test_names_stay_in_the_folder(name: str, tmp_path: Path) -> None:
    """A name is a name and no path."""
    with pytest.raises(ImportRefused, match="cannot be the name"):
        MappingStore(tmp_path).save(ColumnMapping(name, ()))


def test_mappings_to_nowhere_are_refused(tmp_path: Path) -> None:
    """Unknown fields, two columns for one field, and files that are no mappings."""
    store = MappingStore(tmp_path)
    with pytest.raises(ImportRefused, match="did you mean amount"):
        store.save(ColumnMapping("m", (Column("a", "amout"),)))
    with pytest.raises(ImportRefused, match="from two columns"):
        store.save(ColumnMapping("m", (Column("a", "amount"), Column("b", "amount"))))
    (tmp_path / "broken.json").write_text('{"name": "broken", "columns": [{"header": 1}]}')
    with pytest.raises(ImportRefused, match="cannot be read"):
        store.load("broken")


def test_a_metadata_key_is_one_key() -> None:
    """Whatever dots are in it, and wherever the metadata stands."""
    assert parts_of("metadata.a.b") == ("metadata", "a.b")
    assert parts_of("items.product.metadata.a.b") == ("items", "product", "metadata", "a.b")
    assert parts_of("customer.address.city") == ("customer", "address", "city")
    assert kind_of("metadata.") is None
    assert kind_of("items.metadata.x") == "text"
