"""Importing from the explorer, over the real sandbox: checked, shown, agreed to, followed, told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tests.support.jobs_app import WithJobs, orders_file, with_jobs
from tests.support.sandbox import an_order
from tui.actions.exit_codes import ExitCode
from tui.actions.results import DoneResult
from tui.app.accounts.unlock_dialog import UnlockDialog
from tui.app.dialogs.chooser import Chooser
from tui.app.dialogs.path_dialog import PathDialog
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.app.imports.import_screen import ImportScreen
from tui.app.jobs.exit_dialog import ExitDialog
from tui.app.jobs.jobs_screen import JobsScreen
from tui.app.navigation import SwitchProfile
from tui.app.startup.switchable_profiles import SwitchableProfiles
from tui.settings.profile_lookup import resolve_profile

SIZES = [(80, 24), (120, 40)]
KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "t"}
SHOP = [an_order(number) for number in range(3)]


async def check(shop: WithJobs, file: Path, **fields: str) -> ImportPlanScreen:
    """Name a file on the import screen and have it checked."""
    await shop.press("i")
    screen = await shop.shows(ImportScreen)
    for name, value in {"file": str(file), **fields}.items():
        screen.query_one(f"#{name}", Input).value = value
    await shop.press("enter")
    plan: ImportPlanScreen = await shop.shows(ImportPlanScreen)
    return plan


async def test_enter_that_comes_before_the_question_checks_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second plan lay under the first: yes to one and no to the other, and the orders went in."""
    file = orders_file(tmp_path / "in.jsonl", 5)
    planned = ImportScreen.on_import_screen_planned

    def planned_and_pressed(self: ImportScreen, message: ImportScreen.Planned) -> None:
        planned(self, message)
        self.action_check()
        self.action_map()
        self.action_back()

    monkeypatch.setattr(ImportScreen, "on_import_screen_planned", planned_and_pressed)
    async with with_jobs(SHOP, tmp_path) as shop:
        plan = await check(shop, file)
        for _ in range(5):
            await shop.explored.pilot.pause(0.05)
        assert shop.explored.app.screen is plan
        await shop.press("n")
        await shop.until("nothing was sent")
        await shop.press("enter")
        await shop.shows(ImportPlanScreen)


async def test_a_plan_that_comes_after_esc_is_forgotten(tmp_path: Path) -> None:
    """It asked all the same, after the screen had said that it was stopped."""
    file = orders_file(tmp_path / "in.jsonl", 5)
    async with with_jobs(SHOP, tmp_path) as shop:
        await shop.press("i")
        screen = await shop.shows(ImportScreen)
        plan = await shop.account.importer.plan(file)
        late: Any = object()
        screen.post_message(ImportScreen.Planned(plan, late))
        await shop.explored.until(lambda: not list((tmp_path / "runs").glob("*.import")))
        assert shop.explored.app.screen is screen


async def imported(shop: WithJobs, source_id: str) -> bool:
    """Whether the shop has an order."""
    orders = (await shop.account.client.list_orders(limit=100)).orders
    return source_id in {order.source_id for order in orders}


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_goes_in_and_its_rejects_come_out(size: tuple[int, int], tmp_path: Path) -> None:
    """Checked, shown with findings and plan, agreed to, told with counts; then the rejects are written."""
    file = orders_file(tmp_path / "in.jsonl", 30, faulty=2, refused=1)
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        screen = await check(shop, file)
        assert screen.focused is not None
        assert screen.focused.id == "no"
        for words in ("31 of 33 rows can be imported, 2 cannot", "31", "amount", "1 request"):
            assert words in shop.text
        assert "triggers no events" in shop.text
        assert not await imported(shop, "new-0")
        await shop.press("y")
        await shop.browses()
        await shop.noted("30 of 33 orders imported, 3 rejected.")
        assert "then o to write the rejected rows" in shop.notes()
        assert await imported(shop, "new-29")
        await shop.press("J")
        jobs = await shop.shows(JobsScreen)
        await shop.explored.until(lambda: jobs.job is not None)
        run = next(job for job in jobs._jobs if job.kind == "import run")
        jobs.query_one("RowsTable").move_to_key(run.id)
        await shop.press("enter")
        await shop.until("Reason", "Cannot find customer", "3 reasons for")
        await shop.press("escape", "o")
        ask = await shop.shows(PathDialog)
        assert ask.query_one(Input).value == str(tmp_path / "in-rejects.jsonl")
        await shop.press("enter")
        await shop.noted("3 rejected rows with their reasons")
        rejects = [json.loads(line) for line in (tmp_path / "in-rejects.jsonl").read_text().splitlines()]
        assert [row["_line"] for row in rejects] == [31, 32, 33]


