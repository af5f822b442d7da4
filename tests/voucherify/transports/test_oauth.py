"""Access tokens in place of keys, against the sandbox's own exchange."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.support.clients import BASE_URL, CANARY, client, mocked
from tests.support.documents import PAGE
from tests.support.sandbox import MovableClock, an_order, in_process
from tui.sandbox.policies import Policies
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.errors import (
    Forbidden,
    ForeignOrigin,
    InvalidRequest,
    NotJson,
    RateLimited,
    ReadOnly,
    Unauthorized,
    Unreachable,
)
from tui.voucherify.transports.oauth import OAuth

URL = "http://localhost"
TOKEN = {"access_token": CANARY + "-access", "expires_in": 900, "token_type": "Bearer"}


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """A network that notes what passes it."""

    inner: httpx.AsyncBaseTransport
    seen: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Note it and pass it on."""
        self.seen.append(request)
        return await self.inner.handle_async_request(request)

    @property
    def paths(self) -> list[str]:
        """Method and path of each request."""
        return [f"{request.method} {request.url.path}" for request in self.seen]


@asynccontextmanager
async def shop(seconds: float = 900.0, **options: Any) -> AsyncIterator[tuple[VoucherifyClient, Wire, Any]]:
    """A client with tokens, over a sandbox of two orders."""
    with in_process(
        orders=[an_order(1), an_order(2)], policies=Policies(access_token_seconds=seconds)
    ) as sandbox:
        wire = Wire(sandbox.transport)
        options = {"auth": "oauth", "network": wire, "credentials": lambda: sandbox.headers, **options}
        async with client(URL, **options) as voucherify:
            yield voucherify, wire, sandbox


async def test_one_token_serves_many_requests() -> None:
    """Also those that begin at once; the keys go with the exchange alone, and the token with all others."""
    async with shop() as (voucherify, wire, sandbox):
        await asyncio.gather(*(voucherify.list_orders() for _ in range(5)))
        await voucherify.list_exports()
        await voucherify.list_async_actions()
        assert wire.paths.count("POST /v1/oauth/token") == 1
        assert len(wire.seen) == 8
        for request in wire.seen:
            exchange = request.url.path == "/v1/oauth/token"
            assert ("X-App-Token" in request.headers) is exchange
            assert ("Authorization" in request.headers) is not exchange
        assert sandbox.app_token not in json.dumps([str(call) for call in voucherify.calls.snapshot()])


async def test_a_token_is_renewed_before_it_ends() -> None:
    """A tenth of its time early, by a clock that nobody sets."""
    with in_process(orders=[an_order(1)], clock=MovableClock()) as sandbox:
        wire, now = Wire(sandbox.transport), [0.0]
        async with client(URL, auth="oauth", network=wire, credentials=lambda: sandbox.headers) as voucherify:
            _oauth_layer(voucherify)._token._clock = lambda: now[0]
            await voucherify.list_orders()
            now[0] = 809.0
            await voucherify.list_orders()
            assert wire.paths.count("POST /v1/oauth/token") == 1
            now[0] = 811.0
            await voucherify.list_orders()
            assert wire.paths.count("POST /v1/oauth/token") == 2


@pytest.mark.parametrize("write", [False, True])
async def test_a_token_that_was_revoked_is_replaced_once(write: bool) -> None:
    """A 401 means that nothing was processed, so a change goes again too."""
    async with shop() as (voucherify, wire, sandbox):
        await voucherify.list_orders()
        token = wire.seen[-1].headers["Authorization"].split()[1]
        async with httpx.AsyncClient(transport=sandbox.transport, base_url=sandbox.url) as other:
            await other.post("/v1/oauth/token/revoke", data={"token": token}, headers=sandbox.headers)
        if write:
            assert (await voucherify.create_order({"source_id": "new"})).source_id == "new"
        else:
            assert (await voucherify.list_orders()).total == 2
        assert wire.paths.count("POST /v1/oauth/token") == 2


async def test_keys_that_are_wrong_are_told_as_such() -> None:
    """One exchange, no request without a token, and no loop."""
    wrong = {"X-App-Id": "a", "X-App-Token": "b"}
    async with shop(credentials=lambda: wrong) as (voucherify, wire, _):
        with pytest.raises(Unauthorized):
            await voucherify.list_orders()
        assert wire.paths == ["POST /v1/oauth/token"]


