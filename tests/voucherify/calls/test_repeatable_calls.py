"""A GET of the log, made once more."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from tests.support.clients import Scripted, client
from tests.support.documents import ORDER
from tui.voucherify.errors import ForeignOrigin, NotFound, Unsendable


def _scripted(*outcomes: httpx.Response | Exception) -> Scripted:
    return Scripted(httpx.Response(200, json={"orders": [ORDER], "total": 1}), *outcomes)


async def test_a_get_is_made_once_more_as_it_was() -> None:
    """The same address, a call of its own, and it is known whose repetition it is."""
    network = _scripted()
    async with client("https://h/base", network=network) as voucherify:
        await voucherify.list_orders(limit=3, order="updated_at")
        (call,) = voucherify.calls.snapshot()
        await voucherify.repeat(call)
        again = voucherify.calls.snapshot()[-1]
    assert network.seen[0].url == network.seen[1].url
    assert (again.number, again.replay_of, again.first) == (2, 1, 2)
    assert (again.path, again.query) == ("/base/v1/orders", "limit=3&page=1&order=updated_at")


async def test_what_it_is_answered_is_told() -> None:
    """A failure is the same error as for any request."""
    refused = httpx.Response(404, json={"code": 404, "message": "Resource not found"})
    async with client("https://h", network=_scripted(refused)) as voucherify:
        await voucherify.list_orders()
        with pytest.raises(NotFound):
            await voucherify.repeat(voucherify.calls.snapshot()[0])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_but_a_get_is_repeated(method: str) -> None:
    """Not one byte leaves."""
    network = _scripted()
    async with client("https://h", network=network) as voucherify:
        await voucherify.list_orders()
        (call,) = voucherify.calls.snapshot()
        with pytest.raises(Unsendable, match="only a GET"):
            await voucherify.repeat(replace(call, method=method))
    assert len(network.seen) == 1


async def test_an_address_that_held_a_secret_is_not_repeated() -> None:
    """The token of a download is not kept, so the request could not be the same."""
    network = _scripted()
    async with client("https://h", network=network) as voucherify:
        await voucherify.list_orders()
        (call,) = voucherify.calls.snapshot()
        with pytest.raises(Unsendable, match="secret"):
            await voucherify.repeat(replace(call, query="token=***"))
    assert len(network.seen) == 1


async def test_the_keys_stay_bound_to_the_profile() -> None:
    """A call of another profile's log is not sent with this one's keys."""
    network = _scripted()
    async with client("https://h", network=network) as voucherify:
        await voucherify.list_orders()
        (call,) = voucherify.calls.snapshot()
        with pytest.raises(ForeignOrigin):
            await voucherify.repeat(replace(call, origin="https://elsewhere.test"))
    assert len(network.seen) == 1
