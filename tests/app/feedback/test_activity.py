"""What is under way is shown next to where the user looks, with a verb and the seconds so far."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.jobs_app import WithJobs, orders_file, with_jobs
from tests.support.sandbox import an_order
from tui.app.dialogs.confirm_dialog import ConfirmDialog
from tui.app.feedback.activity import ActivityLine, call_verb
from tui.app.imports.import_plan_screen import ImportPlanScreen
from tui.app.imports.import_screen import ImportScreen
from tui.app.jobs.jobs_screen import JobsScreen
from tui.voucherify.client import VoucherifyClient

SHOP = [an_order(number) for number in range(4)]


@pytest.mark.parametrize(
    ("call", "verb"),
    [
        ("GET /v1/orders", "Reading orders"),
        ("GET /v1/orders/ord_1", "Reading an order"),
        ("PUT /base/v1/orders/ord_1", "Sending an order"),
        ("POST /v1/orders", "Sending an order"),
        ("POST /v1/orders/import", "Sending orders"),
        ("GET /v1/async-actions/aa_1", "Reading a job"),
        ("GET /v1/exports", "Reading jobs"),
        ("GET /files/export.csv", "Downloading"),
    ],
)
def test_a_call_is_named_by_what_it_does(call: str, verb: str) -> None:
    """The person asked for orders or jobs, not for a path."""
    assert call_verb(*call.split()) == verb


class SlowService:
    """A service whose answers wait while the gate is closed."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.gate = asyncio.Event()
        self.gate.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer when the gate is open."""
        await self.gate.wait()
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close what is behind it."""
        await self._inner.aclose()


@asynccontextmanager
async def slow_shop(folder: Path) -> AsyncIterator[tuple[WithJobs, SlowService]]:
    """The explorer over a service that can be made to wait."""
    async with with_jobs(SHOP, folder) as shop:
        client: VoucherifyClient = shop.account.client
        service = SlowService(client._transport)
        client._transport = service  # type: ignore[assignment] # it has the two methods that are used
        yield shop, service


async def refresh(shop: WithJobs) -> None:
    """Read the orders again."""
    await shop.press("r")


async def list_jobs(shop: WithJobs) -> None:
    """Open the jobs."""
    await shop.press("J")
    await shop.shows(JobsScreen)


async def show_job(shop: WithJobs) -> None:
    """Open the one under the cursor."""
    await shop.press("enter")


async def delete_job(shop: WithJobs) -> None:
    """Delete the one under the cursor."""
    await shop.press("x")
    await shop.shows(ConfirmDialog)
    await shop.press("y")


async def in_jobs(shop: WithJobs) -> None:
    """Have the jobs on the screen, with an import and an export."""
    await shop.account.client.import_orders([{"source_id": "else-1", "amount": 5}])
    shop.clock._clock.advance(60)
    await list_jobs(shop)
    await shop.until("DONE")


async def in_jobs_with_an_export(shop: WithJobs) -> None:
    """Have the jobs on the screen, with an export."""
    await shop.account.client.create_order_export({"fields": ["id"]})
    shop.clock._clock.advance(60)
    await list_jobs(shop)
    await shop.until("DONE")


async def in_plan(shop: WithJobs) -> None:
    """Have the plan of an import on the screen."""
    file = orders_file(Path(shop.account.mappings._folder).parent / "in.jsonl", 5)
    await shop.press("i")
    screen = await shop.shows(ImportScreen)
    screen.query_one("#file").value = str(file)
    await shop.press("enter")
    await shop.shows(ImportPlanScreen)


async def sample(shop: WithJobs) -> None:
    """Look rows up."""
    await shop.press("s")


async def send(shop: WithJobs) -> None:
    """Agree to the plan."""
    await shop.press("y")


async def nothing(shop: WithJobs) -> None:
    """Begin at the orders."""


@pytest.mark.parametrize(
    ("begin", "act", "verb"),
    [
        (nothing, refresh, "Reading orders"),
        (nothing, list_jobs, "Reading jobs"),
        (in_jobs, show_job, "Reading a job"),
        (in_jobs_with_an_export, delete_job, "Deleting an export"),
        (in_plan, sample, "Looking up rows"),
        (in_plan, send, "Sending orders"),
    ],
)
async def test_a_call_that_takes_long_is_shown_until_it_ends(
    begin: Callable[[WithJobs], Awaitable[None]],
    act: Callable[[WithJobs], Awaitable[None]],
    verb: str,
    tmp_path: Path,
) -> None:
    """Whatever screen is in front, it says what is waited for and since when, and no longer than that."""
    async with slow_shop(tmp_path) as (shop, service):
        await begin(shop)
        service.gate.clear()
        await act(shop)
        await shop.explored.until(lambda: re.search(rf"{verb}… \d+\.\d s", shop.text))
        service.gate.set()
        lines = shop.explored.app.query(ActivityLine)
        await shop.explored.until(lambda: not any(line.display for line in lines))
        await shop.explored.until(lambda: f"{verb}…" not in shop.text)
