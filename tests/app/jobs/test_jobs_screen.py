"""The jobs of the account, over the real sandbox."""

from __future__ import annotations

import asyncio
import gc
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.support.jobs_app import GatedClock, JobsAccount, WithJobs, orders_file, with_jobs
from tests.support.sandbox import MovableClock, an_order
from tui.actions.exit_codes import ExitCode
from tui.actions.jobs.job_listing import JobList
from tui.actions.results import DoneResult
from tui.app.dialogs.confirm_dialog import ConfirmDialog
from tui.app.dialogs.path_dialog import PathDialog
from tui.app.imports.finding_rows import RowsTable
from tui.app.jobs.job_detail import JobDetail
from tui.app.jobs.jobs_screen import JobsScreen
from tui.app.jobs.running_jobs import RunningJob
from tui.jobs.importing.import_engine import ImportEngine
from tui.jobs.importing.import_options import ImportOptions
from tui.sandbox.http.rate_limits import RateLimit
from tui.voucherify.errors import Unreachable
from tui.voucherify.responses import Export, ExportsPage

SIZES = [(80, 24), (120, 40)]
SHOP = [an_order(number) for number in range(4)]


async def jobs_screen(shop: WithJobs, clock: GatedClock | None = None) -> JobsScreen:
    """Open the screen, with a clock that polls by it."""
    if clock is None:
        await shop.press("J")
    else:
        shop.explored.app.push_screen(JobsScreen(shop.account, shop.jobs.running, clock=clock))
    screen: JobsScreen = await shop.shows(JobsScreen)
    await shop.explored.until(lambda: screen._read_at is not None)
    await shop.explored.pilot.pause()
    return screen


async def begin_elsewhere(shop: WithJobs, count: int = 5) -> str:
    """An import that nobody here began."""
    orders = [{"source_id": f"else-{n}", "amount": n} for n in range(count)]
    return await shop.account.client.import_orders(orders)


async def test_an_account_without_jobs_says_so(tmp_path: Path) -> None:
    """Empty is told, with what the reading cost and when it was."""
    async with with_jobs(SHOP, tmp_path) as shop:
        screen = await jobs_screen(shop)
        assert "This account has no jobs." in shop.text
        assert "2 calls each time" in shop.text
        await shop.press("enter", "d", "escape")
        await shop.browses()
        assert not screen.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_a_job_from_elsewhere_is_followed_to_its_end_and_no_longer(
    size: tuple[int, int], tmp_path: Path
) -> None:
    """It is asked about while it runs; once it is done, nothing is asked any more."""
    async with with_jobs(SHOP, tmp_path, size=size) as shop:
        await begin_elsewhere(shop)
        shop.clock.gate.clear()
        screen = await jobs_screen(shop, shop.clock)
        assert screen.job is not None
        assert screen.job.runs
        assert "the service" in shop.text
        assert screen._polling is not None
        shop.clock.gate.set()
        await shop.until("DONE", "100%")
        await shop.explored.until(lambda: screen._polling is None)
        left = shop.account.client.budget.remaining
        await shop.explored.pilot.pause(0.05)
        assert shop.account.client.budget.remaining == left


async def test_polling_leaves_calls_for_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the reserve the screen waits and says so; refreshing by hand still works."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40), rate_limit=RateLimit(10, 3600)) as shop:
        await begin_elsewhere(shop)
        for _ in range(3):
            await shop.account.client.list_orders(limit=1)
        clock = GatedClock(MovableClock(shop.clock._clock.moment))
        renewed = asyncio.Event()

        async def wait(_: float) -> None:
            await renewed.wait()

        monkeypatch.setattr(shop.clock, "sleep", wait)  # the hour in which the calls are renewed
        await jobs_screen(shop, clock)
        await shop.until("the remaining calls are reserved for you")
        remaining = shop.account.client.budget.remaining
        assert remaining is not None
        assert remaining >= 2


