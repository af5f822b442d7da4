"""A snippet does what the request did, or there is none, with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest
import voucherify
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.clients import mocked
from tests.support.documents import export_at
from tui.orders.request import models
from tui.voucherify.calls.call_log import ApiCall
from tui.voucherify.calls.redaction import RedactedBody
from tui.voucherify.client import VoucherifyClient
from tui.voucherify.responses import Export
from tui.voucherify.snippets import LANGUAGES, NotRepresentable, SnippetRequest, snippet, snippet_request
from tui.voucherify.snippets.operations import OPERATIONS, camel, find_operation, snake
from tui.voucherify.snippets.typed_sdks import EXPORTABLE

SDKS = [name for name in LANGUAGES if name not in ("curl", "httpx")]
TYPED = ["python", "java"]


def _call(**fields: Any) -> ApiCall:
    told: dict[str, Any] = {
        "number": 1, "method": "PUT", "path": "/v1/orders/x", "query": "", "status": 200, "attempt": 1,
        "started_at": 0.0, "seconds": 0.0, "request_bytes": 2, "response_bytes": 2, "request_id": None,
        "error": None, "request_body": RedactedBody('{"status":"PAID"}'), "origin": "https://h",
    }  # fmt: skip
    return ApiCall(**{**told, **fields})


def _reason(language: str, asked: SnippetRequest) -> str:
    with pytest.raises(NotRepresentable) as caught:
        snippet(language, asked)
    return str(caught.value)


def _order(**fields: Any) -> SnippetRequest:
    return SnippetRequest("POST", "/v1/orders", body=fields)


def test_a_call_of_the_log_is_asked_again() -> None:
    """With its query and body as they were meant."""
    call = _call(method="GET", query="limit=3&order=-created_at", request_body=RedactedBody())
    assert snippet_request(call, "https://h") == SnippetRequest(
        "GET", "/v1/orders/x", query=(("limit", "3"), ("order", "-created_at")), base_url="https://h"
    )
    assert snippet_request(_call(), None).body == {"status": "PAID"}


def test_a_base_url_with_a_path_is_not_doubled() -> None:
    """The path of the call begins with it."""
    call = _call(path="/base/v1/orders/x")
    assert snippet_request(call, "https://h/base").path == "/v1/orders/x"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"request_body": RedactedBody('{"a":', whole=False)}, "not kept whole"),
        ({"query": "other=***"}, "query held what may be secret"),
        ({"request_body": RedactedBody("a=b")}, "not JSON"),
        ({"request_body": RedactedBody('"text"')}, "not JSON"),
    ],
)
def test_what_was_not_kept_cannot_be_written(changed: dict[str, Any], reason: str) -> None:
    """A wrong request would be worse than none."""
    with pytest.raises(NotRepresentable, match=reason):
        snippet_request(_call(**changed), "https://h")


async def test_a_download_reads_its_token_from_a_variable() -> None:
    """It goes to the download host, whose address is not the profile's."""
    link = "https://download.voucherify.io/v1/exports/exp_1?token=s3cret"
    async with mocked(lambda request: httpx.Response(200, content=b"id\n")) as client:
        async with client.download_export(Export.read(export_at(link))) as file:
            assert [chunk async for chunk in file]
        (call,) = client.calls.snapshot()
    asked = snippet_request(call, "https://api.voucherify.io")
    for language in LANGUAGES:
        written = snippet(language, asked)
        assert "VOUCHERIFY_EXPORT_TOKEN" in written
        assert "https://download.voucherify.io" in written
        assert "s3cret" not in written


@pytest.mark.parametrize("language", SDKS)
def test_what_no_sdk_has_is_told(language: str) -> None:
    """The two that speak plain HTTP can ask for anything."""
    asked = SnippetRequest("POST", "/v1/oauth/token", body={})
    assert "no method" in _reason(language, asked)
    assert "/v1/oauth/token" in snippet("curl", asked)
    assert "/v1/oauth/token" in snippet("httpx", asked)


@pytest.mark.parametrize("language", TYPED)
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"colour": "red"}, "no field colour"),
        ({"items": [{"product_id": "p"}, {"product_id": "p", "size": 1}]}, r"no field items\[1\].size"),
        ({"customer": {"address": {"planet": "x"}}}, "no field customer.address.planet"),
        ({"amount": "12"}, "does not take its amount"),
        ({"created_at": "2026-01-31T14:05:00.123456789Z"}, "another time"),
    ],
)
def test_classes_that_would_leave_something_out_are_not_used(
    language: str, body: dict[str, Any], reason: str
) -> None:
    """The other languages send the document as it is."""
    with pytest.raises(NotRepresentable, match=reason):
        snippet(language, _order(**body))
    for free in set(LANGUAGES) - set(TYPED):
        assert snippet(free, _order(**body))


