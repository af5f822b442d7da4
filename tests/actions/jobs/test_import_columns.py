"""How a CSV is read, made of its beginning and the words of ``import``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tui.actions.jobs.column_arguments import ColumnOptions
from tui.actions.jobs.import_columns import ColumnChoice, MappingProposal, choose_columns
from tui.actions.verb import InputError
from tui.jobs.importing.import_errors import ImportRefused
from tui.jobs.importing.mapping.csv_dialect import Dialect
from tui.jobs.importing.mapping.mapping_store import MappingStore

SHOP = "Number,Total,E-Mail\nA-1,12.50,a@b.c\n"
MAPPED = ("Number=source_id", "Total=amount:amount", "E-Mail=")


class Shop:
    """A CSV and the mappings that are saved."""

    def __init__(self, folder: Path, text: str = SHOP) -> None:
        self.file = folder / "shop.csv"
        self.file.write_text(text)
        self.store = MappingStore(folder / "mappings")

    def choose(self, **given: Any) -> ColumnChoice | MappingProposal:
        """What is chosen by these words."""
        return choose_columns(self.file, ColumnOptions(**given), self.store)

    def refuses(self, **given: Any) -> str:
        """Why the words cannot be."""
        with pytest.raises((InputError, ImportRefused)) as refused:
            self.choose(**given)
        assert self.store.names() in {(), ("shop",)}
        return f"{refused.value} {getattr(refused.value, 'hint', '')}"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop without saved mappings."""
    return Shop(tmp_path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"map": ("Totl=amount",)}, "no column “Totl”; did you mean “Total”?"),
        ({"map": ("Total=amout",)}, "did you mean “amount”?"),
        ({"map": ("Total=amount:mony",)}, "no kind “mony”; did you mean “amount”?"),
        ({"map": ("Total=amount:text",)}, "filled by integer or amount, not by text"),
        ({"map": ("Total",)}, "write it HEADER=FIELD"),
        ({"map": MAPPED, "value": ("E-Mail:x=y",)}, "fills no field; choose one with --map"),
        ({"map": MAPPED, "value": ("x=y",)}, "write it HEADER:CELL=TEXT"),
        ({"map": ("Total=status:status",), "value": ("Total:new=CREATD",)}, "“CREATD” is not a status"),
        ({"mapping": "none"}, "no mapping “none”"),
        ({"delimiter": ";;"}, "cannot be the delimiter"),
        ({"delimiter": "semicolon"}, "seem to be separated by commas"),
        ({"encoding": "cp1522"}, "did you mean"),
        ({"decimals": 3, "map": (*MAPPED, "Total=")}, "no column is of kind amount"),
        ({"map": MAPPED, "save_mapping": "../x"}, "cannot be the name"),
        ({"map": ("Number=items.sku_id", *MAPPED[1:])}, "columns of items need the column source_id"),
        ({"map": ("Number=amount", *MAPPED[1:])}, "fills amount from two columns"),
    ],
)
def test_what_cannot_be_is_said_with_what_was_meant(given: dict[str, Any], said: str, shop: Shop) -> None:
    """And nothing is saved."""
    assert said in shop.refuses(**given)


def test_columns_that_are_fields_need_no_words(tmp_path: Path) -> None:
    """Nor do files that are no CSV, or are not there, which the plan tells of."""
    plain = Shop(tmp_path, "Source ID,amount,total_amount\na,1,1\n")
    assert plain.choose() == ColumnChoice()
    assert plain.choose(delimiter=",") == ColumnChoice(dialect=Dialect())
    assert "nothing to save" in plain.refuses(save_mapping="x")
    plain.file.write_text('{"source_id": "a"}\n')
    assert plain.choose() == ColumnChoice()
    assert "shop.csv is JSON; --map is about" in plain.refuses(map=("a=b",))
    plain.file.unlink()
    assert plain.choose(map=("a=b",)) == ColumnChoice()


def test_every_column_has_to_be_spoken_for(shop: Shop) -> None:
    """A column that is forgotten is no column that is left out."""
    needed = shop.choose(map=MAPPED[:2])
    assert isinstance(needed, MappingProposal)
    assert needed.reason == "the column “E-Mail”, which the API does not have"
    assert [column.path for column in needed.mapping.columns] == ["source_id", "amount", None]
    chosen = shop.choose(map=MAPPED)
    assert isinstance(chosen, ColumnChoice)
    assert chosen.mapping is not None
    assert chosen.mapping.needs() == ("Number", "Total")


