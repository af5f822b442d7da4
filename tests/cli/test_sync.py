"""``ordex sync`` over real HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox
from tui.sandbox.http.rate_limits import RateLimit


def test_sync_makes_updates_and_deletes_the_copy(ordex: Ordex, served: RunningSandbox) -> None:
    """It says the calls, the orders and as of when; the folder is private; deleting leaves nothing."""
    ended = ordex("sync")
    assert ended.code == 0
    assert "250 orders page by page: 2 more calls" in ended.err
    assert "250 orders, as of " in ended.err
    assert "4 calls, 250 orders written" in ended.err
    served.store.load(orders=[an_order(900)])
    again = ordex("sync", "--format", "json").document
    assert (again["orders"], again["written"], again["calls"]) == (251, 1, 3)
    status = ordex("sync", "--status", "--format", "json").document
    path = Path(status["path"])
    assert path.stat().st_mode & 0o777 == 0o700
    assert status["bytes"] == sum(file.stat().st_size for file in path.glob("*.parquet"))
    assert "251 orders, as of" in ordex("sync", "--status").err
    assert ordex("sync", "--delete").code == 0
    assert not path.exists()
    assert "there was no local copy" in ordex("sync", "--delete").err
    assert ordex("sync", "--status").code == 3


def test_a_change_from_here_marks_the_copy(ordex: Ordex, served: RunningSandbox) -> None:
    """Status says so until the next synchronisation."""
    ordex("sync")
    assert ordex("--write", "update", "source-8", "--set", "status=PAID", "--yes").code == 0
    assert "you changed orders since" in ordex("sync", "--status").err
    assert ordex("sync", "--format", "json").document["behind"] is False
    assert "changed" not in ordex("sync", "--status").err


def test_damage_is_named_and_mended(ordex: Ordex, served: RunningSandbox) -> None:
    """Status fails with the reason; the next synchronisation gives it and copies all orders."""
    ordex("sync")
    path = Path(ordex("sync", "--status", "--format", "json").document["path"])
    next(path.glob("*.parquet")).write_bytes(b"PAR1")
    assert ordex("sync", "--status").code == 2
    ended = ordex("sync")
    assert ended.code == 0
    assert "copying all orders again, since orders-000001.parquet was changed" in ended.err


def test_two_of_its_options_exclude_each_other(ordex: Ordex, served: RunningSandbox) -> None:
    """Nothing is sent."""
    assert ordex("sync", "--full", "--delete").code == 2


def test_a_small_budget_leads_to_an_export(ordex: Ordex, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list would take most of the calls; the plan is told before, and the reserve is kept."""
    orders = [an_order(number, metadata={"channel": "web", "n": number % 3}) for number in range(2500)]
    with running_sandbox(orders=orders, rate_limit=RateLimit(40, 3600)) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        ended = ordex("sync", "--format", "json")
    assert "2,500 orders by an export, without items and redemptions: about 6 more calls" in ended.err
    assert ended.document["orders"] == 2500
    assert ended.document["whole"] == 100
    assert ended.document["calls"] <= 10


def test_json_is_one_document(ordex: Ordex, served: RunningSandbox) -> None:
    """Nothing but JSON on stdout."""
    assert json.loads(ordex("sync", "--format", "jsonl").out)["orders"] == 250
