"""The vendor's own client from PyPI, pointed at a served sandbox."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import voucherify

from tests.support.sandbox import RunningSandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    """A sandbox that starts empty."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def client(sandbox: RunningSandbox) -> Iterator[voucherify.ApiClient]:
    """The vendor's client with the sandbox's address and keys."""
    configuration = voucherify.Configuration(
        host=sandbox.url,
        api_key={"X-App-Id": sandbox.app_id, "X-App-Token": sandbox.app_token},
    )
    configuration.proxy = None
    with voucherify.ApiClient(configuration) as made:
        yield made
        made.rest_client.pool_manager.clear()


def until_done(read: Callable[[], Any]) -> Any:
    """Read a job until it is DONE."""
    for _ in range(200):
        job = read()
        if job.status == "DONE":
            return job
        time.sleep(0.05)
    raise TimeoutError("the job was not done in ten seconds")


def test_orders_are_created_read_updated_and_listed(client: voucherify.ApiClient) -> None:
    """An order can be created, read by id and by source_id, updated, and found in the list."""
    orders = voucherify.OrdersApi(client)
    created = orders.create_order(
        voucherify.OrdersCreateRequestBody(
            source_id="vendor/1",
            amount=6500,
            items=[
                voucherify.OrderItem(product_id="prod_unknown", quantity=2),
                voucherify.OrderItem(quantity=1, price=700),
            ],
            customer=voucherify.Customer(source_id="vendor-customer", name="Ada"),
            metadata={"note": "x"},
        )
    )
    assert created.updated_at is None
    assert created.status == "CREATED"
    assert orders.get_order(created.id).source_id == "vendor/1"
    assert orders.get_order("vendor/1").id == created.id

    updated = orders.update_order(created.id, voucherify.OrdersUpdateRequestBody(status="PAID", amount=7000))
    assert (updated.status, updated.amount, updated.total_amount) == ("PAID", 7000, 7000)

    listed = orders.list_orders(limit=10, page=1, order="-created_at")
    assert listed.total >= 1
    assert created.id in [order.id for order in listed.orders]


def test_an_export_is_scheduled_and_read_to_its_end(
    client: voucherify.ApiClient, sandbox: RunningSandbox
) -> None:
    """An export job goes from SCHEDULED to DONE, and its link gives the CSV."""
    orders, exports = voucherify.OrdersApi(client), voucherify.ExportsApi(client)
    orders.create_order(voucherify.OrdersCreateRequestBody(source_id="exported", amount=100))
    parameters = voucherify.OrdersExportCreateRequestBodyParameters(fields=["id", "source_id", "amount"])
    scheduled = orders.create_order_export(voucherify.OrdersExportCreateRequestBody(parameters=parameters))
    assert scheduled.status == "SCHEDULED"
    done = until_done(lambda: exports.get_export(scheduled.id))
    text = httpx.get(done.result.url, headers=sandbox.headers, trust_env=False).text
    assert text.splitlines()[0] == "ID,Source ID,Amount"
    assert ",exported,100" in text
    assert exports.list_exports().total >= 1


def test_an_import_is_scheduled_and_read_to_its_end(client: voucherify.ApiClient) -> None:
    """An import job reaches DONE, and what it brought can be read."""
    orders, actions = voucherify.OrdersApi(client), voucherify.AsyncActionsApi(client)
    rows = [voucherify.OrdersImportCreateRequestBodyItem(source_id=f"row-{n}", amount=n) for n in range(20)]
    accepted = orders.import_orders(rows)
    done = until_done(lambda: actions.get_async_action(accepted.async_action_id))
    assert done.operation_status == "SUCCESS"
    assert done.progress == 100
    assert orders.get_order("row-19").amount == 19
    assert accepted.async_action_id in [action.id for action in actions.list_async_actions().async_actions]
