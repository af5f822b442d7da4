"""``ordex list`` over real HTTP."""

import csv
import io
import json
import re

import httpx
import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox
from tui.sandbox.http.rate_limits import RateLimit


def test_json_is_the_orders_array_of_the_answer(ordex: Ordex, served: RunningSandbox) -> None:
    """Key for key, in the server's order of keys, and nothing but JSON on stdout."""
    query = {"limit": 10, "page": 1, "order": "-created_at"}
    answer = httpx.get(f"{served.url}/v1/orders", params=query, headers=served.headers).json()
    ended = ordex("list", "--format", "json")
    assert ended.code == 0
    assert json.dumps(ended.document) == json.dumps(answer["orders"])


def test_the_account_of_what_was_read_goes_to_stderr(ordex: Ordex, served: RunningSandbox) -> None:
    """How many of how many, in which order, for how many calls."""
    assert ordex("list").err == "10 of 250 orders · newest first · 1 call\n"


def test_pages_are_walked_when_more_is_asked_for(ordex: Ordex, served: RunningSandbox) -> None:
    """150 orders are two pages of 100, each order once."""
    ended = ordex("list", "--limit", "150", "--format", "jsonl")
    ids = [json.loads(line)["id"] for line in ended.out.splitlines()]
    assert len(set(ids)) == 150
    assert ids == sorted(ids, reverse=True)
    assert "2 calls" in ended.err


def test_all_walks_every_page(ordex: Ordex, served: RunningSandbox) -> None:
    """Nothing is left out and nothing comes twice."""
    ended = ordex("list", "--all", "--order", "created_at", "--format", "json")
    assert [order["source_id"] for order in ended.document] == [f"source-{n}" for n in range(250)]


def test_a_page_is_a_window(ordex: Ordex, served: RunningSandbox) -> None:
    """Page 2 of 5 holds the sixth to the tenth newest."""
    ended = ordex("list", "--limit", "5", "--page", "2", "--format", "json")
    assert [order["source_id"] for order in ended.document] == [f"source-{n}" for n in range(244, 239, -1)]


def test_a_filter_reads_until_enough_match(ordex: Ordex, served: RunningSandbox) -> None:
    """It says how far it looked, and how many match there besides those that are shown."""
    ended = ordex("list", "--where", "status:paid metadata.channel:app", "--limit", "3", "--format", "json")
    assert [order["source_id"] for order in ended.document] == ["source-249", "source-243", "source-237"]
    assert "17 orders match among the 100 looked at, of 250, the first 3 shown" in ended.err


def test_a_wrong_filter_points_at_the_place_and_sends_nothing(ordex: Ordex, served: RunningSandbox) -> None:
    """Exit code 2, the caret below the word, the nearest field named."""
    ended = ordex("list", "--where", "status:paid amuont>=100")
    assert ended.code == 2
    assert "            ^^^^^^" in ended.err
    assert "amount" in ended.err


def test_a_local_sort_says_what_it_covers(ordex: Ordex, served: RunningSandbox) -> None:
    """Sorting ten of 250 is never shown as sorting all."""
    ended = ordex("list", "--sort", "amount", "--format", "json")
    amounts = [order["amount"] for order in ended.document]
    assert amounts == sorted(amounts)
    assert "sorted by amount over these 10 orders only" in ended.err


