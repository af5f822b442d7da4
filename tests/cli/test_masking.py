"""Commands with masks on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import Ordex
from tests.support.personal import Watch, account
from tests.support.sandbox import running_sandbox

ORDERS, VALUES = account(60)
WATCH = Watch(VALUES)


@pytest.fixture(autouse=True)
def shop(monkeypatch: pytest.MonkeyPatch):
    """A served account of people."""
    with running_sandbox(orders=ORDERS) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        yield sandbox


def test_the_watch_sees_what_is_not_masked(ordex: Ordex) -> None:
    """Without masks the same commands tell everything: a test that finds nothing finds something here."""
    told = ordex("list", "--all", "--format", "json").out
    found = WATCH.found(told)
    assert len(found) > len(VALUES)


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_a_list_shows_nobody_in_any_format(ordex: Ordex, form: str) -> None:
    """Columns of metadata, whole documents and sentences."""
    columns = (
        "id,metadata.recipient,metadata.email,metadata.contact_phone,metadata.note,metadata.delivery_address"
    )
    ended = ordex("list", "--mask", "--all", "--format", form, "--columns", columns)
    assert ended.code == 0
    assert WATCH.found(ended.out + ended.err) == []
    assert ended.out.count("*") > len(ORDERS)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_one_order_shows_nobody(ordex: Ordex, form: str) -> None:
    """Every order of the account, whole."""
    for order in ORDERS[:15]:
        ended = ordex("get", order["id"], "--mask", "--format", form)
        assert WATCH.found(ended.out + ended.err) == []


def test_masked_json_is_json_and_the_rest_of_it_is_exact(ordex: Ordex) -> None:
    """Only personal values differ from what the API sent."""
    plain = ordex("get", "WEB-0001", "--format", "json").document
    masked = ordex("get", "WEB-0001", "--mask", "--format", "json").document
    assert masked.keys() == plain.keys()
    assert {k: v for k, v in masked.items() if k not in ("metadata", "items")} == {
        k: v for k, v in plain.items() if k not in ("metadata", "items")
    }
    assert masked["metadata"]["channel"] == "web"
    assert masked["items"][0]["product"] == {"name": "Mug"}


def test_filters_and_sorting_use_the_real_values(ordex: Ordex) -> None:
    """A customer is found by what they are called, not by what is shown."""
    order = ORDERS[0]
    where = f"metadata.email:{order['metadata']['email']}"
    ended = ordex("list", "--mask", "--all", "--where", where, "--format", "json")
    assert [found["id"] for found in ended.document] == [order["id"]]
    by_name = ordex("list", "--all", "--sort", "metadata.email", "--format", "json").document
    masked = ordex("list", "--mask", "--all", "--sort", "metadata.email", "--format", "json").document
    assert [found["id"] for found in masked] == [found["id"] for found in by_name]


def test_a_change_is_told_masked_and_sent_as_it_is(ordex: Ordex, tmp_path: Path) -> None:
    """Difference, request, curl command and journal show nobody; the service gets the value."""
    new = "Wyxovuqz Qirzhyzq"
    watch = Watch([*VALUES, new])
    words = ("update", "WEB-0002", "--mask", "--set", f"metadata.recipient={new}")
    dry = ordex(*words, "--dry-run")
    done = ordex(*words, "--yes", "--format", "json")
    journal = [ordex("journal", "--mask", "--format", form) for form in ("table", "json", "csv")]
    undone = ordex("undo", "--mask", "--dry-run")
    for ended in (dry, done, *journal, undone):
        assert ended.code == 0
        assert watch.found(ended.out + ended.err) == []
    assert ordex("get", "WEB-0002", "--format", "json").document["metadata"]["recipient"] == new
    assert new in ordex("journal", "--format", "json").out


def test_an_error_that_echoes_a_value_is_masked(ordex: Ordex, shop) -> None:
    """What the service says of an address that it refuses is masked like all else, also as JSON."""
    for more in ((), ("--format", "json")):
        ended = ordex(
            "create",
            "--mask",
            "--yes",
            "--set",
            "customer.email=hyzqgwaq@pyqo.test",
            "--set",
            "amount=no",
            *more,
        )
        assert ended.code != 0
        assert Watch(["hyzqgwaq@pyqo.test"]).found(ended.out + ended.err) == []


def test_a_profile_that_is_not_known_is_told_with_masks_too(ordex: Ordex) -> None:
    """Masks ask for a profile's choice; where there is none the error is the usual one."""
    ended = ordex("list", "--mask", "--profile", "nowhere")
    assert ended.code == 2
    assert "nowhere" in ended.err


def test_masked_output_is_the_same_twice_in_one_run(ordex: Ordex) -> None:
    """In one run a customer has one mask, wherever they are named."""
    masked = ordex("get", "WEB-0003", "--mask", "--format", "json").document
    name = masked["metadata"]["recipient"]
    assert name in masked["metadata"]["note"]
    assert masked["items"][0]["metadata"]["recipient"] == name
    assert json.dumps(masked).count(masked["metadata"]["email"]) >= 2
