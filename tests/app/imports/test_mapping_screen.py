"""Mapping the columns of a foreign CSV in the explorer, over the real sandbox."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.support.exploring import choose
from tests.support.jobs_app import WithJobs, with_jobs
from tests.support.sandbox import an_order
from tui.app.dialogs.chooser import Chooser
from tui.app.dialogs.replace_confirmation import READING
from tui.app.imports.column_dialogs import CellValuesDialog, FieldDialog
from tui.app.imports.csv_format_dialog import CsvFormatDialog
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.app.imports.import_screen import ImportScreen
from tui.app.imports.mapping_screen import MappingScreen
from tui.app.imports.saved_mappings import SavedMappingsDialog, SaveMappingDialog
from tui.jobs.importing.mapping.column_mapping import ColumnMapping, MappedColumn

SIZES = [(80, 24), (120, 40)]
SHOP = [an_order(number) for number in range(3)]
CSV = "Order No,Total,State,Note\nA-1,12.50,paid,x\nA-2,8.00,lost,y\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A CSV of another shop."""
    path = tmp_path / "shop.csv"
    path.write_text(CSV)
    return path


def write(file: Path, text: str, more: bytes = b"") -> None:
    """Put another CSV in its place."""
    file.write_bytes(text.encode() + more)


async def name_file(shop: WithJobs, file: Path, key: str = "enter") -> None:
    """Name the file on the import screen and go on."""
    await shop.press("i")
    form = await shop.shows(ImportScreen)
    form.query_one("#file", Input).value = str(file)
    await shop.press(key)


async def mapping(shop: WithJobs, file: Path, key: str = "enter") -> MappingScreen:
    """The mapping screen, its preview made."""
    await name_file(shop, file, key)
    screen: MappingScreen = await shop.shows(MappingScreen)
    await previewed(shop, screen)
    return screen


async def previewed(shop: WithJobs, screen: MappingScreen) -> None:
    """Wait until the preview is of what is shown."""
    await shop.explored.until(lambda: screen._found.rows or screen._found.problem)
    await shop.explored.until(lambda: not any(w.group == "preview" for w in screen.workers if w.is_running))
    await shop.explored.pilot.pause()


def field_of(screen: MappingScreen, header: str) -> tuple[str | None, str]:
    """Field and kind of a column."""
    column = next(column for column in screen.draft.columns if column.header == header)
    return column.path, column.kind


@pytest.mark.parametrize("size", SIZES)
async def test_a_foreign_csv_is_mapped_saved_and_imported(
    size: tuple[int, int], tmp_path: Path, file: Path
) -> None:
    """Offered and taken by keys, with the first rows as orders; kept by name; then checked as any file."""
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        screen = await mapping(shop, file)
        for words in ("Order No", "12.50", "source_id?", "status?", "metadata.Note?", "not saved"):
            assert words in shop.text
        assert not any(column.path for column in screen.draft.columns)
        await shop.press("space", "j", "space", "j", "space", "j", "space", "g")
        await previewed(shop, screen)
        assert "1 of the first 2 rows can be imported" in shop.text
        assert "must be one of" in shop.text
        await shop.press("j", "t")
        assert field_of(screen, "Total") == ("amount", "integer")
        await previewed(shop, screen)
        assert "0 of the first 2 rows" in shop.text
        await shop.press("u")
        assert field_of(screen, "Total") == ("amount", "amount")
        await shop.press("j", "space")
        assert field_of(screen, "State") == (None, "text")
        await shop.press("j", "enter")
        await shop.shows(FieldDialog)
        await shop.press(*"metadata.gift", "enter")
        await shop.shows(MappingScreen)
        assert field_of(screen, "Note") == ("metadata.gift", "text")
        await previewed(shop, screen)
        await shop.until("2 of the first 2 rows can be imported")
        await shop.press("s")
        await shop.shows(SaveMappingDialog)
        await shop.press("enter")
        await shop.shows(MappingScreen)
        await shop.until("saved as “shop”")
        assert shop.account.mappings.load("shop").needs() == ("Order No", "Total", "Note")
        await shop.press("c")
        await shop.shows(ImportPlanScreen)
        assert "2 of 2 rows can be imported" in shop.text
        await shop.press("y")
        await shop.noted("2 of 2 orders imported.")
        order = await shop.account.client.get_order("A-1")
        assert (order.raw["amount"], order.raw["metadata"]) == (1250, {"gift": "x"})