async def test_no_sends_nothing_and_keeps_what_was_typed(tmp_path: Path) -> None:
    """Enter on the question is No; the plan is forgotten and the form is as it was."""
    file = orders_file(tmp_path / "in.jsonl", 3)
    async with with_jobs(SHOP, tmp_path) as shop:
        await check(shop, file, chunk="2")
        await shop.press("enter")
        form = await shop.shows(ImportScreen)
        assert form.query_one("#chunk", Input).value == "2"
        await shop.until("nothing was sent")
        await shop.press("escape")
        await shop.browses()
        assert not await imported(shop, "new-0")
        assert list((tmp_path / "runs").glob("*.import")) == []


@pytest.mark.parametrize("size", SIZES)
async def test_rows_are_looked_up_where_that_is_asked_for(size: tuple[int, int], tmp_path: Path) -> None:
    """The key says its cost in calls; what was found stands before the remarks."""
    file = orders_file(tmp_path / "in.jsonl", 12)
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        await check(shop, file)
        assert "s how many exist? 12 calls" in shop.text
        await shop.press("s")
        await shop.until("None of 12 rows looked up exists yet.")
        await shop.press("y")
        await shop.noted("12 of 12 orders imported.")
        await check(shop, file)
        await shop.press("s")
        await shop.until("12 of 12 rows looked up exist already: they will be UPDATED.")
        await shop.press("n")
        await shop.shows(ImportScreen)


@pytest.mark.parametrize("count", [1, 3])
async def test_production_wants_its_name_and_the_count(count: int, tmp_path: Path) -> None:
    """A yes is not enough where real orders are at stake. For one order a count of two was wanted."""
    file = orders_file(tmp_path / "in.jsonl", count)
    async with with_jobs(SHOP, tmp_path, kind="production") as shop:
        await check(shop, file)
        assert f"Type shop {count}:" in shop.text
        await shop.press("y", "enter")
        await shop.until("It does not match.")
        await shop.press(*"shop", "space", str(count), "enter")
        await shop.noted(f"{count} of {count} order")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": ""}, "name the file to import"),
        ({"file": "/no/such/file.csv"}, "/no/such/file.csv"),
        ({"file": "x.csv", "chunk": "9000"}, "1 to 2,000 orders"),
    ],
)
async def test_what_cannot_be_is_said_in_place(fields: dict[str, str], words: str, tmp_path: Path) -> None:
    """A mistake is told on the form, which stays."""
    async with with_jobs(SHOP, tmp_path) as shop:
        await shop.press("i")
        form = await shop.shows(ImportScreen)
        for name, value in fields.items():
            form.query_one(f"#{name}", Input).value = value
        await shop.press("enter")
        await shop.until(words)
        assert isinstance(shop.explored.app.screen, ImportScreen)


async def test_a_file_without_a_good_row_is_not_asked_about(tmp_path: Path) -> None:
    """The findings are there, the question is not, and the faulty rows can be written."""
    file = orders_file(tmp_path / "in.jsonl", 0, faulty=4)
    async with with_jobs(SHOP, tmp_path) as shop:
        await check(shop, file)
        assert "no order in it can be imported" in shop.text
        assert "y Yes" not in shop.text
        await shop.press("w")
        await shop.shows(PathDialog)
        await shop.press("enter")
        await shop.noted("4 faulty rows")
        assert len((tmp_path / "in-rejects.jsonl").read_text().splitlines()) == 4


async def test_an_import_runs_while_its_user_browses_and_is_asked_about_before_leaving(
    tmp_path: Path,
) -> None:
    """The status line tells how far it is; quitting and ``!`` say what becomes of it, and No stays."""
    file = orders_file(tmp_path / "in.jsonl", 40)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await check(shop, file, chunk="10")
        shop.clock.gate.clear()
        await shop.press("y")
        await shop.browses()
        await shop.until("import: ")
        await shop.press("j")
        assert shop.explored.screen.table.cursor_index == 1
        await shop.press("q")
        await shop.shows(ExitDialog)
        assert "ordex import --resume last" in shop.text
        await shop.press("escape")
        await shop.browses()
        await shop.press("!")
        await shop.shows(ExitDialog)
        assert "An import runs, in.jsonl: 0 of 40 rows" in shop.text
        assert "Switch to the REPL?" in shop.text
        await shop.press("n")
        await shop.browses()
        shop.clock.gate.set()
        await shop.noted("40 of 40 orders imported.")
        assert "import: " not in shop.text


