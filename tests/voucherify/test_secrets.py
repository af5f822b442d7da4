"""The token is in nothing that anybody might print, log or keep."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
import traceback

import httpx
import pytest

from tests.support.clients import CANARY, client, mocked
from tests.support.documents import ORDER, export_at
from tests.support.loopback import Exchange, loopback
from tui.voucherify.connection import connect
from tui.voucherify.errors import VoucherifyError
from tui.voucherify.responses import Export


async def _misbehave(exchange: Exchange) -> None:
    if exchange.target.startswith("/v1/orders?"):
        await exchange.send(b"garbage\r\n\r\n")
        exchange.finish()
    elif exchange.target.endswith("/cut"):
        exchange.reset()
    elif exchange.target.startswith("/v1/exports/"):
        url = f"http://{exchange.headers['host']}/v1/file?token=link-secret"
        await exchange.answer(200, export_at(url))
    elif exchange.target.startswith("/v1/file"):
        await exchange.answer(200, b"id\n")
    else:
        await exchange.answer(401, {"code": 401, "message": "Unauthorized", "key": "unauthorized"})


async def test_no_log_record_error_or_call_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    """Not with every logger at its most talkative, not in the causes of an error."""
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    async with loopback(_misbehave) as server:
        async with client(server.url) as voucherify:
            for ask in (voucherify.list_orders(), voucherify.get_order("cut"), voucherify.get_order("x")):
                with pytest.raises(VoucherifyError) as caught:
                    await ask
                told += [
                    "".join(traceback.format_exception(caught.value)),
                    repr(caught.value),
                    caught.value.hint,
                ]
                assert caught.value.__context__ is None
            export = await voucherify.get_export("exp_1")
            async with voucherify.download_export(export) as file:
                assert [chunk async for chunk in file] == [b"id\n"]
            told += [
                repr(export),
                repr(voucherify),
                repr(vars(voucherify)),
                repr(voucherify.calls.snapshot()),
            ]
            told += [call.request_body.text + call.response_body.text for call in voucherify.calls.snapshot()]
        assert {exchange.headers["x-app-token"] for exchange in server.seen} == {CANARY}
    told += [record.getMessage() for record in caplog.records]
    assert voucherify.calls.made > 5
    assert not [text for text in told if CANARY in text or "link-secret" in text]


async def test_no_request_that_is_still_alive_holds_the_token() -> None:
    """Once a call has ended, no request object anywhere does."""
    async with mocked(lambda request: httpx.Response(200, json=ORDER)) as voucherify:
        await voucherify.get_order(ORDER["id"])
        gc.collect()
        alive = [thing for thing in gc.get_objects() if isinstance(thing, httpx.Request | httpx.Headers)]
        assert not [thing for thing in alive if CANARY in str(getattr(thing, "headers", thing).raw)]


async def test_the_logs_of_httpx_are_kept_below_warning() -> None:
    """They hold whole URLs, with the tokens of downloads."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    async with connect(
        base_url="https://api.voucherify.io", credentials=dict, network=httpx.MockTransport(_never)
    ):
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
        assert not logging.getLogger("httpcore.http11").isEnabledFor(logging.INFO)


def _never(request: httpx.Request) -> httpx.Response:
    raise AssertionError


def test_an_exports_link_is_not_in_its_repr() -> None:
    """It holds a token."""
    export = Export.read(export_at("https://download.voucherify.io/v1/exports/exp_1?token=link-secret"))
    assert export.url
    assert "link-secret" not in f"{export!r} {export}"


def test_models_and_errors_come_without_httpx() -> None:
    """They are needed where nothing is sent."""
    script = (
        "import sys, tui.voucherify.errors, tui.voucherify.responses, tui.voucherify.rate_limit;"
        "sys.exit(any(name in sys.modules for name in ('httpx', 'httpcore', 'anyio')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
