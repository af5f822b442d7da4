"""Synchronisation: few calls, complete or refused, whole after any crash."""

from __future__ import annotations

import asyncio
import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.mirror.accounts import Account, assert_equal, copied
from tests.mirror.copies import ACCOUNT
from tests.mirror.crashes import Crash, crashing_at
from tui.mirror.copy_errors import CopyError
from tui.mirror.copy_folder import MANIFEST, MOST_SEGMENTS, CopyFolder
from tui.mirror.sync import synchronize
from tui.mirror.sync_plan import SyncPlan, SyncResult

SCHEDULES = 1000 if os.environ.get("ORDEX_NIGHTLY") else 30


@pytest.fixture
def copy(tmp_path: Path) -> CopyFolder:
    """A copy that was not made yet."""
    return CopyFolder(tmp_path / "copy", ACCOUNT)


async def synced(copy: CopyFolder, account: Account, *, full: bool = False) -> tuple[SyncResult, list[str]]:
    """Synchronise; the result, and what was planned."""
    plans: list[SyncPlan] = []
    result = await synchronize(copy, account, full=full, on_plan=plans.append)
    return result, [plan.how for plan in plans]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
async def test_a_small_account_is_read_by_its_list(copy: CopyFolder, count: int) -> None:
    """Whole documents, with a call for each hundred orders."""
    account = Account(count)
    result, plans = await synced(copy, account)
    assert plans == ["list"]
    assert result.calls == account.calls <= 3 + count // 100
    assert_equal(copy, account)
    assert result.manifest.whole == count


async def test_a_large_account_is_read_by_an_export(copy: CopyFolder) -> None:
    """A limit that the list would use up leads to an export; the newest page is known whole."""
    account = Account(6000, limit=100)
    result, plans = await synced(copy, account)
    assert plans == ["export"]
    assert result.calls <= 10
    assert_equal(copy, account)
    assert result.manifest.whole == 100


async def test_an_account_beyond_the_list_is_read_by_an_export(copy: CopyFolder) -> None:
    """Without a limit too; a profile that only reads says what is missing."""
    account = Account(20_100, can_export=False)
    with pytest.raises(CopyError, match="a read-only profile cannot export"):
        await synced(copy, account)
    assert not copy.exists
    account.can_export = True
    await synced(copy, account)
    assert_equal(copy, account)


async def test_the_list_is_read_from_both_ends(copy: CopyFolder) -> None:
    """Twenty thousand orders are within reach of a profile that only reads."""
    account = Account(12_000, can_export=False)
    result, plans = await synced(copy, account)
    assert plans == ["list"]
    assert result.calls <= 125
    assert_equal(copy, account)


async def test_nothing_new_costs_two_calls_and_writes_nothing(copy: CopyFolder) -> None:
    """The newest pages by creation and by change say so."""
    account = Account(300)
    account.change()
    await synced(copy, account)
    account.moment += timedelta(hours=1)
    before = copy.manifest()
    assert before is not None
    result, plans = await synced(copy, account)
    assert (result.calls, result.written, plans) == (2, 0, [])
    assert result.manifest.segments == before.segments
    assert result.manifest.as_of > before.as_of


@pytest.mark.parametrize("nulls_first", [False, True])
@pytest.mark.parametrize(("created", "changed"), [(500, 0), (0, 500), (250, 250), (20, 30), (150, 0)])
async def test_five_hundred_changes_cost_ten_calls_at_most(
    copy: CopyFolder, created: int, changed: int, nulls_first: bool
) -> None:
    """Pages while they are few, else one export; wherever the list has orders that never changed."""
    account = Account(3000, limit=100, nulls_first=nulls_first)
    await synced(copy, account)
    account.moment += timedelta(hours=1)
    account.limit = None
    for order_id in list(account.orders)[:changed]:
        account.change(order_id)
    for _ in range(created):
        account.create()
    result, _ = await synced(copy, account)
    assert result.calls <= 10
    assert result.written >= created + changed
    assert_equal(copy, account)


async def test_documents_replace_rows_of_an_export(copy: CopyFolder) -> None:
    """Orders that are listed later are known whole, though nothing about them changed."""
    account = Account(1000, limit=20)
    await synced(copy, account)
    for _ in range(20):
        account.change()
    result, _ = await synced(copy, account)
    assert result.manifest.whole > 100
    assert_equal(copy, account)


async def test_an_export_of_changes_forgets_the_old_document(copy: CopyFolder) -> None:
    """The items of an order that changed since are not known any more."""
    account = Account(1000)
    await synced(copy, account)
    for order_id in list(account.orders)[:800]:
        account.change(order_id)
    result, plans = await synced(copy, account)
    assert "changes by export" in plans
    assert result.manifest.whole == 600  # 400 of the 800 were listed before
    assert_equal(copy, account)


