"""What every request meets: keys, methods, paths, bodies that are no JSON."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Caller


@pytest.mark.parametrize("headers", [{"X-App-Id": "wrong"}, {"X-App-Token": ""}, {"X-App-Token": "\u00e9"}])
async def test_wrong_keys_are_refused_exactly_as_recorded(call: Caller, headers: dict[str, str]) -> None:
    """No request id, no details."""
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await call("GET", "/v1/orders", headers=encoded)
    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "message": "Unauthorized", "key": "unauthorized"}


@pytest.mark.parametrize(
    ("method", "path", "meant"),
    [
        ("PUT", "/v1/orders", "GET or POST"),
        ("DELETE", "/v1/orders/ord_1", "GET or PUT"),
        ("GET", "/v1/orders/import", "POST"),
        ("TRACE", "/v1/async-actions", "GET"),
    ],
)
async def test_a_method_that_is_not_offered(call: Caller, method: str, path: str, meant: str) -> None:
    """405 says which methods are, in its body and in Allow. There is no DELETE for orders."""
    answer = await call(method, path)
    assert answer.status_code == 405
    assert answer.json() == {
        "code": 405,
        "message": "HTTP Method Not Allowed",
        "details": f"{method} is not supported by this endpoint. Did you mean {meant}?",
    }
    assert answer.headers["Allow"] == meant.replace(" or ", ", ")


async def test_a_path_that_does_not_exist(call: Caller) -> None:
    """404 with the API's own form of error."""
    answer = await call("GET", "/v1/vouchers")
    assert (answer.status_code, answer.json()["key"]) == (404, "not_found")


@pytest.mark.parametrize("body", [b"{", b"", b'{"amount": NaN}', b"\xff", b"[" * 100_000, b'{"a": 1e999}'])
async def test_a_body_that_is_no_json(call: Caller, body: bytes) -> None:
    """400 says that it is not, whatever is wrong with it."""
    answer = await call("POST", "/v1/orders", body)
    assert (answer.status_code, answer.json()["key"]) == (400, "invalid_payload")
    assert "not valid JSON" in answer.json()["details"]


async def test_a_body_that_says_it_is_no_json(call: Caller) -> None:
    """415 for another content type."""
    answer = await call("POST", "/v1/orders", {}, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ([], "Payload must be object"),
        ({"amount": "1"}, "Property .amount must be integer"),
        ({"amount": 1.5}, "Property .amount must be integer"),
        ({"amount": True}, "Property .amount must be integer"),
        ({"amount": -1}, "Property .amount cannot be lower than 0"),
        ({"source_id": 1}, "Property .source_id must be string,null"),
        ({"metadata": None}, "Property .metadata must be object"),
        ({"customer": "x"}, "Property .customer must be object"),
        ({"customer": {"birthdate": "1.1.2020"}},
         "Property .customer.birthdate cannot be recognized as a ISO-8601 compliant date"),
        ({"items": [{}, {"initial_quantity": 0}]},
         "Property .items[1].initial_quantity cannot be lower than 1"),
        ({"items": [{}] * 501}, "Property .items must NOT have more than 500 items"),
        ({"items": [{"related_object": "x"}]},
         "Property .items[0].related_object must be equal to one of the allowed values [ product, sku ]"),
    ],
)  # fmt: skip
async def test_what_does_not_fit_is_named(call: Caller, body: Any, details: str) -> None:
    """The details say which property must be what, in the API's own words."""
    answer = await call("POST", "/v1/orders", body)
    assert (answer.status_code, answer.json()["details"]) == (400, details)


async def test_a_source_id_of_an_item_needs_to_say_of_what(call: Caller) -> None:
    """source_id without related_object is refused as a contradiction."""
    answer = await call("POST", "/v1/orders", {"items": [{"source_id": "p"}]})
    assert (answer.status_code, answer.json()["key"]) == (400, "invalid_order")
