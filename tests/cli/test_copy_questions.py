"""Questions to the local copy on the command line: ``summary``, ``customer``, ``query``, ``list``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox
from tui.sandbox.http.rate_limits import RateLimit

NAMES = ("Zoltan", "Quincy", "Wolfram")
ORDERS = [
    an_order(
        number,
        status="PAID" if number % 3 else "CANCELED",
        customer_id=f"cust_{number % 7}",
        customer={"id": f"cust_{number % 7}", "object": "customer"},
        items=[{"product_id": f"prod_{number % 4}", "quantity": 2, "product": {"name": "Shoe"}}],
        metadata={"channel": ("web", "app")[number % 2], "email": f"{NAMES[number % 3]}@mail.test"},
    )
    for number in range(240)
]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningSandbox]:
    """A sandbox of 240 orders over real HTTP; the environment names it as the account."""
    with running_sandbox(orders=ORDERS) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        yield sandbox


@pytest.fixture
def copied(ordex: Ordex, account: RunningSandbox) -> RunningSandbox:
    """The same with a local copy."""
    assert ordex("sync").code == 0
    return account


def test_summary_is_the_documented_json(ordex: Ordex, copied: RunningSandbox) -> None:
    """An object a group: the key, the orders, and measures in minor units."""
    ended = ordex("summary", "--by", "status", "--format", "json")
    paid = [order["total_amount"] for order in ORDERS if order["status"] == "PAID"]
    assert ended.document[0] == {
        "status": "PAID",
        "orders": 160,
        "sum": sum(paid),
        "average": sum(paid) / 160,
        "median": (sorted(paid)[79] + sorted(paid)[80]) / 2,
        "min": min(paid),
        "max": max(paid),
    }
    assert "240 orders, as of 20" in ended.err


def test_summary_draws_bars_in_the_table_only(ordex: Ordex, copied: RunningSandbox) -> None:
    """A share and a bar for people; csv and json have neither."""
    table = ordex("summary", "--by", "metadata.channel,created:month")
    assert table.out.splitlines()[0].split() == [
        *("metadata.channel", "created:month", "orders", "share", "bar"),
        *("sum", "average", "median", "min", "max"),
    ]
    assert "█" * 20 in table.out
    rows = ordex("summary", "--by", "metadata.channel", "--format", "csv").out
    assert rows.splitlines()[0] == "metadata.channel,orders,sum,average,median,min,max"


def test_summary_shows_the_largest_groups_and_says_what_is_left(ordex: Ordex, copied: RunningSandbox) -> None:
    """A part is never shown as the whole."""
    ended = ordex("summary", "--by", "customer", "--top", "2", "--where", "status:paid", "--format", "jsonl")
    assert len(ended.out.splitlines()) == 2
    assert "160 orders of 240, as of" in ended.err
    assert "5 more groups with 113 orders not shown" in ended.err
    table = ordex("summary", "--by", "status", "--top", "1")
    assert "66.7%" in table.out  # of all orders, not of those that are shown


@pytest.mark.parametrize(
    "words", [("--by", "stauts"), ("--of", "status"), ("--by", "created:year"), ("--where", "status:")]
)
def test_a_wrong_summary_sends_nothing(ordex: Ordex, account: RunningSandbox, words: tuple[str, ...]) -> None:
    """Exit code 2 before the account is read."""
    ended = ordex("summary", *words)
    assert ended.code == 2
    assert "page" not in ended.err


def test_a_customer_has_orders_and_totals(ordex: Ordex, copied: RunningSandbox) -> None:
    """Newest first, with first and last order; an unknown one is not found."""
    ended = ordex("customer", "cust_3", "--format", "json")
    wanted = [order for order in reversed(ORDERS) if order["customer_id"] == "cust_3"]
    assert ended.document == wanted
    assert "34 orders, " in ended.err
    assert "first 2026-01-01 00:03, last 2026-01-01 03:54 (UTC); 0 discounted (0%)" in ended.err
    missing = ordex("customer", "cust_9", "--format", "json")
    assert (missing.code, missing.document) == (3, [])


def test_query_answers_in_sql(ordex: Ordex, copied: RunningSandbox) -> None:
    """Orders and items are tables; metadata is JSON; times are the API's."""
    sql = "SELECT metadata->>'channel' AS channel, count(*) AS n FROM orders GROUP BY ALL ORDER BY 1"
    assert ordex("query", sql, "--format", "json").document == [
        {"channel": "app", "n": 120},
        {"channel": "web", "n": 120},
    ]
    sql = "SELECT product_id, sum(quantity), max(product->>'name') FROM items GROUP BY 1 ORDER BY 1 LIMIT 1"
    assert ordex("query", sql, "--format", "csv").out.splitlines()[1] == "prod_0,120,Shoe"
    sql = "SELECT created_at, id, id FROM orders LIMIT 1"
    document = ordex("query", sql, "--format", "jsonl").out
    assert json.loads(document) == {
        "created_at": "2026-01-01T00:00:00.000Z",
        "id": ORDERS[0]["id"],
        "id_2": ORDERS[0]["id"],
    }
    assert ordex("query", "SELECT 1").err.startswith("1 row, as of")


def test_list_answers_from_the_copy(ordex: Ordex, copied: RunningSandbox) -> None:
    """Filtered and sorted over all orders, without a call, as of when; ``--live`` asks the service."""
    copied.store.load(orders=[an_order(999)])
    ended = ordex(
        "list", "--where", "status:canceled", "--sort", "-amount", "--limit", "3", "--format", "json"
    )
    wanted = [order for order in reversed(ORDERS) if order["status"] == "CANCELED"][:3]
    assert ended.document == wanted
    assert "80 orders match among all 240, 3 shown · sorted by amount · local copy as of 20" in ended.err
    assert "call" not in ended.err
    live = ordex("list", "--live", "--limit", "1", "--format", "json")
    assert live.document[0]["id"] == an_order(999)["id"]
    assert "1 of 241 orders · newest first · 1 call" in live.err


