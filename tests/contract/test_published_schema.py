"""The sandbox against the vendor's published schema, by some 3,000 generated requests.

The schema file is the vendor's contract without its prose. What it is known to forget is added here, each
with its reason; nothing else is excluded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, settings

from tests.support.sandbox import RunningSandbox, an_order, running_sandbox

SCHEMA = Path(__file__).with_name("voucherify-orders-openapi.json")

FORGOTTEN_STATUSES = {
    "400": "declared for imports, exports and async actions only; any body or query can be wrong",
    "401": "declared for the download only; every operation asks for the keys",
    "404": "missing for PUT, and for POST with the id of an order or customer that does not exist",
    "405": "declared nowhere",
    "409": "declared nowhere; a source_id that another order holds",
    "415": "declared nowhere; a body that says it is not JSON",
}

FORGOTTEN_BOUNDS = {
    "amount": "an amount below zero is refused (policy amounts_below_zero)",
    "discount_amount": "the same",
    "initial_amount": "the same",
    "price": "the same",
    "quantity": "the same",
    "discount_quantity": "the same",
    "initial_quantity": "recorded: “cannot be lower than 1”",
}


def mended_schema() -> dict[str, Any]:
    """The published schema with what it forgets."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_text())
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for path in schema["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                for status in FORGOTTEN_STATUSES:
                    operation["responses"].setdefault(status, {"description": "", "content": error})
    for name in ("OrderBase", "OrderItem"):
        for field, rule in schema["components"]["schemas"][name]["properties"].items():
            if field in FORGOTTEN_BOUNDS:
                rule["minimum"] = 1 if field == "initial_quantity" else 0
    mend_filters(schema["components"]["schemas"])
    # The sandbox holds orders; requests for exports of other objects are tested where they are checked.
    schema["components"]["schemas"]["ExportsCreateRequestBody"] = {
        "$ref": "#/components/schemas/ExportOrderBase"
    }
    return schema


def mend_filters(schemas: dict[str, Any]) -> None:
    """Let filters hold known conditions only, as the service says when it is given another one.

    It takes the same ones for times as for the rest; the schema has two of them there.
    Filters of other objects than orders, which the sandbox does not hold, are checked in their form only.
    """
    schemas["FiltersCondition"]["additionalProperties"] = False
    for field in ("created_at", "updated_at"):
        filters = schemas["ExportOrderFilters"]["properties"]
        filters[field] = {"$ref": "#/components/schemas/FieldConditions"}


def name_what_source_ids_are_of(case: schemathesis.Case) -> None:
    """Say what an item's source_id is of, as the service asks for and no schema of this version can say."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for order in case.body if isinstance(case.body, list) else [case.body]:
        for item in order.get("items", []) if isinstance(order, dict) else []:
            if "source_id" in item:
                item.setdefault("related_object", "product")


api = schemathesis.openapi.from_dict(mended_schema())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    """A sandbox with a few orders, and without a limit on calls."""
    with running_sandbox(orders=[an_order(n) for n in range(30)], rate_limit=None) as running:
        yield running


def generated(examples: int, *, coverage: bool = True) -> settings:
    """So many random requests an operation, and every case of its parameters; the same ones every time."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate] if coverage else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def check(case: schemathesis.Case, sandbox: RunningSandbox) -> None:
    """Send one request and hold its answer against the schema."""
    # ``/v1/orders/import`` and ``/export`` are other operations, not orders of those ids.
    assume(not any(value in ("import", "export") for value in (case.path_parameters or {}).values()))
    name_what_source_ids_are_of(case)
    response = case.call(base_url=sandbox.url, headers=sandbox.headers)
    case.validate_response(response, headers=sandbox.headers)
    assert response.status_code < 500


@api.include(method=["GET", "DELETE"]).parametrize()
@generated(150)
def test_reads_fit_the_schema(case: schemathesis.Case, sandbox: RunningSandbox) -> None:
    """What fits the schema is taken, what does not is refused, and every answer is of a declared form."""
    check(case, sandbox)


@api.include(
    path=["/v1/orders", "/v1/orders/{orderId}", "/v1/orders/import"], method=["POST", "PUT"]
).parametrize()
@generated(60)
def test_writes_fit_the_schema(case: schemathesis.Case, sandbox: RunningSandbox) -> None:
    """An order that fits the schema is taken, one that does not is refused, whatever it holds."""
    check(case, sandbox)


@api.include(path=["/v1/orders/export", "/v1/exports"], method="POST").parametrize()
@generated(60, coverage=False)  # their filters alone have 8,000 cases, and take two minutes
def test_export_requests_fit_the_schema(case: schemathesis.Case, sandbox: RunningSandbox) -> None:
    """An export that fits the schema is taken, one that does not is refused."""
    check(case, sandbox)
