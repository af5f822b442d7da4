"""``ordex get`` over real HTTP, and the errors that a script sees."""

import json

import pytest

from tests.support.command_line import Ordex
from tests.support.sandbox import RunningSandbox, an_order, running_sandbox

HOSTILE = "\x1b]52;c;UFdORUQ=\x07\x9b31m\u202e[bold]x[/]\u200b\ud800"


@pytest.mark.parametrize("name", ["source-7", f"ord_{7:018x}"])
def test_an_order_is_found_by_id_and_by_source_id(ordex: Ordex, served: RunningSandbox, name: str) -> None:
    """Both names lead to the same document."""
    ended = ordex("get", name, "--format", "json")
    assert (ended.code, ended.document["source_id"]) == (0, "source-7")


def test_people_get_a_field_a_line(ordex: Ordex, served: RunningSandbox) -> None:
    """Nested objects are indented."""
    ended = ordex("get", "source-7")
    assert "status: PAID\n" in ended.out
    assert "metadata:\n  channel: web\n" in ended.out


def test_an_unknown_order_is_exit_code_3(ordex: Ordex, served: RunningSandbox) -> None:
    """With what to do and the request id to quote."""
    ended = ordex("get", "nothing")
    assert ended.code == 3
    assert "Cannot find order with id nothing" in ended.err
    assert "request id: v-" in ended.err


def test_with_json_the_error_is_json_too(ordex: Ordex, served: RunningSandbox) -> None:
    """On stderr, one line; stdout stays empty."""
    ended = ordex("get", "nothing", "--format", "json")
    assert ended.out == ""
    error = json.loads(ended.err)["error"]
    assert (error["kind"], error["status"], error["exit_code"]) == ("NotFound", 404, 3)


def test_wrong_keys_are_exit_code_4(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint says what to look at, the token is nowhere."""
    monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", "canary-token")
    ended = ordex("get", "source-7")
    assert ended.code == 4
    assert "id, token and address" in ended.err
    assert "canary-token" not in ended.err


def test_half_an_account_is_exit_code_2(ordex: Ordex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent anywhere, least of all to the sandbox by surprise."""
    monkeypatch.setenv("VOUCHERIFY_APP_ID", "app-1")
    ended = ordex("get", "source-7")
    assert ended.code == 2
    assert "VOUCHERIFY_APP_TOKEN is not set" in ended.err


def test_a_closed_port_is_exit_code_8(
    ordex: Ordex, served: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network is down: what to check is said."""
    monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", "http://127.0.0.1:9")
    assert ordex("get", "source-7").code == 8


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_hostile_text_never_acts(ordex: Ordex, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No control or bidi character leaves in any format."""
    order = an_order(1, metadata={"note": HOSTILE}, source_id="hostile", customer_id=HOSTILE, status=HOSTILE)
    with running_sandbox(orders=[order]) as sandbox:
        monkeypatch.setenv("VOUCHERIFY_APP_ID", sandbox.app_id)
        monkeypatch.setenv("VOUCHERIFY_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("VOUCHERIFY_API_BASE_URL", sandbox.url)
        ended = ordex("get", "hostile", "--format", form)
    assert ended.code == 0
    assert not set(ended.out) & set("\x1b\x07\x9b\u202e\u200b\ud800")
    if form == "json":
        assert ended.document["metadata"]["note"] == HOSTILE