def test_list_has_pages_and_streams(ordex: Ordex, copied: RunningSandbox) -> None:
    """The same windows as those of the service, and all of them."""
    for words in (("--limit", "7", "--page", "3"), ("--all",), ("--all", "--order", "created_at")):
        mine = ordex("list", *words, "--format", "jsonl")
        theirs = ordex("list", *words, "--live", "--format", "jsonl")
        assert mine.out == theirs.out, words
        assert mine.code == 0


def test_answers_say_when_you_changed_orders_since(ordex: Ordex, copied: RunningSandbox) -> None:
    """Until the next synchronisation."""
    assert ordex("update", "source-3", "--set", "status=PAID", "--yes").code == 0
    for words in (("list",), ("summary",), ("customer", "cust_1"), ("query", "SELECT 1")):
        assert "you changed orders since: ordex sync reads them" in ordex(*words).err, words
    ordex("sync")
    assert "changed" not in ordex("summary").err


def test_without_a_copy_a_sandbox_account_gets_one(ordex: Ordex, account: RunningSandbox) -> None:
    """Its cost is shown, and the next question costs nothing."""
    first = ordex("summary")
    assert "240 orders page by page: 2 more calls" in first.err
    assert ordex("--har", "calls.har", "customer", "cust_1").code == 0
    assert ordex("sync", "--status").code == 0
    Path("calls.har").unlink()


def test_without_a_copy_a_production_account_is_read_once(
    ordex: Ordex, account: RunningSandbox, tmp_path: Path
) -> None:
    """Nothing of it stays on the disk unless the profile says so; SQL needs a copy."""
    config = tmp_path / "ordex-home" / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    profile = f'[profiles.shop]\nurl = "{account.url}"\nkind = "production"\napp_id = "{account.app_id}"\n'
    profile += 'token_variable = "VOUCHERIFY_APP_TOKEN"\n'
    config.write_text(profile)
    ended = ordex("--profile", "shop", "summary", "--format", "json")
    assert ended.document[0]["orders"] == 240
    assert "no local copy: reading the account for this question" in ended.err
    assert ordex("--profile", "shop", "sync", "--status").code == 3
    assert "ordex sync" in ordex("--profile", "shop", "query", "SELECT 1").err
    config.write_text(f"{profile}mirror = true\n")
    assert ordex("--profile", "shop", "query", "SELECT count(*) AS n FROM orders").code == 0
    assert ordex("--profile", "shop", "sync", "--status").code == 0


def test_parts_that_were_not_read_are_not_shown_as_empty(
    ordex: Ordex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells say so, sums of them are refused, and a filter on them asks the service."""
    orders = [an_order(number, items=[{"product_id": "p", "quantity": 1}]) for number in range(2500)]
    with running_sandbox(orders=orders, rate_limit=RateLimit(60, 3600)) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        assert ordex("sync").code == 0
        ended = ordex("list", "--order", "created_at", "--limit", "2", "--columns", "id,items,amount")
        assert ended.out.count("not read") == 2
        assert "2 orders without items and redemptions, which were not read yet" in ended.err
        refused = ordex("summary", "--by", "items")
        assert refused.code == 2
        assert "2,400 orders, which were not read yet" in refused.err
        found = ordex("list", "--where", "product:p", "--limit", "1", "--format", "json")
        assert "the local copy cannot answer" in found.err
        assert found.document[0]["items"][0]["product_id"] == "p"
        assert "null here" in ordex("query", "SELECT count(*) FROM items").err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--limit", "20", "--format", "json"),
        ("customer", "cust_2", "--format", "json"),
        ("summary", "--by", "metadata.email", "--format", "json"),
        ("summary", "--by", "metadata.email"),
        ("query", "SELECT * FROM orders", "--format", "json"),
        ("query", "SELECT upper(reverse(document)) AS x FROM orders", "--format", "csv"),
        (
            "query",
            "SELECT string_agg(substr(metadata->>'email', 1, 3), '') AS x FROM orders",
            "--format",
            "csv",
        ),
    ],
)
def test_masks_apply_to_everything_that_is_read_from_the_copy(
    ordex: Ordex, copied: RunningSandbox, words: tuple[str, ...]
) -> None:
    """Whatever a query does with a personal value."""
    ended = ordex("--mask", *words)
    assert ended.code == 0
    shown = ended.out.lower()
    for name in NAMES:
        assert name.lower()[1:] not in shown
        assert name.lower()[::-1] not in shown


def test_doctor_shows_the_size_of_local_copies(ordex: Ordex, copied: RunningSandbox) -> None:
    """They take space until they are deleted."""
    assert "local copies" in ordex("doctor").out
    assert ordex("sync", "--delete").code == 0
    assert "local copies" not in ordex("doctor").out


def test_an_answer_equals_the_raw_list(ordex: Ordex, copied: RunningSandbox) -> None:
    """Every order of the copy is the one that the service lists."""
    found = []
    for page in (1, 2, 3):
        query = {"limit": 100, "page": page, "order": "-created_at"}
        found += httpx.get(f"{copied.url}/v1/orders", params=query, headers=copied.headers).json()["orders"]
    assert ordex("list", "--all", "--format", "json").document == found