async def test_whole_amounts_are_asked_about(tmp_path: Path, file: Path) -> None:
    """Neither space nor the choice of a field reads 540 as 5.40 by itself; esc changes nothing."""
    write(file, "Order No,Total\nA-1,540\nA-2,12\n")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file)
        await shop.press("j", "space")
        await shop.shows(Chooser)
        assert "What does 540 in “Total” mean?" in shop.text
        assert "540.00" in shop.text
        assert "5.40" in shop.text
        await shop.press("escape")
        await shop.shows(MappingScreen)
        assert field_of(screen, "Total")[0] is None
        await shop.press("enter")
        await shop.shows(FieldDialog)
        await shop.press(*"amount", "enter")
        await shop.shows(Chooser)
        await shop.press("enter")
        await shop.shows(MappingScreen)
        assert field_of(screen, "Total") == ("amount", "amount")


async def test_a_saved_mapping_that_fits_is_offered_by_itself(tmp_path: Path, file: Path) -> None:
    """One key goes on with it; leaving asks again."""
    async with with_jobs(SHOP, tmp_path) as shop:
        columns = (MappedColumn("Order No", "source_id"), MappedColumn("Total", "amount", "amount"))
        left = (MappedColumn("State", None), MappedColumn("Note", None))
        shop.account.mappings.save(ColumnMapping("mine", (*columns, *left)))
        screen = await mapping(shop, file)
        assert "the saved mapping “mine” fits" in " ".join(shop.text.split())
        assert [column.path for column in screen.draft.columns] == ["source_id", "amount", None, None]
        await shop.press("escape")
        await shop.shows(ImportScreen)
        await shop.until("columns not mapped; nothing was sent")
        await shop.press("enter")
        await shop.shows(MappingScreen)
        await shop.press("c")
        await shop.shows(ImportPlanScreen)
        await shop.press("n")
        form = await shop.shows(ImportScreen)
        await shop.until("ctrl+o changes the columns", "“mine”, 2 columns mapped")
        await shop.press("enter")
        await shop.shows(ImportPlanScreen)
        await shop.press("n")
        await shop.shows(ImportScreen)
        await shop.press("ctrl+o")
        await shop.shows(MappingScreen)
        await shop.press("escape")
        await shop.shows(ImportScreen)
        form.query_one("#file", Input).value = "other.csv"
        await shop.until("from the titles")


async def test_another_saved_mapping_is_taken_and_undone(tmp_path: Path, file: Path) -> None:
    """By its name from a list that says which fit; a name that is taken is asked about."""
    async with with_jobs(SHOP, tmp_path) as shop:
        shop.account.mappings.save(ColumnMapping("half", (MappedColumn("Order No", "source_id"),)))
        screen = await mapping(shop, file)
        await shop.press("o")
        await shop.shows(SavedMappingsDialog)
        await shop.until("1 of its 1 columns are in the file")
        await shop.press("enter")
        await shop.until("“half”")
        assert field_of(screen, "Order No") == ("source_id", "text")
        await shop.press("u")
        await shop.until("· not saved")
        await shop.press("s")
        ask = await shop.shows(SaveMappingDialog)
        ask.query_one(Input).value = "half"
        await shop.press("enter")
        await shop.until("mapping “half” exists; press enter again to replace it")
        ask.query_one(Input).value = "../half"
        await shop.press("enter")
        await shop.until("cannot be the name")
        ask.query_one(Input).value = "half"
        await asyncio.sleep(READING)
        await shop.press("enter")
        await shop.until("saved as “half”")
        assert len(shop.account.mappings.load("half").columns) == 4


async def test_words_of_another_shop_are_read_as_statuses(tmp_path: Path, file: Path) -> None:
    """Usual ones are suggested; each cell is listed with what is read in its place."""
    write(file, "Order No,State\nA-1,paid\nA-2,pending\nA-3,lost\nA-4,n/a\n")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file)
        await shop.press("space", "j", "space")
        await shop.until("1 of the first 4 rows can be imported")
        await shop.press("v")
        await shop.shows(CellValuesDialog)
        await shop.until("pending  perhaps CREATED", "lost", "n/a")
        await shop.press("down", *["backspace"] * 9, *"created", "down")
        await shop.press(*["backspace"] * 9, *"cancel", "ctrl+s")
        await shop.until("“CANCEL” is not a status")
        await shop.press(*"ed", "enter", "ctrl+u")
        await shop.until("n/a  = no value")
        await shop.press("enter")
        await shop.shows(MappingScreen)
        values = {("pending", "CREATED"), ("lost", "CANCELED"), ("n/a", "")}
        assert set(screen.draft.columns[1].values) == values
        await shop.until("4 of the first 4 rows can be imported")
        await shop.press("u")
        assert screen.draft.columns[1].values == ()