async def test_an_export_is_downloaded_and_deleted(tmp_path: Path) -> None:
    """The file comes down where it was asked for; deleting asks, and leaves the others."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await shop.account.client.create_order_export({"fields": ["id", "amount"]})
        shop.clock._clock.advance(60)
        screen = await jobs_screen(shop)
        await shop.press("d")
        ask = await shop.shows(PathDialog)
        target = tmp_path / "down.csv"
        ask.query_one("#target").value = str(target)
        await shop.press("enter")
        await shop.noted("4 orders in")
        assert len(target.read_text().splitlines()) == 5
        await shop.explored.until(lambda: shop.explored.app.screen is screen)
        await shop.press("x")
        await shop.shows(ConfirmDialog)
        await shop.press("enter")
        await shop.explored.until(lambda: shop.explored.app.screen is screen)
        assert (await shop.account.client.list_exports()).total == 1
        await shop.press("x")
        await shop.shows(ConfirmDialog)
        await shop.press("y")
        await shop.until("This account has no jobs.")
        assert (await shop.account.client.list_exports()).total == 0


@pytest.mark.parametrize(
    ("deed", "kind"), [("delete", ConfirmDialog), ("retry", ConfirmDialog), ("download", PathDialog)]
)
async def test_a_key_that_comes_twice_asks_once(deed: str, kind: type[Any], tmp_path: Path) -> None:
    """Two questions lay on each other; a second yes was for a job that was gone, or made another export."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await shop.account.client.create_order_export({"fields": ["id", "amount"]})
        shop.clock._clock.advance(60)
        screen = await jobs_screen(shop)
        screen.action_do(deed)
        screen.action_do(deed)
        await shop.shows(kind)
        await shop.noted("Wait for the previous action to finish")
        assert sum(isinstance(shown, kind) for shown in shop.explored.app.screen_stack) == 1
        await shop.press("escape")
        await shop.explored.until(lambda: shop.explored.app.screen is screen)
        screen.action_do(deed)
        await shop.shows(kind)


async def test_an_import_is_let_go_of_once(tmp_path: Path) -> None:
    """The second time found nothing to forget, and ended the explorer."""
    async with with_jobs(SHOP, tmp_path) as shop:
        running = shop.jobs.running
        running._jobs[7] = RunningJob(7, "import", "in.jsonl", "run-1")
        await asyncio.gather(running.let_go("run-1"), running.let_go("run-1"))
        assert running.jobs == ()


async def test_a_failed_export_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same parameters, after a yes, to a file that is asked for; the failed one stays listed."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        asked = {"fields": ["id", "amount"], "order": "created_at"}
        first = await shop.account.client.create_order_export(asked)
        shop.clock._clock.advance(60)
        read = shop.account.client.list_exports

        async def failed(**options: Any) -> ExportsPage:
            page = await read(**options)
            exports = [
                Export.read({**one.raw, "status": "ERROR"}) if one.id == first.id else one
                for one in page.exports
            ]
            return ExportsPage(tuple(exports), page.total)

        monkeypatch.setattr(shop.account.client, "list_exports", failed)
        await jobs_screen(shop)
        await shop.until("ERROR")
        await shop.press("a")
        await shop.shows(ConfirmDialog)
        await shop.press("y")
        ask = await shop.shows(PathDialog)
        target = tmp_path / "again.csv"
        ask.query_one("#target").value = str(target)
        await shop.press("enter")
        await shop.noted("4 orders in")
        exports = (await read()).exports
        assert len(exports) == 2
        assert {str(one.parameters) for one in exports} == {str(first.parameters)}
        assert len(target.read_text().splitlines()) == 5


async def test_a_job_opens_whole_and_without_its_link(tmp_path: Path) -> None:
    """The document is shown; the link, which holds a token, is not."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await shop.account.client.create_order_export({"fields": ["id"]})
        shop.clock._clock.advance(60)
        await jobs_screen(shop)
        await shop.press("enter")
        await shop.shows(JobDetail)
        await shop.until('"exported_object": "order"', '"***"')
        assert "token" not in shop.text
        assert "http" not in shop.text


async def test_failures_of_an_import_from_elsewhere_are_a_table(tmp_path: Path) -> None:
    """The service knows no lines, but it names the orders and the reasons."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        bad = {"source_id": "no-1", "amount": 5, "customer": {"id": "cust_unknown"}}
        await shop.account.client.import_orders([bad])
        shop.clock._clock.advance(60)
        await jobs_screen(shop)
        await shop.press("enter")
        await shop.shows(JobDetail)
        await shop.until("Reason", "Cannot find customer")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("d", "Only an export has a file"),
        ("x", "Only exports can be deleted"),
        ("u", "Only an unfinished import of this machine"),
        ("c", "Only an import of this machine can be stopped"),
        ("b", "Only an import of this machine can continue"),
        ("a", "The API cannot repeat a job"),
        ("o", "Only imports of this machine"),
    ],
)
async def test_what_cannot_be_done_to_a_job_is_answered_with_the_reason(
    key: str, words: str, tmp_path: Path
) -> None:
    """No key is silent."""
    async with with_jobs(SHOP, tmp_path) as shop:
        await begin_elsewhere(shop)
        shop.clock._clock.advance(60)
        await jobs_screen(shop)
        await shop.press(key)
        await shop.noted(words)


