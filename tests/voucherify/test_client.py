"""The methods of the API: what goes out, and what typed answers come back."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.support.clients import mocked
from tests.support.documents import ACTION, EXPORT, NOT_FOUND, ORDER, PAGE, export_at
from tui.voucherify import errors
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.responses import Export

LINK = "https://download.voucherify.io/v1/exports/exp_1?token=download-secret"
EXPORTS = {"object": "list", "data_ref": "exports", "exports": [EXPORT], "total": 7}
ACTIONS = {"object": "list", "data_ref": "async_actions", "async_actions": [ACTION], "has_more": True}

Ask = Callable[[VoucherifyClient], Awaitable[Any]]


@pytest.mark.parametrize(
    ("ask", "answer", "line", "body"),
    [
        (lambda v: v.list_orders(), PAGE, "GET /v1/orders?limit=100&page=1&order=-created_at", None),
        (
            lambda v: v.list_orders(limit=7, page=3, order="updated_at"),
            PAGE,
            "GET /v1/orders?limit=7&page=3&order=updated_at",
            None,
        ),
        (lambda v: v.get_order("src 1"), {**ORDER, "source_id": "src 1"}, "GET /v1/orders/src%201", None),
        (lambda v: v.create_order({"amount": 5}), ORDER, "POST /v1/orders", {"amount": 5}),
        (
            lambda v: v.update_order("o/1", {"status": "PAID"}),
            ORDER,
            "PUT /v1/orders/o%2F1",
            {"status": "PAID"},
        ),
        (lambda v: v.import_orders(({},)), {"async_action_id": "aa_1"}, "POST /v1/orders/import", [{}]),
        (lambda v: v.create_order_export(), EXPORT, "POST /v1/orders/export", {}),
        (
            lambda v: v.create_order_export({"fields": ["id"]}),
            EXPORT,
            "POST /v1/orders/export",
            {"parameters": {"fields": ["id"]}},
        ),
        (lambda v: v.get_export("exp_1"), EXPORT, "GET /v1/exports/exp_1", None),
        (lambda v: v.list_exports(), EXPORTS, "GET /v1/exports?limit=100&page=1&order=-created_at", None),
        (lambda v: v.delete_export("exp_1"), None, "DELETE /v1/exports/exp_1", None),
        (lambda v: v.get_async_action("aa_1"), ACTION, "GET /v1/async-actions/aa_1", None),
        (lambda v: v.list_async_actions(), ACTIONS, "GET /v1/async-actions?limit=100", None),
        (
            lambda v: v.list_async_actions(limit=5, end_date=datetime(2026, 1, 31, 14, 5, tzinfo=UTC)),
            ACTIONS,
            "GET /v1/async-actions?limit=5&end_date=2026-01-31T14%3A05%3A00.000Z",
            None,
        ),
        (
            lambda v: v.list_async_actions(end_date="2026-01-31"),
            ACTIONS,
            "GET /v1/async-actions?limit=100&end_date=2026-01-31",
            None,
        ),
    ],
)
async def test_each_method_asks_what_the_api_documents(ask: Ask, answer: Any, line: str, body: Any) -> None:
    """Method, path, query and body; an order is always sent with a list; Ordex says who asks."""
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=answer) if answer is not None else httpx.Response(204)

    async with mocked(handler) as voucherify:
        await ask(voucherify)
    (request,) = seen
    assert f"{request.method} {request.url.raw_path.decode()}" == line
    assert (json.loads(request.content) if request.content else None) == body
    assert request.headers["X-Voucherify-Channel"].startswith("ordex:")
    assert request.headers["User-Agent"].startswith("ordex/")
    assert request.headers.get("Content-Type") == ("application/json" if body is not None else None)


async def test_a_page_knows_what_it_is() -> None:
    """Total, sort and the time it was read."""
    async with mocked(lambda request: httpx.Response(200, json={**PAGE, "total": 873})) as voucherify:
        page = await voucherify.list_orders(limit=10, page=2)
    assert (page.total, page.page, page.limit, page.order) == (873, 2, 10, "-created_at")
    assert page.orders[0].raw == ORDER
    assert page.read_at.tzinfo is UTC


async def test_other_lists_are_typed() -> None:
    """Exports with their total, async actions with whether there are more."""
    answers = {"/v1/exports": EXPORTS, "/v1/async-actions": ACTIONS}
    async with mocked(lambda request: httpx.Response(200, json=answers[request.url.path])) as voucherify:
        exports, actions = await voucherify.list_exports(), await voucherify.list_async_actions()
    assert (exports.total, exports.exports[0].id) == (7, "exp_1")
    assert (actions.has_more, actions.async_actions[0].progress) == (True, 100)


async def test_odd_and_old_data_are_read() -> None:
    """A legacy status, unknown fields, wrong types, no total, no has_more."""
    odd = {**ORDER, "status": "PROCESSING", "amount": "a lot", "flavour": {"x": 1}, "items": [None, 5]}
    answers = {"/v1/orders": {"orders": [odd, {}]}, "/v1/async-actions": {"async_actions": [{}] * 2}}
    async with mocked(lambda request: httpx.Response(200, json=answers[request.url.path])) as voucherify:
        page, actions = await voucherify.list_orders(), await voucherify.list_async_actions(limit=2)
    assert (page.total, page.orders[0].status, page.orders[0].raw) == (None, "PROCESSING", odd)
    assert actions.has_more is None


@pytest.mark.parametrize("total", [None, "250", -5, True, 2.5, [], {}])
async def test_a_total_that_is_no_count_is_not_known(total: object) -> None:
    """It is never made up from what came."""
    answer = {"orders": [ORDER], "total": total}
    async with mocked(lambda request: httpx.Response(200, json=answer)) as voucherify:
        assert (await voucherify.list_orders()).total is None


@pytest.mark.parametrize("answer", [None, [], "x", 5, {}, {"orders": None}, {"orders": {}}, {"orders": [1]}])
async def test_an_answer_of_another_shape_is_not_from_this_api(answer: Any) -> None:
    """A list without orders, an order that is no object: an error, never half an answer."""
    async with mocked(lambda request: httpx.Response(200, json=answer)) as voucherify:
        for ask in (
            voucherify.list_orders(),
            voucherify.get_order("x"),
            voucherify.import_orders([]),
            voucherify.get_export("x"),
            voucherify.list_exports(),
            voucherify.list_async_actions(),
        ):
            with pytest.raises(errors.NotJson):
                await ask


async def test_a_refusal_is_raised_with_what_the_service_said() -> None:
    """As an error of the tree."""
    async with mocked(lambda request: httpx.Response(404, json=NOT_FOUND)) as voucherify:
        with pytest.raises(errors.NotFound, match="Cannot find order with id x") as caught:
            await voucherify.get_order("x")
    assert caught.value.request_id == "v-0baa1ad023d0656a84"


async def test_a_far_rate_limit_is_raised_at_once() -> None:
    """With the time from which calls are taken again, and the budget knows it too."""
    headers = {"Retry-After": "3000", "X-Rate-Limit-Remaining": "0"}
    async with mocked(lambda request: httpx.Response(429, json={}, headers=headers)) as voucherify:
        with pytest.raises(errors.RateLimited) as caught:
            await voucherify.list_orders()
        assert caught.value.retry_at is not None
        assert voucherify.budget.remaining == 0
        assert len(voucherify.calls) == 1


async def test_a_profile_that_only_reads_changes_nothing() -> None:
    """Every method that changes is refused before it leaves."""
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=PAGE)

    async with mocked(handler, read_only=True) as voucherify:
        for ask in (
            voucherify.create_order({}),
            voucherify.update_order("x", {}),
            voucherify.import_orders([]),
            voucherify.create_order_export(),
            voucherify.delete_export("x"),
        ):
            with pytest.raises(errors.ReadOnly):
                await ask
        assert seen == []
        assert (await voucherify.list_orders()).total == 1


def _file(request: httpx.Request) -> httpx.Response:
    content = b"0123456789"
    if "Range" not in request.headers:
        return httpx.Response(200, content=content, headers={"ETag": '"v1"'})
    start = int(request.headers["Range"][6:-1])
    if start >= len(content):
        return httpx.Response(416, headers={"Content-Range": f"bytes */{len(content)}"})
    told = {"Content-Range": f"bytes {start}-9/10", "ETag": '"v1"'}
    return httpx.Response(206, content=content[start:], headers=told)


@pytest.mark.parametrize(("offset", "rest"), [(0, b"0123456789"), (4, b"456789"), (10, b"")])
async def test_a_download_begins_anywhere(offset: int, rest: bytes) -> None:
    """With the file's size and version; at its end there is nothing left."""
    async with (
        mocked(_file) as voucherify,
        voucherify.download_export(Export.read(export_at(LINK)), offset=offset) as file,
    ):
        assert b"".join([chunk async for chunk in file]) == rest
        assert (file.offset, file.total) == (offset, 10)