@pytest.mark.parametrize("language", TYPED)
@pytest.mark.parametrize(
    "body",
    [
        {"parameters": {"fields": ["id", "metadata.channel"]}},
        {"parameters": {"order": "metadata.x"}},
        {"parameters": {"page": 1}},
        {"parameters": []},
        {"other": 1},
    ],
)
def test_exports_that_the_classes_do_not_know_are_not_written(language: str, body: Any) -> None:
    """Metadata keys are no fields of theirs."""
    _reason(language, SnippetRequest("POST", "/v1/orders/export", body=body))


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("java", _order(amount=2**31)),
        ("java", _order(metadata={"n": 2**53 + 1})),
        ("java", _order(source_id=None)),
        ("javascript", _order(metadata={"n": 2**53 + 1})),
        ("php", _order(metadata={"n": 2**63})),
        ("php", _order(metadata={"\0x": 1})),
        ("ruby", SnippetRequest("GET", "/v1/orders/a%20b")),
        *((language, _order(metadata={"half": "\ud800"})) for language in LANGUAGES if language != "curl"),
    ],
)
def test_what_a_language_cannot_hold_is_told(language: str, asked: SnippetRequest) -> None:
    """Every limit is one that was met when the SDK was run."""
    assert _reason(language, asked)
    assert snippet("curl", asked)


def test_every_operation_of_the_adapter_is_known() -> None:
    """By the adapter's own names."""
    of_api = {name for name in vars(VoucherifyClient) if not name.startswith("_")} - {"aclose", "repeat"}
    assert {operation.name for operation in OPERATIONS} | {"download_export"} == of_api


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_vendors_package_has_each_method_and_class(operation: Any) -> None:
    """The names are those of the SDKs, and so are those of the parameters."""
    api = getattr(voucherify, f"{operation.api}Api")
    names = getattr(api, operation.name).__wrapped__.__code__.co_varnames
    assert {operation.identifier, *operation.parameters} - {""} <= set(names)
    if operation.body:
        assert getattr(voucherify, operation.body)
        assert snake(operation.body) in names


def test_our_models_know_the_fields_that_the_vendors_classes_do() -> None:
    """So what ours call unknown, theirs would drop."""
    pairs = [
        (models.OrderRequest, voucherify.OrdersCreateRequestBody),
        (models.OrderUpdateRequest, voucherify.OrdersUpdateRequestBody),
        (models.OrderImportRequest, voucherify.OrdersImportCreateRequestBodyItem),
        (models.ItemRequest, voucherify.OrderItem),
        (models.ProductRequest, voucherify.OrderItemProduct),
        (models.SkuRequest, voucherify.OrderItemSku),
        (models.CustomerRequest, voucherify.Customer),
        (models.CustomerRequest, voucherify.Referrer),
        (models.AddressRequest, voucherify.CustomerAddress),
        (models.AddressRequest, voucherify.ReferrerAddress),
    ]
    for ours, theirs in pairs:
        assert set(ours.model_fields) == set(theirs.model_fields)
    assert {field.value for field in voucherify.ExportOrderFields} == EXPORTABLE


_METADATA = st.dictionaries(
    st.text(max_size=3), st.one_of(st.none(), st.text(max_size=3), st.integers()), max_size=2
)
_ITEM = st.fixed_dictionaries(
    {"product_id": st.just("p")},
    optional={"quantity": st.integers(0, 9), "metadata": _METADATA, "product": st.just({"price": 1.5})},
)
_BODIES = st.fixed_dictionaries(
    {},
    optional={
        "source_id": st.one_of(st.none(), st.just("s")),
        "status": st.sampled_from(["CREATED", "PAID"]),
        "amount": st.integers(0, 2**40),
        "items": st.lists(_ITEM, max_size=2),
        "metadata": _METADATA,
        "customer": st.fixed_dictionaries(
            {}, optional={"name": st.just("n"), "address": st.just({"city": ""})}
        ),
        "referrer_id": st.just("r"),
    },
)


@settings(max_examples=60)
@given(_BODIES)
def test_the_vendors_package_sends_the_body_as_it_was(body: dict[str, Any]) -> None:
    """Nothing is added to it, no null for what is absent, and nothing is left out."""
    sent: list[Any] = []

    class Client(voucherify.ApiClient):  # type: ignore[misc] # untyped
        def call_api(self, *given: Any, **_: Any) -> Any:
            sent.append(given[3])
            raise StopIteration

    script = compile(snippet("python", replace(_order(), body=body, base_url="http://h")), "snippet", "exec")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(voucherify, "ApiClient", Client)
        patched.setenv("VOUCHERIFY_APP_ID", "a")
        patched.setenv("VOUCHERIFY_APP_TOKEN", "b")
        with pytest.raises(StopIteration):
            exec(script, {})
    assert sent == [body]


def test_paths_with_a_meaning_of_their_own_are_no_identifiers() -> None:
    """``import`` and ``export`` are not orders."""
    assert find_operation("POST", "/v1/orders/import") is not None
    assert find_operation("GET", "/v1/orders/a/b") is None
    assert find_operation("GET", "/v1/orders", ["filter"]) is None
    assert find_operation("DELETE", "/v1/orders/x") is None
    assert (camel("get_async_action"), snake("OrdersExportCreateRequestBody")) == (
        "getAsyncAction",
        "orders_export_create_request_body",
    )