async def test_an_import_of_another_process_is_followed_by_its_journal(tmp_path: Path) -> None:
    """It shows as running and moves, it can be stopped but not taken up, and its end is seen."""
    file = orders_file(tmp_path / "in.jsonl", 60)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        plan = await shop.account.importer.plan(file, ImportOptions(chunk=10))
        elsewhere = GatedClock(shop.clock._clock)
        elsewhere.gate.clear()
        other = ImportEngine(shop.account.client, tmp_path / "runs", profile="shop", clock=elsewhere)
        running = asyncio.ensure_future(other.start(plan))
        while not (await shop.account.importer.run(plan.run)).under_way:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
        screen = await jobs_screen(shop, shop.clock)
        await shop.until("RUNNING", "of 60 rows")
        await shop.explored.until(lambda: screen.job is not None)
        screen.query_one(RowsTable).move_to_key(plan.run)
        await shop.explored.until(lambda: screen.job is not None and screen.job.id == plan.run)
        await shop.press("u")
        await shop.noted("Another process runs this import: ")
        await shop.press("b")
        await shop.noted("Another process runs this import already: ")
        assert "other process" in shop.text
        await shop.press("c")
        await shop.noted("Sending stopped")
        assert not running.done()
        elsewhere.gate.set()
        result = await running
        assert 0 < result.not_sent < 60
        await shop.until("UNFINISHED", "this machine")


async def test_an_import_is_given_to_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is followed here no more, and free to be taken up, before the other process is started."""
    file = orders_file(tmp_path / "in.jsonl", 60)
    begun: list[tuple[str, bool]] = []
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:

        async def detach(account: JobsAccount, run: str) -> DoneResult:
            begun.append((run, (await account.importer.run(run)).under_way))
            return DoneResult(("it goes on",))

        monkeypatch.setattr("tui.actions.jobs.detached_import.detach_import", detach)
        plan = await shop.account.importer.plan(file, ImportOptions(chunk=10))
        shop.clock.gate.clear()
        shop.jobs.running.start_import(plan)
        screen = await jobs_screen(shop)
        await shop.until("RUNNING")
        screen.query_one(RowsTable).move_to_key(plan.run)
        await shop.explored.until(lambda: screen.job is not None and screen.job.id == plan.run)
        await shop.press("b")
        await shop.noted("it goes on")
        assert begun == [(plan.run, False)]
        assert not shop.jobs.are_running
        await shop.until("UNFINISHED")


async def stopped_run(shop: WithJobs, file: Path) -> tuple[JobsScreen, str]:
    """Open the screen on an import of this window that was told to stop, and waits for what it sent."""
    plan = await shop.account.importer.plan(file, ImportOptions(chunk=10))
    shop.clock.gate.clear()
    shop.jobs.running.start_import(plan)
    screen = await jobs_screen(shop)
    await shop.until("RUNNING", "this window")
    screen.query_one(RowsTable).move_to_key(plan.run)
    await shop.explored.until(lambda: screen.job is not None and screen.job.id == plan.run)
    await shop.press("c")
    await shop.noted("Sending stopped")
    return screen, plan.run


async def test_a_stopped_import_is_shown_by_its_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stayed RUNNING 0 % while the service could not be asked, and ``b`` said that it goes on."""
    file = orders_file(tmp_path / "in.jsonl", 60)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen, run = await stopped_run(shop, file)
        await shop.until("RUNNING", "nothing more is sent")
        for key, words in (("b", "is being stopped"), ("u", "This window runs this import")):
            await shop.press(key)
            await shop.noted(words)

        async def fail(**_: object) -> None:
            raise Unreachable

        monkeypatch.setattr(shop.account.client, "list_exports", fail)
        shop.clock.gate.set()
        await shop.noted("Cancelled:")
        result = await shop.account.importer.result(run)
        assert 0 < result.not_sent < 60
        await shop.noted(f"Cancelled: {result.not_sent} were not sent")
        await shop.until("UNFINISHED", f"stopped on request, {result.not_sent} left", "this machine")
        await shop.press("c")
        await shop.noted("No process runs this import: ")
        await shop.press("u")
        await shop.noted("60 of 60 orders imported.")
        await shop.until("DONE", "60 of 60 rows")
        assert screen.job is not None
        assert "stopped on request" not in screen.job.detail
        for key in "ub":
            await shop.press(key)
            await shop.noted("This import has ended: 60 of 60 rows")