async def test_a_resumed_download_names_the_version() -> None:
    """So that two versions are never joined; a weak one proves nothing and is not sent."""
    seen: list[httpx.Headers] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, content=b"new")

    async with mocked(handler) as voucherify:
        for etag in ('"v1"', 'W/"v1"'):
            async with voucherify.download_export(Export.read(export_at(LINK)), offset=5, etag=etag) as file:
                assert file.offset == 0
    assert [headers.get("If-Range") for headers in seen] == ['"v1"', None]
    assert {headers["Accept-Encoding"] for headers in seen} == {"identity"}


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (httpx.Response(401, json={"code": 401}), errors.Unauthorized),
        (httpx.Response(206, content=b"x", headers={"Content-Range": "bytes 7-9/10"}), errors.NotJson),
        (httpx.Response(206, content=b"x"), errors.NotJson),
        (httpx.Response(204), errors.NotJson),
        (httpx.Response(200, html="<p>Log in</p>"), errors.NotJson),
        (httpx.Response(200, json={"exports": []}), errors.NotJson),
        (httpx.Response(416, headers={"Content-Range": "bytes */3"}), errors.ApiError),
        (httpx.Response(302, headers={"Location": "https://evil.example/"}), errors.Redirected),
    ],
)
async def test_what_is_not_the_file_is_an_error(
    response: httpx.Response, kind: type[errors.VoucherifyError]
) -> None:
    """Another range, a refusal, a redirect."""
    async with mocked(lambda request: response) as voucherify:
        with pytest.raises(kind) as caught:
            async with voucherify.download_export(Export.read(export_at(LINK)), offset=4):
                pass
    assert caught.value.hint


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (EXPORT, errors.NoExportFile),
        (export_at("https://evil.example/v1/exports/exp_1?token=t"), errors.ForeignOrigin),
        (export_at("http://download.voucherify.io/v1/exports/exp_1"), errors.ForeignOrigin),
        (export_at("not a url"), errors.ForeignOrigin),
        (export_at("https://[broken"), errors.ForeignOrigin),
        (export_at(""), errors.ForeignOrigin),
    ],
)
async def test_a_link_that_leads_elsewhere_is_not_opened(
    document: dict[str, Any], kind: type[errors.VoucherifyError]
) -> None:
    """Nothing is sent."""
    async with mocked(_file) as voucherify:
        with pytest.raises(kind):
            async with voucherify.download_export(Export.read(document)):
                pass
        assert len(voucherify.calls) == 0


