"""Exporting from the explorer, over the real sandbox: the whole account by a job, or what is shown."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

import duckdb
import pytest
from textual.widgets import Input, SelectionList

from tests.support.jobs_app import WithJobs, with_jobs
from tests.support.sandbox import an_order
from tui.app.dialogs.replace_confirmation import READING
from tui.app.jobs.export_screen import ACCOUNT, SHOWN, ExportScreen
from tui.app.widgets.choice_line import ChoiceLine

SIZES = [(80, 24), (120, 40)]
SHOP = [
    an_order(number, status="PAID" if number % 2 else "CREATED", metadata={"channel": "=web"})
    for number in range(6)
]


async def export(shop: WithJobs, **values: str) -> ExportScreen:
    """Open the export screen and fill it in."""
    await shop.press("x")
    screen: ExportScreen = await shop.shows(ExportScreen)
    for name, value in values.items():
        field = screen.query_one(f"#{name}")
        if isinstance(field, ChoiceLine):
            field.action_choose(value)
        elif isinstance(field, Input):
            field.value = value
        await shop.explored.pilot.pause()
    return screen


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with file.open(newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_account_comes_down_as_a_job(size: tuple[int, int], tmp_path: Path) -> None:
    """Every order is in the file, with the metadata keys that were seen; a note says how it went."""
    file = tmp_path / "all.csv"
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        screen = await export(shop, file=str(file))
        assert "The service creates the file as a job" in shop.text
        assert "metadata.channel" in screen.query_one(SelectionList).selected
        await shop.press("ctrl+s")
        await shop.browses()
        await shop.noted("6 orders in")
        assert len(rows_of(file)) == 6
        assert shop.jobs.running.jobs[0].state == "done"


async def test_the_service_filters_what_it_can_and_the_rest_is_said_and_done_here(tmp_path: Path) -> None:
    """The filter in force comes along; the part that the service cannot do is named and applied here."""
    file = tmp_path / "some.jsonl"
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await export(shop, file=str(file), format="jsonl", where="status:paid source_id~SOURCE-1")
        await shop.until("filtered here after the download", "source_id~SOURCE-1")
        await shop.press("ctrl+s")
        await shop.noted("1 order in")
        documents = [json.loads(line) for line in file.read_text().splitlines()]
        assert [document["source_id"] for document in documents] == ["source-1"]


async def test_the_filter_bar_s_text_is_the_filter_to_begin_with(tmp_path: Path) -> None:
    """What was typed to find orders need not be typed again; a wrong filter is told and not sent."""
    async with with_jobs(SHOP, tmp_path) as shop:
        await shop.press("slash", *"paid", "enter")
        screen = await export(shop)
        assert screen.query_one("#where", Input).value == "paid"
        await export_again(shop, screen, "status:(")
        assert isinstance(shop.explored.app.screen, ExportScreen)
        assert shop.jobs.running.jobs == ()


async def export_again(shop: WithJobs, screen: ExportScreen, where: str) -> None:
    """Try another filter on the open screen."""
    screen.query_one("#where", Input).value = where
    await shop.press("ctrl+s")
    await shop.explored.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_seen_is_written_without_a_job(size: tuple[int, int], tmp_path: Path) -> None:
    """The rows that the filter leaves, in the order shown, with the fields chosen; no call is made."""
    file = tmp_path / "seen.csv"
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        await shop.press("slash", *"paid", "enter")
        before = shop.account.client.budget.remaining
        screen = await export(shop, what=SHOWN, file=str(file), escape="spreadsheet")
        assert "3 orders listed, of 6 in the account" in shop.text
        assert "items" in screen.query_one(SelectionList).selected
        await shop.press("ctrl+s")
        await shop.noted("3 orders are in")
        rows = rows_of(file)
        assert [row["source_id"] for row in rows] == ["source-5", "source-3", "source-1"]
        assert shop.account.client.budget.remaining == before
        assert shop.jobs.running.jobs == ()


async def test_marked_orders_go_before_those_listed(tmp_path: Path) -> None:
    """Marks are what is meant; JSON Lines contain complete order as it was read."""
    file = tmp_path / "marked.jsonl"
    async with with_jobs(SHOP, tmp_path) as shop:
        await shop.press("space", "space")
        await export(shop, what=SHOWN, format="jsonl", file=str(file))
        await shop.until("2 marked orders", "JSON Lines contain complete")
        await shop.press("ctrl+s")
        await shop.noted("2 orders are in")
        documents = [json.loads(line) for line in file.read_text().splitlines()]
        assert [document["metadata"] for document in documents] == [{"channel": "=web"}] * 2


async def test_a_file_is_replaced_only_when_asked_twice(tmp_path: Path) -> None:
    """The first time says that it exists, and it is as it was."""
    file = tmp_path / "old.csv"
    file.write_text("old")
    async with with_jobs(SHOP, tmp_path) as shop:
        await export(shop, what=SHOWN, file=str(file))
        await shop.press("ctrl+s")
        await shop.until("press ctrl+s again to replace it")
        assert file.read_text() == "old"
        await asyncio.sleep(READING)
        await shop.press("ctrl+s")
        await shop.noted("6 orders are in")


async def test_enter_that_comes_twice_replaces_nothing(tmp_path: Path) -> None:
    """The second came before the warning was in sight, and the file was gone."""
    file = tmp_path / "old.csv"
    file.write_text("old")
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await export(shop, what=SHOWN, file=str(file))
        await screen.action_export()
        await screen.action_export()
        await shop.until("press ctrl+s again to replace it")
        assert shop.explored.app.screen is screen
        assert file.read_text() == "old"


async def test_the_form_gives_the_file_its_ending(tmp_path: Path) -> None:
    """CSV and JSON Lines are told apart by the name as well."""
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await export(shop, format="jsonl")
        assert screen.query_one("#file", Input).value == "orders.jsonl"


async def test_a_profile_that_only_reads_exports_what_is_seen(tmp_path: Path) -> None:
    """A job cannot be created, with the reason; what is on the screen can be written."""
    file = tmp_path / "seen.csv"
    async with with_jobs(SHOP, tmp_path, read_only=True) as shop:
        screen = await export(shop, what=ACCOUNT, file=str(file))
        await shop.until("W allows changes", "“what I see” works")
        await shop.press("ctrl+s")
        assert isinstance(shop.explored.app.screen, ExportScreen)
        screen.query_one("#what", ChoiceLine).action_choose(SHOWN)
        await shop.press("ctrl+s")
        await shop.noted("6 orders are in")
        assert len(rows_of(file)) == 6


async def test_what_is_seen_is_written_as_parquet(tmp_path: Path) -> None:
    """A name that ends so chooses the form."""
    file = tmp_path / "seen.parquet"
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen = await export(shop, what=SHOWN, file=str(file))
        assert screen.query_one("#format", ChoiceLine).value == "parquet"
        await shop.press("ctrl+s")
        await shop.noted("6 orders are in")
    with duckdb.connect() as db:
        found = db.execute(f"SELECT amount, \"metadata.channel\" FROM '{file}'").fetchall()
    assert found == [(1005 - n, "=web") for n in range(6)]