async def test_what_another_process_did_since_is_known_before_an_action(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is up to a second old; what an import allows is decided by its journal when asked."""
    file = orders_file(tmp_path / "in.jsonl", 60)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen, run = await stopped_run(shop, file)
        shop.clock.gate.set()
        await shop.until("UNFINISHED")
        stale = await screen._reader.runs()

        async def read_before() -> JobList:
            return stale

        monkeypatch.setattr(screen._reader, "runs", read_before)
        monkeypatch.setattr(screen._reader, "read", lambda *_: read_before())
        other = ImportEngine(shop.account.client, tmp_path / "runs", profile="shop", clock=shop.clock)
        await other.resume(run)
        await shop.until("UNFINISHED")  # also when a read was under way while the other process began
        assert screen.job is not None
        assert screen.job.status == "UNFINISHED"
        await shop.press("u")
        await shop.noted("This import has ended: 60 of 60 rows")


async def test_imports_of_this_machine_are_listed_while_the_service_cannot_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their journals are at hand, and nothing was shown."""
    file = orders_file(tmp_path / "in.jsonl", 5)
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        plan = await shop.account.importer.plan(file, ImportOptions())
        await shop.account.importer.start(plan)

        async def fail(**_: object) -> None:
            raise Unreachable

        monkeypatch.setattr(shop.account.client, "list_exports", fail)
        await shop.press("J")
        await shop.until("5 of 5 rows, in.jsonl", str(Unreachable()))


async def test_an_import_that_no_process_takes_up_goes_on_in_this_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was let go of first, and stood still when the other process could not be started."""
    file = orders_file(tmp_path / "in.jsonl", 60)

    async def fail(*_: object) -> None:
        raise OSError("no more processes")

    async def ended(*_: object) -> DoneResult:
        return DoneResult(("the import did not get far",), {"outcome": "interrupted"}, code=ExitCode.PARTIAL)

    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        plan = await shop.account.importer.plan(file, ImportOptions(chunk=10))
        shop.clock.gate.clear()
        shop.jobs.running.start_import(plan)
        screen = await jobs_screen(shop)
        await shop.explored.until(lambda: screen.job is not None and screen.job.id == plan.run)
        for detach, words in ((fail, "no more processes"), (ended, "it continues in this window")):
            monkeypatch.setattr("tui.actions.jobs.detached_import.detach_import", detach)
            await shop.press("b")
            await shop.noted(words)
            await shop.until("RUNNING", "this window")
        shop.clock.gate.set()
        await shop.noted("60 of 60 orders imported.")


async def test_a_reading_that_another_replaces_before_it_begins_leaves_no_warning(tmp_path: Path) -> None:
    """A coroutine that is made and never awaited would be one."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        screen = await jobs_screen(shop)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", RuntimeWarning)
            for _ in range(2):
                screen._read_runs()
                screen.action_refresh_jobs()
            await shop.explored.until(lambda: not list(screen.workers))
            gc.collect()
        assert [each for each in caught if "never awaited" in str(each.message)] == []


async def test_polling_goes_on_after_what_may_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is cut for a while does not end the following."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await begin_elsewhere(shop)
        shop.clock.gate.clear()
        screen = await jobs_screen(shop, shop.clock)

        async def fail(**_: object) -> None:
            raise Unreachable

        with monkeypatch.context() as patched:
            patched.setattr(shop.account.client, "list_exports", fail)
            shop.clock.gate.set()
            await shop.until(str(Unreachable()))
        await shop.until("DONE", "100%")
        await shop.explored.until(lambda: screen._polling is None)
        assert str(Unreachable()) not in shop.text


async def test_a_failed_reading_keeps_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list stays, the reason is told, and r tries again."""
    async with with_jobs(SHOP, tmp_path, size=(120, 40)) as shop:
        await begin_elsewhere(shop)
        shop.clock._clock.advance(60)
        await jobs_screen(shop)

        async def fail(**_: object) -> None:
            raise Unreachable

        with monkeypatch.context() as patched:
            patched.setattr(shop.account.client, "list_exports", fail)
            await shop.press("r")
            await shop.until(str(Unreachable()))
        assert "DONE" in shop.text
        await shop.press("r")
        await shop.explored.until(lambda: str(Unreachable()) not in shop.text)