async def test_leaving_lets_an_import_go_on_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``b`` leaves once another process has it; where none takes it up, the explorer stays and says so."""
    file = orders_file(tmp_path / "in.jsonl", 40)
    results = [
        DoneResult(("it did not get far",), {"outcome": "interrupted"}, code=ExitCode.PARTIAL),
        DoneResult(("it goes on",), {"outcome": "detached"}),
    ]

    async def detach(*_: object) -> DoneResult:
        return results.pop(0)

    monkeypatch.setattr("tui.actions.jobs.detached_import.detach_import", detach)
    async with with_jobs(SHOP, tmp_path, size=(80, 24)) as shop:
        await check(shop, file, chunk="10")
        shop.clock.gate.clear()
        await shop.press("y")
        await shop.until("· import")
        await shop.press("q")
        await shop.shows(ExitDialog)
        await shop.press("b")
        await shop.noted("it continues in this window")
        await shop.browses()
        assert shop.jobs.are_running
        await shop.press("q")
        await shop.shows(ExitDialog)
        await shop.press("b")
        await shop.explored.until(lambda: not shop.explored.app.is_running)


async def test_the_question_before_leaving_follows_the_import(tmp_path: Path) -> None:
    """What it says is true when it is read: the import may end meanwhile."""
    file = orders_file(tmp_path / "in.jsonl", 40)
    async with with_jobs(SHOP, tmp_path, size=(80, 24)) as shop:
        await check(shop, file, chunk="10")
        shop.clock.gate.clear()
        await shop.press("y")
        await shop.until("· import")
        await shop.press("q")
        await shop.shows(ExitDialog)
        await shop.until("An import runs", "continues in the background")
        shop.clock.gate.set()
        await shop.until("All jobs have ended.")
        assert "background" not in shop.text
        await shop.press("s")
        await shop.explored.until(lambda: not shop.explored.app.is_running)


async def test_an_import_left_unfinished_is_offered_and_resumed(tmp_path: Path) -> None:
    """What was left half-way, for another profile, is told of at the next start; ``u`` brings each order in.

    ``p`` and ``!`` were refused while a job ran, however long that was. The cursor of the jobs began on
    another row, for which ``u`` was refused.
    """
    file = orders_file(tmp_path / "in.jsonl", 40)
    async with with_jobs(SHOP, tmp_path) as shop:
        await check(shop, file, chunk="10")
        shop.clock.gate.clear()
        await shop.press("y")
        await shop.until("· import")
        here = resolve_profile(KEYS)
        shop.explored.screen.account.profiles = SwitchableProfiles(here, KEYS, tmp_path / "config.toml")
        await shop.press("p")
        await shop.shows(Chooser)
        await shop.press("k", "enter")
        await shop.shows(ExitDialog)
        assert "Switch to the other profile?" in shop.text
        await shop.press("s")
        await shop.explored.until(lambda: not shop.explored.app.is_running)
        assert isinstance(shop.explored.app.return_value, SwitchProfile)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await shop.noted("Unfinished import")
        await shop.account.client.create_order_export({"fields": ["id"]})
        await shop.press("J")
        await shop.until("UNFINISHED")
        jobs = shop.explored.app.screen
        assert jobs.job.status == "UNFINISHED"
        await shop.press("u")
        await shop.noted("40 of 40 orders imported.")
        await shop.press("escape")
        page = await shop.account.client.list_orders(limit=100)
        assert page.total == 43


async def test_an_import_that_is_stopped_sends_nothing_more(tmp_path: Path) -> None:
    """``c`` on the jobs screen: what was accepted is followed, and the rest can be sent later."""
    file = orders_file(tmp_path / "in.jsonl", 40)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await check(shop, file, chunk="10")
        shop.clock.gate.clear()
        await shop.press("y")
        await shop.until("· import")
        await shop.press("J")
        screen = await shop.shows(JobsScreen)
        await shop.until("import run", "RUNNING")
        (job,) = shop.jobs.running.under_way
        screen.query_one("RowsTable").move_to_key(job.job)
        await shop.press("c")
        await shop.noted("Sending stopped")
        shop.clock.gate.set()
        await shop.noted("Cancelled:")
        await shop.until("UNFINISHED")
        assert not await imported(shop, "new-39")


async def test_an_import_stops_where_leave_to_change_ends_and_goes_on_with_it(tmp_path: Path) -> None:
    """The transport refuses the next chunk; nothing is lost: resuming asks for leave and sends the rest."""
    file = orders_file(tmp_path / "in.jsonl", 40)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        lock = shop.account.write_lock
        lock.close()
        lock.open_for(3600)
        await check(shop, file, chunk="10")
        shop.clock.gate.clear()
        await shop.press("y")
        await shop.until("· import")
        lock.close()
        shop.clock.gate.set()
        await shop.noted("The import stopped: This profile is read-only.")
        await shop.noted("Nothing is lost: press J, then u to resume.")
        assert not await imported(shop, "new-39")
        await shop.press("J")
        screen = await shop.shows(JobsScreen)
        await shop.until("UNFINISHED")
        run = next(job for job in screen._jobs if job.kind == "import run")
        screen.query_one("RowsTable").move_to_key(run.id)
        await shop.press("u")
        await shop.shows(UnlockDialog)
        await shop.press(*"shop", "enter")
        await shop.noted("40 of 40 orders imported.")
        assert (await shop.account.client.list_orders(limit=100)).total == 43


async def test_a_profile_that_only_reads_imports_nothing(tmp_path: Path) -> None:
    """The key answers with the reason."""
    async with with_jobs(SHOP, tmp_path, read_only=True) as shop:
        await shop.press("i")
        await shop.noted("this profile is read-only")
        await shop.browses()
        assert (await shop.account.client.list_orders(limit=100)).total == 3