def _answering(
    exchange: Callable[[], httpx.Response], seen: list[str], orders: int = 200
) -> Callable[[httpx.Request], httpx.Response]:
    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        if request.url.path == "/v1/oauth/token":
            return exchange()
        return httpx.Response(orders, json=PAGE)

    return handle


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(400, json={"code": 400, "key": "invalid_scope", "message": "m"}), InvalidRequest),
        (httpx.Response(403, json={"code": 403, "message": "Missing permission"}), Forbidden),
        (httpx.Response(500, json={"code": 500, "message": "m"}), Unreachable),
        (httpx.Response(200, json={"expires_in": 900}), NotJson),
        (httpx.Response(200, json={"access_token": "t", "expires_in": 0}), NotJson),
        (httpx.Response(200, content=b"<html>"), NotJson),
        (httpx.Response(200, json={"access_token": "t\r\nX: y", "expires_in": 900}), NotJson),
    ],
)
async def test_an_exchange_that_fails_is_the_requests_failure(
    answer: httpx.Response, error: type[Exception]
) -> None:
    """Nothing of the request itself left, whatever became of the exchange."""
    seen: list[str] = []
    async with mocked(_answering(lambda: answer, seen), auth="oauth") as voucherify:
        with pytest.raises(error) as caught:
            await voucherify.create_order({})
        assert getattr(caught.value, "sent", None) is False
        assert "/v1/orders" not in seen
        assert CANARY not in repr(caught.value)


async def test_an_exchange_at_the_rate_limit_is_waited_for_like_any_request() -> None:
    """The retry layer is outside, so the wait is seen and told."""
    limited = httpx.Response(429, headers={"X-Rate-Limit-Type": "api_calls_cycle"}, json={"code": 429})
    async with mocked(_answering(lambda: limited, []), auth="oauth") as voucherify:
        with pytest.raises(RateLimited):
            await voucherify.list_orders()
    answers = [
        httpx.Response(429, headers={"Retry-After": "0"}, json={"code": 429}),
        httpx.Response(200, json=TOKEN),
    ]
    async with mocked(_answering(lambda: answers.pop(0), []), auth="oauth") as voucherify:
        assert (await voucherify.list_orders()).total == PAGE["total"]


async def test_a_401_with_a_new_token_is_an_answer() -> None:
    """Two tokens are tried, not more."""
    seen: list[str] = []
    handle = _answering(lambda: httpx.Response(200, json=TOKEN), seen, orders=401)
    async with mocked(handle, auth="oauth") as voucherify:
        with pytest.raises(Unauthorized):
            await voucherify.list_orders()
    assert seen == ["/v1/oauth/token", "/v1/orders"] * 2


async def test_a_session_that_only_reads_gets_tokens() -> None:
    """The exchange is beneath the guard; a change is refused before a token is asked for."""
    async with shop(read_only=True) as (voucherify, wire, _):
        with pytest.raises(ReadOnly):
            await voucherify.create_order({})
        assert wire.paths == []
        await voucherify.list_orders()
        assert wire.paths == ["POST /v1/oauth/token", "GET /v1/orders"]


async def test_no_token_is_asked_for_on_behalf_of_another_origin() -> None:
    """Nothing leaves at all."""
    seen: list[str] = []
    async with mocked(_answering(lambda: httpx.Response(200, json=TOKEN), seen), auth="oauth") as voucherify:
        with pytest.raises(ForeignOrigin):
            await _oauth_layer(voucherify).handle_async_request(
                httpx.Request("GET", BASE_URL.replace("api.", "evil."))
            )
    assert seen == []


async def test_the_call_log_has_the_exchange_without_the_token() -> None:
    """It costs a call, so it is told; what it brought is not."""
    async with mocked(_answering(lambda: httpx.Response(200, json=TOKEN), []), auth="oauth") as voucherify:
        await voucherify.list_orders()
        exchange, _ = voucherify.calls.snapshot()
    assert (exchange.method, exchange.path, exchange.status) == ("POST", "/v1/oauth/token", 200)
    assert CANARY not in repr((exchange.request_body, exchange.response_body))
    assert '"access_token":"***"' in exchange.response_body.text


def _oauth_layer(voucherify: VoucherifyClient) -> OAuth:
    layer: Any = voucherify._transport
    while not isinstance(layer, OAuth):
        layer = layer._inner
    return layer