async def test_deleted_orders_lead_to_a_new_copy(copy: CopyFolder) -> None:
    """The service counts fewer orders than the copy has, and says not which."""
    account = Account(250)
    await synced(copy, account)
    account.delete()
    result, plans = await synced(copy, account)
    assert "fewer orders" in result.reason
    assert plans[-1] == "list"
    assert_equal(copy, account)


async def test_an_order_made_in_the_past_leads_to_a_new_copy(copy: CopyFolder) -> None:
    """It is on neither of the newest pages, but it is counted."""
    account = Account(250)
    for order_id in list(account.orders)[:110]:
        account.change(order_id)
    await synced(copy, account)
    account.create()
    order_id, order = account.orders.popitem()
    account.orders[order_id] = order | {"created_at": "2020-01-01T00:00:00.000Z"}
    result, _ = await synced(copy, account)
    assert "more orders" in result.reason
    assert_equal(copy, account)


async def test_an_order_of_the_future_hides_no_change(copy: CopyFolder) -> None:
    """Its time is not taken for the time of the service."""
    account = Account(250)
    order_id = next(iter(account.orders))
    account.orders[order_id] |= {"created_at": "2030-01-01T00:00:00.000Z"}
    await synced(copy, account)
    for _ in range(3):
        account.moment += timedelta(hours=1)
        account.change(order_id)
        account.change()
        account.create()
        result, _ = await synced(copy, account)
        assert result.reason == ""
        assert_equal(copy, account)


@pytest.mark.parametrize("damage", ["manifest", "segment", "missing"])
async def test_damage_leads_to_a_new_copy_with_a_reason(copy: CopyFolder, damage: str) -> None:
    """Nothing of a damaged copy is taken over."""
    account = Account(120)
    await synced(copy, account)
    segment = next(copy.path.glob("orders-*"))
    if damage == "manifest":
        (copy.path / MANIFEST).write_text("{}")
    elif damage == "segment":
        segment.write_bytes(b"PAR1" + segment.read_bytes()[4:-1])
    else:
        segment.unlink()
    result, _ = await synced(copy, account)
    assert result.reason
    assert_equal(copy, account)


async def test_segments_are_merged(copy: CopyFolder) -> None:
    """Many small changes do not become many files."""
    account = Account(120)
    for _ in range(MOST_SEGMENTS * 2):
        account.change()
        await synced(copy, account)
    manifest = copy.checked_manifest(thoroughly=True)
    assert manifest is not None
    assert len(manifest.segments) <= MOST_SEGMENTS
    assert_equal(copy, account)


async def test_a_second_synchronisation_waits_and_costs_nothing(copy: CopyFolder) -> None:
    """What another one has just read is not read again."""
    account = Account(500)
    first, second = await asyncio.gather(synced(copy, account), synced(copy, account))
    assert sorted((first[0].calls, second[0].calls)) == [0, account.calls]
    assert first[0].manifest == second[0].manifest


async def test_a_service_without_a_total_is_refused(
    copy: CopyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy is never taken for complete without a number to compare with."""
    account = Account(10)

    async def page(number: int, order: str) -> object:
        del number, order
        return type("Page", (), {"orders": (), "total": None})

    monkeypatch.setattr(account, "page", page)
    with pytest.raises(CopyError, match="how many orders"):
        await synced(copy, account)


async def test_a_list_with_too_few_orders_is_refused(copy: CopyFolder) -> None:
    """Repeated ids and lost rows do not make a copy."""
    account = Account(150)
    account.orders["lost"] = account.orders[next(iter(account.orders))]
    with pytest.raises(CopyError, match="counts 151 orders"):
        await synced(copy, account)
    assert not copy.exists


@pytest.mark.parametrize("seed", [*range(SCHEDULES), *([] if SCHEDULES > 453 else [453])])
async def test_schedules_of_writes_and_crashes(tmp_path: Path, seed: int) -> None:
    """Everything older than the last completed synchronisation is in the copy as it is in the account."""
    chance = random.Random(seed)
    copy = CopyFolder(tmp_path / "copy", ACCOUNT)
    account = Account(
        chance.choice((0, 30, 120, 350)),
        can_export=chance.random() < 0.7,
        limit=chance.choice((None, 40)),
        nulls_first=chance.random() < 0.3,
        writes=chance.choice((0.0, 0.3)),
        seed=seed,
    )
    for _ in range(4):
        account.calls = 0
        for _ in range(chance.choice((0, 3, 130))):
            (account.change if account.orders and chance.random() < 0.5 else account.create)()
        try:
            with crashing_at(chance.choice((None, chance.randrange(25)))):
                await synced(copy, account, full=chance.random() < 0.1)
        except (Crash, CopyError):
            pass
        manifest = copy.manifest()
        if manifest is not None:
            assert_equal(copy, account, older_than=manifest.as_of)
    account.writes, account.calls = 0.0, 0
    result, _ = await synced(copy, account)
    assert_equal(copy, account)
    assert len(copied(copy)) == result.manifest.orders