def test_csv_holds_the_chosen_columns_in_minor_units(ordex: Ordex, served: RunningSandbox) -> None:
    """Header by API path, amounts as integers, absent as empty."""
    ended = ordex(
        "list", "--limit", "1", "--format", "csv", "--columns", "id,amount,customer,metadata.channel"
    )
    header, row = csv.reader(io.StringIO(ended.out))
    assert header == ["id", "amount", "customer_id", "metadata.channel", "_json"]
    assert row[1:] == ["1249", "", "app", ""]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--columns", "id,amuont"), "did you mean “amount”?"),
        (("--sort", "nothing-like-it"), "the columns are"),
        (("--limit", "0"), "--limit"),
        (("--order", "amount"), "--order"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_sent(ordex: Ordex, words: tuple[str, ...], said: str) -> None:
    """Exit code 2 and the nearest name."""
    ended = ordex("list", "--demo", *words)
    assert ended.code == 2
    assert said in ended.err


def test_a_pipe_gets_no_colour_and_no_control(ordex: Ordex, served: RunningSandbox) -> None:
    """What is not a terminal gets plain text."""
    ended = ordex("list")
    assert "\x1b" not in ended.out
    assert "\x1b" in ordex("list", "--color", "always").out


def test_one_order_matches(ordex: Ordex, served: RunningSandbox) -> None:
    """It said “1 orders match”, over “these 1 orders only”."""
    ended = ordex("list", "--all", "--where", 'source_id = "source-7"', "--sort", "amount")
    assert "1 order matches among the 250 looked at, of 250 · " in ended.err
    assert "over this 1 order only" in ended.err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_pages_written_as_they_come_are_the_same_bytes(
    ordex: Ordex, served: RunningSandbox, form: str
) -> None:
    """As when everything is written at once."""
    streamed = ordex("list", "--all", "--format", form)
    collected = ordex("list", "--all", "--sort", "-created_at", "--format", form)
    assert streamed.out == collected.out
    assert "250 of 250 orders" in streamed.err
    nothing = ordex("list", "--all", "--where", "status:FULFILLED", "--format", form)
    assert nothing.out == {"json": "[]\n", "jsonl": "", "csv": streamed.out.splitlines()[0] + "\n"}.get(form)


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_a_small_budget_gives_what_it_pays_for(
    ordex: Ordex, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Each page is printed, a fifth of the calls is left, and the command that goes on is named."""
    orders = [an_order(number) for number in range(900)]
    with running_sandbox(orders=orders, rate_limit=RateLimit(7, 3600)) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        ended = ordex("list", "--all", "--columns", "id", "--format", form)
    assert ended.code == 7
    assert len(set(re.findall(r"ord_[0-9a-f]{18}", ended.out))) == 500
    if form == "json":
        assert len(ended.document) == 500
    assert "900 orders: 8 more calls; 6 of 7 calls left, 4 of them for this: 2 of 7" in ended.err
    assert "400 orders not read: stopped to leave 2 of 7 calls for you" in ended.err
    last = "" if form == "table" else f" --format {form}"
    assert ended.err.endswith(f"continue with: ordex list --page 6 --all --columns id{last}\n")


def test_a_filter_says_what_it_cannot_read(ordex: Ordex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders whose amount is no number were passed over without a word."""
    orders = [an_order(number) for number in range(5)]
    orders[1]["amount"], orders[2]["amount"] = True, "many"
    with running_sandbox(orders=orders) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        ended = ordex("list", "--all", "--where", "amount>=1")
        shown = ordex("list")
    assert "3 orders match" in ended.err
    assert "2 orders were skipped: their amount cannot be read" in ended.err
    assert "2 orders with values of an unexpected type, shown unchanged: amount" in shown.err
    assert "! true" in shown.out
    assert '! "many"' in shown.out


def test_a_filter_by_time_stops_where_nothing_more_can_match(ordex: Ordex, served: RunningSandbox) -> None:
    """From the newest end, or from the oldest; the result is in the order asked for."""
    late = ordex("list", "--all", "--where", "created>=2026-01-01T03:00", "--format", "jsonl")
    assert late.err == "70 orders match among the 100 looked at, of 250 · newest first · 1 call\n"
    early = ordex("list", "--all", "--where", "created<2026-01-01T01:00", "--format", "jsonl")
    assert "60 orders match among the 100 looked at, of 250 · newest first · 1 call" in early.err
    numbers = [int(json.loads(line)["source_id"].split("-")[1]) for line in early.out.splitlines()]
    assert numbers == list(range(59, -1, -1))
    later = ordex("list", "--all", "--where", "created>=2026-01-01T01:00", "--format", "jsonl")
    assert later.err.startswith("250 orders: at most 2 more calls; ")
    assert "190 orders match among the 200 looked at, of 250 · newest first · 2 calls" in later.err