def test_a_mapping_is_saved_whole_and_changed_by_its_name_only(shop: Shop) -> None:
    """With the columns that are left out and how the file is written."""
    saved = shop.choose(map=MAPPED, save_mapping="shop", decimals=3)
    assert isinstance(saved, ColumnChoice)
    assert saved.messages == ("the mapping is saved as “shop”",)
    assert [(c.header, c.path) for c in shop.store.load("shop").columns] == [
        ("Number", "source_id"),
        ("Total", "amount"),
        ("E-Mail", None),
    ]
    assert shop.store.load("shop").decimals == 3
    assert "a mapping “shop” already" in shop.refuses(map=MAPPED, save_mapping="shop")
    shop.choose(mapping="shop", map=("E-Mail=customer.email",), save_mapping="shop", decimal_comma=True)
    changed = shop.store.load("shop")
    assert changed.needs() == ("Number", "Total", "E-Mail")
    assert changed.dialect.decimal == ","
    assert changed.decimals == 3


def test_cells_are_read_otherwise(shop: Shop) -> None:
    """The newest word for a cell wins, over what was saved, too; giving a column anew forgets its words."""
    given = {"map": ("Number=source_id", "Total=", "E-Mail=status:status")}
    said = ("E-Mail:new=CREATED", "e-mail:OLD=PAID", "E-Mail:New=paid")
    shop.choose(**given, value=said, save_mapping="shop")
    assert shop.store.load("shop").columns[2].values == (("OLD", "PAID"), ("New", "PAID"))
    shop.choose(mapping="shop", value=("E-Mail:old=CANCELED",), save_mapping="shop")
    assert shop.store.load("shop").columns[2].values == (("New", "PAID"), ("old", "CANCELED"))
    changed = shop.choose(mapping="shop", map=("E-Mail=customer.email",))
    assert isinstance(changed, ColumnChoice)
    assert changed.mapping is not None
    assert not changed.mapping.columns[2].values


def test_saved_mappings_that_fit_are_offered(shop: Shop) -> None:
    """Where nothing was said of columns; the proposal has a name of its own."""
    shop.choose(map=MAPPED, save_mapping="shop")
    needed = shop.choose()
    assert isinstance(needed, MappingProposal)
    assert (needed.fitting, needed.free_name) == (("shop",), "shop 2")


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("Number;Total\nA-1;1,5\n", Dialect(";")),
        ("source_id\tamount\nA-1\t1\n", Dialect("\t")),
        ("Łódź,Total\nx,1\n", Dialect(encoding="utf-16")),
    ],
)
def test_what_is_written_in_another_way_is_proposed(text: str, dialect: Dialect, shop: Shop) -> None:
    """Also where the titles are fields of the API: nothing is guessed and used unseen."""
    shop.file.write_bytes(text.encode(dialect.encoding))
    needed = shop.choose()
    assert isinstance(needed, MappingProposal)
    assert "seems to use another dialect" in needed.reason
    assert needed.mapping.dialect == dialect


@pytest.mark.parametrize(
    ("text", "given", "kind"),
    [
        ("Number,Total\nA-1,540\nA-2,12.50\n", ("Total=amount",), "amount"),
        ("Number,Total\nA-1,540\nA-2,CHF 12\n", ("Total=amount",), "amount"),
        ("Number,Total,Price\nA-1,540,5.00\n", ("Total=amount", "Price=discount_amount"), "amount"),
        ("Number,Total,Price\nA-1,540,7\n", ("Total=amount", "Price=discount_amount:amount"), "amount"),
        ("Number,Total,Price\nA-1,540,7\n", ("Total=amount", "Price=discount_amount:integer"), "integer"),
        ("Number,amount\nA-1,540\n", ("amount=amount",), "integer"),
    ],
)
def test_the_kind_of_money_is_what_the_cells_of_the_file_say(
    text: str, given: tuple[str, ...], kind: str, tmp_path: Path
) -> None:
    """A cell with decimals or a currency, or a kind that was given, holds for all money of the file."""
    chosen = Shop(tmp_path, text).choose(map=("Number=source_id", *given))
    assert isinstance(chosen, ColumnChoice)
    assert chosen.mapping is not None
    assert {c.path: c.kind for c in chosen.mapping.columns}["amount"] == kind


@pytest.mark.parametrize("cells", [("540", "1080"), ("0", "7"), ("n/a", "540"), ("", "")])
def test_whole_money_has_no_kind_by_itself(cells: tuple[str, str], tmp_path: Path) -> None:
    """It may be whole units or minor units, which differ by a hundred: that is asked, not assumed."""
    shop = Shop(tmp_path, f"Number,Total\nA-1,{cells[0]}\nA-2,{cells[1]}\n")
    said = shop.refuses(map=("Number=source_id", "Total=amount"))
    assert "pass Total=amount:amount if" in said
    assert "or Total=amount:integer if it means" in said