async def test_how_the_file_is_written_is_seen_and_changed(tmp_path: Path, file: Path) -> None:
    """Proposed in sight; what cannot be is said in place."""
    write(file, "Bestellnummer;Betrag\n1;1.234,50\n")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file)
        assert "semicolon, utf-8" in " ".join(shop.text.split())
        await shop.press("j", "enter")
        await shop.shows(FieldDialog)
        await shop.press(*"amou", "enter")
        await shop.shows(MappingScreen)
        await previewed(shop, screen)
        assert "123450  = 1,234.50" in shop.text
        await shop.press("f")
        ask = await shop.shows(CsvFormatDialog)
        encoding = ask.query_one("#encoding", Input)
        encoding.value = "utf-99"
        await shop.press("ctrl+s")
        await shop.until("there is no encoding 'utf-99'")
        encoding.value = "cp1250"
        ask.query_one("#decimals").value = "3"
        ask.query_one("#decimal").value = "12,50"
        ask.query_one("#quotes").value = "no"
        await shop.press("ctrl+s")
        await shop.shows(MappingScreen)
        await previewed(shop, screen)
        assert "semicolon, cp1250, decimal comma, no quotes" in " ".join(shop.text.split())
        assert "1234500  = 1,234.500" in shop.text
        assert field_of(screen, "Betrag") == ("amount", "amount")


async def test_a_field_is_found_by_a_part_of_it(tmp_path: Path, file: Path) -> None:
    """The list narrows as it is typed; nothing is taken that is no field."""
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file)
        await shop.press("space", "enter")
        await shop.shows(FieldDialog)
        await shop.until("leave this column out", "for example A-1")
        await shop.press(*"birth")
        await shop.until("customer.birthdate")
        await shop.press(*"qqq", "enter")
        await shop.until("unknown field “birthqqq”")
        await shop.press(*["backspace"] * 3, "down", "up", "down", "tab")
        assert shop.explored.app.screen.query_one("#field", Input).value == "customer.birthday"
        await shop.press("escape")
        await shop.shows(MappingScreen)
        assert field_of(screen, "Order No") == ("source_id", "text")
        await shop.press("j", "j", "j", "enter")
        await shop.shows(FieldDialog)
        await shop.press(*"source_id", "enter")
        await shop.noted("“Order No” filled source_id before; it is now left out.")
        assert field_of(screen, "Order No") == (None, "text")


async def test_a_mapping_that_cannot_be_is_not_taken(tmp_path: Path, file: Path) -> None:
    """Why is said on the key and stands in the preview."""
    async with with_jobs(SHOP, tmp_path) as shop:
        await mapping(shop, file)
        await shop.press("enter")
        await shop.shows(FieldDialog)
        await shop.press(*"items.quantity", "enter")
        await shop.shows(MappingScreen)
        await shop.until("columns of items need the column source_id")
        await shop.press("c")
        await shop.noted("columns of items need the column source_id")
        await shop.press("space", "c")
        await shop.noted("No column fills a field yet.")
        assert isinstance(shop.explored.app.screen, MappingScreen)


async def test_columns_that_are_fields_are_mapped_on_request_only(tmp_path: Path, file: Path) -> None:
    """The key opens what is in force; a file that is no CSV has nothing to map."""
    write(file, "source_id,amount\nA-1,5\n")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file, "ctrl+o")
        assert [column.path for column in screen.draft.columns] == ["source_id", "amount"]
        await shop.press("escape")
        form = await shop.shows(ImportScreen)
        await shop.press("enter")
        await shop.shows(ImportPlanScreen)
        await shop.press("n")
        await shop.shows(ImportScreen)
        write(file, '{"source_id": "A-1"}\n')
        await shop.press("ctrl+o")
        await shop.until("shop.csv is JSON")
        form.query_one("#file", Input).value = str(tmp_path / "none.csv")
        await shop.press("ctrl+o")
        await shop.until("there is no file")