@pytest.mark.parametrize("order_id", ["", "..", "x" * 2000, "\ud800"])
async def test_an_answer_whose_id_cannot_be_asked_for_is_refused(order_id: str) -> None:
    """Its reader would blame the user's input for it at the next request."""
    document = {**ORDER, "id": order_id, "source_id": "s", "async_action_id": order_id}
    answer = json.dumps(document).encode()
    async with mocked(lambda request: httpx.Response(200, content=answer)) as voucherify:
        with pytest.raises(errors.NotJson):
            await voucherify.get_order("s")
        with pytest.raises(errors.NotJson):
            await voucherify.import_orders([{}])


@pytest.mark.parametrize("status", [200, 202, 205])
async def test_only_204_tells_of_a_deletion(status: int) -> None:
    """A login page answers with 200."""
    async with mocked(lambda request: httpx.Response(status, html="<p>Sign in")) as voucherify:
        with pytest.raises(errors.NotJson):
            await voucherify.delete_export("exp_1")


async def test_an_answer_about_something_else_is_refused() -> None:
    """Another order, export or job than was asked for."""
    async with mocked(lambda request: httpx.Response(200, json={"id": "x", "source_id": "y"})) as voucherify:
        for call in (voucherify.get_order("z"), voucherify.get_export("y"), voucherify.get_async_action("y")):
            with pytest.raises(errors.NotJson, match="not asked for"):
                await call
        assert (await voucherify.get_order("y")).id == "x"
