"""Copies of the sandbox, by its list and by its exports: answers equal those of the listed documents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.mirror.copies import ACCOUNT
from tests.support.filter_surfaces import POLICIES, account
from tests.support.filter_trees import some_trees
from tests.support.sandbox import InProcessSandbox, MovableClock, an_order, in_process
from tests.support.sandbox_clients import SandboxClock, client_of
from tui.actions.local_copy import SessionSource
from tui.actions.session import Session
from tui.jobs.background.quota import BackgroundQuota
from tui.mirror.copy_errors import NotRead
from tui.mirror.copy_folder import CopyFolder
from tui.mirror.copy_reader import CopyReader
from tui.mirror.copy_search import find_orders, sort_listed
from tui.mirror.copy_summary import parse_key, summarize
from tui.mirror.sync import synchronize
from tui.mirror.sync_plan import SyncResult
from tui.orders.columns import COLUMNS, column, sorted_by
from tui.orders.filter import Filter
from tui.orders.filter.conditions import EvaluationContext
from tui.orders.order import Order
from tui.orders.privacy import Masks
from tui.sandbox.http.rate_limits import RateLimit
from tui.sandbox.policies import Policies
from tui.settings.folders import Folders
from tui.settings.profile import Profile
from tui.settings.secret import FixedToken, Secret

NIGHTLY = bool(os.environ.get("ORDEX_NIGHTLY"))
QUESTIONS = 500 if NIGHTLY else 40
KEYS = (
    "status",
    "customer",
    "amount",
    "metadata.channel",
    "metadata.score",
    "created:week",
    "updated:day",
    "items",
)


class Service:
    """A sandbox with a clock, and a session with it."""

    def __init__(self, sandbox: InProcessSandbox, clock: MovableClock, folder: Path) -> None:
        self.clock = clock
        self.client = client_of(sandbox)
        self.copy = CopyFolder(folder / "copy", ACCOUNT)
        profile = Profile(
            "shop", "sandbox", sandbox.url, sandbox.app_id, FixedToken(Secret("x"), "test"), False, "test"
        )
        folders = Folders(folder, folder, folder)
        session = Session(profile, self.client.write_lock, self.client, sandbox.store, folders, Masks())
        ticking = SandboxClock(clock)
        object.__setattr__(session, "ration", BackgroundQuota(self.client.budget, ticking))
        self.source = SessionSource(
            session, self.copy, progress=lambda text, until=None: None, now=clock, clock=ticking
        )

    async def sync(self) -> SyncResult:
        """Synchronise."""
        return await synchronize(self.copy, self.source)

    async def listed(self) -> list[Order]:
        """Every order as the service lists it."""
        found: dict[str, Order] = {}
        for page in range(1, 101):
            orders = (await self.client.list_orders(page=page)).orders
            found |= {order.id: order for order in orders}
            if len(orders) < 100:
                return list(found.values())
        return list(found.values())


def ask(reader: CopyReader, orders: Sequence[Order], random: Random, where: Filter | None) -> bool:
    """Ask one question and compare with brute force; false if it is refused."""
    matching = [order for order in orders if where is None or where.matches(order)]
    try:
        # An export does not say whether 7 is a number or a text, which a sort by metadata tells apart.
        is_typed = reader.manifest.whole == reader.manifest.orders
        by = column(random.choice((*COLUMNS, *(["metadata.channel"] if is_typed else []))))
        descending = random.random() < 0.5
        found = find_orders(reader, where, sort=by, descending=descending, limit=20)
        ordered = [one for one, _ in sort_listed([(one, True) for one in matching], "-created_at")]
        wanted = sorted_by(ordered, by, descending=descending)[:20]
        assert [order.id for order in found.orders] == [order.id for order in wanted], where and where.text
        assert found.matching == len(matching)
        keys = [parse_key(key) for key in random.sample(KEYS, 2)]
        groups: dict[Any, int] = {}
        for order in matching:
            values = tuple(key.read(order) for key in keys)
            groups[values] = groups.get(values, 0) + 1
        summary = summarize(reader, keys, where)
        assert {group.values: group.orders for group in summary.groups} == groups
        amounts = [order.total_amount for order in matching if order.total_amount is not None]
        assert summary.total.sum == (sum(amounts) if amounts else None)
    except NotRead:
        return False
    return True


@pytest.mark.parametrize("policies", POLICIES)
@pytest.mark.parametrize("limit", [None, RateLimit(14, 3600)])
async def test_answers_equal_those_of_the_listed_documents(
    tmp_path: Path, limit: RateLimit | None, policies: Policies
) -> None:
    """For generated filters, sorts and keys, whichever way the copy was made and however exports write."""
    clock = MovableClock()
    documents = account(1500, 4)
    with in_process(orders=documents, clock=clock, rate_limit=limit, policies=policies) as sandbox:
        service = Service(sandbox, clock, tmp_path)
        result = await service.sync()
        sandbox.store.load(orders=[an_order(10_000 + number, status="PAID") for number in range(30)])
        clock.advance(3700)
        result = await service.sync()
        assert (result.manifest.whole == 1530) is (limit is None)
        clock.advance(7200)
        orders = [] if limit else await service.listed()
        if limit:
            with in_process(orders=[*documents], clock=clock, policies=policies) as same:
                same.store.load(orders=[an_order(10_000 + number, status="PAID") for number in range(30)])
                other = Service(same, clock, tmp_path / "other")
                orders = await other.listed()
                await other.client.aclose()
        random, answered = Random(1), 0
        setting = EvaluationContext(clock(), 2)
        with CopyReader.open(service.copy) as reader:
            for node in some_trees(QUESTIONS, 31, exportable=limit is not None):
                where = Filter(node, setting) if random.random() < 0.8 else None
                answered += ask(reader, orders, random, where)
        assert answered >= QUESTIONS // 3
        await service.client.aclose()


@pytest.mark.nightly
@pytest.mark.timeout(1800)
async def test_an_account_of_200_000_orders_takes_30_calls(tmp_path: Path) -> None:
    """With 100 calls an hour; 500 later changes take 10, and nobody meets a 429 meanwhile."""
    clock = MovableClock()
    documents = [an_order(number, metadata={"channel": "web"}) for number in range(200_000)]
    with in_process(orders=documents, clock=clock, rate_limit=RateLimit(100, 3600)) as sandbox:
        service = Service(sandbox, clock, tmp_path)
        first = await service.sync()
        assert first.manifest.orders == 200_000
        assert first.calls <= 30
        clock.advance(3600)
        changed = [
            order | {"status": "PAID", "updated_at": clock().isoformat(timespec="milliseconds")[:-6] + "Z"}
            for order in documents[:250]
        ]
        sandbox.store.load(orders=[*changed, *(an_order(300_000 + number) for number in range(250))])
        clock.advance(3600)
        second = await service.sync()
        assert second.manifest.orders == 200_250
        assert second.written >= 500
        assert second.calls <= 10
        assert all(call.status == 200 for call in service.client.calls.snapshot())
        with CopyReader.open(service.copy) as reader:
            assert reader.rows("SELECT count(*) FROM narrow WHERE status = 'PAID'") == [(250,)]
        await service.client.aclose()