async def test_an_encoding_that_breaks_later_can_be_said(tmp_path: Path, file: Path) -> None:
    """Where the beginning did not show it: the plan says what to do, and the mapping is still there."""
    rows = "".join(f"A-{n},1.00,paid,x\n" for n in range(5000))
    write(file, "Order No,Total,State,Note\n" + rows, "A-x,1.00,paid,Łódź\n".encode("cp1250"))
    async with with_jobs(SHOP, tmp_path) as shop:
        await mapping(shop, file)
        await shop.press("space", "j", "space", "c")
        await shop.shows(ImportPlanScreen)
        told = " ".join(shop.text.replace("│", " ").split())
        assert "line 5,002: byte 15 is not UTF-8" in told
        assert "set its encoding" in told
        await shop.press("escape")
        await shop.shows(ImportScreen)
        await shop.press("ctrl+o")
        await shop.shows(MappingScreen)
        await shop.press("f")
        ask = await shop.shows(CsvFormatDialog)
        ask.query_one("#encoding", Input).value = "cp1250"
        await shop.press("ctrl+s")
        await shop.shows(MappingScreen)
        await shop.until("cp1250 ·")
        await shop.press("c")
        await shop.shows(ImportPlanScreen)
        await shop.until("5,001 of 5,001 rows can be imported")


async def test_hostile_titles_and_cells_are_shown_only(tmp_path: Path, file: Path) -> None:
    """In the table, the preview, the dialogs and the notes: nothing acts, nothing is markup."""
    write(file, "\x1b[2J[red]No,[/]Total\u202e,\nA\x07-1,[bold],\n")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file)
        for words in ("^[[2J[red]No", "[/]Total<U+202E>", "A^G-1", "[bold]"):
            assert words in shop.text
        await shop.press("enter")
        await shop.shows(FieldDialog)
        await shop.until("^[[2J[red]No")
        await shop.press("escape", "s")
        await shop.shows(SaveMappingDialog)
        await shop.press("enter", "o")
        await shop.shows(SavedMappingsDialog)
        await shop.until("^[[2J[red]No  left out")
        assert "\x1b" not in shop.text
        await shop.press("escape", "G", "enter")
        await shop.noted("A column without a title can only be left out.")
        assert screen.draft.columns[2].path is None


async def test_a_known_export_is_recognised_and_named(tmp_path: Path, file: Path) -> None:
    """Its columns are filled as its shop means them; a key goes on with it."""
    write(file, "Name,Total,Lineitem quantity,Lineitem name,Lineitem price\n#1,12.50,1,Mug,12.50\n")
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen = await mapping(shop, file)
        await shop.until("Recognised: Shopify order export", "the first row can be imported")
        assert field_of(screen, "Lineitem price") == ("items.price", "amount")
        await shop.press("c")
        await shop.shows(ImportPlanScreen)
        await shop.until("“Total”: 12.50 → 12.50", "Totals of the first orders: #1 12.50.")


async def test_esc_does_not_drop_a_mapping_that_was_changed(file: Path, tmp_path: Path) -> None:
    """One key threw the work away, unasked; a mapping that was only looked at closes at once."""
    async with with_jobs(SHOP, tmp_path / "home") as shop:
        screen = await mapping(shop, file)
        await shop.press("G", "space")
        assert screen.draft.before is not None
        await shop.press("escape")
        await shop.shows(Chooser)
        await shop.press("escape")
        await shop.explored.until(lambda: shop.explored.app.screen is screen)
        await shop.press("escape")
        await choose(shop.explored, "discard")
        await shop.shows(ImportScreen)


async def test_a_separator_that_is_ambiguous_has_to_be_chosen(tmp_path: Path, file: Path) -> None:
    """The file is not checked before."""
    write(file, "source;Total, gross\n1;12,50\n2;3,00\n")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await mapping(shop, file)
        await shop.press("space", "c")
        await shop.noted("Cells may be separated by comma or semicolon: press f to choose.")
        await shop.press("f")
        ask = await shop.shows(CsvFormatDialog)
        ask.query_one("#delimiter").value = "semicolon"
        await shop.press("ctrl+s")
        await shop.shows(MappingScreen)
        assert [column.header for column in screen.draft.columns] == ["source", "Total, gross"]
        await shop.press("j", "space", "c")
        await shop.shows(ImportPlanScreen)
        await shop.until("2 of 2 rows can be imported")
