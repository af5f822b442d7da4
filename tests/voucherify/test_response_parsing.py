"""Answers as documents and as errors of the tree."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.documents import NOT_FOUND
from tui.voucherify import errors
from tui.voucherify.addresses import Address
from tui.voucherify.response_parsing import parse_document, parse_error

ADDRESS = Address.read("https://us1.api.voucherify.io")
NOW = 1_790_000_000.0


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, errors.Redirected),
        (400, errors.InvalidRequest),
        (401, errors.Unauthorized),
        (402, errors.FeatureMissing),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, errors.ApiError),
        (409, errors.Duplicate),
        (413, errors.ApiError),
        (429, errors.RateLimited),
        (500, errors.ServerError),
        (503, errors.ServerError),
    ],
)
def test_each_status_is_its_error(status: int, kind: type[errors.VoucherifyError]) -> None:
    """The tree of ``errors`` follows the statuses of the API."""
    error = parse_error(httpx.Response(status, json={"code": status, "message": "m"}), ADDRESS, NOW)
    assert type(error) is kind
    assert error.hint


def test_an_error_body_is_taken_over() -> None:
    """Key, message, details and request id are the service's own."""
    error = parse_error(httpx.Response(404, json=NOT_FOUND), ADDRESS, NOW)
    assert isinstance(error, errors.NotFound)
    assert (error.key, error.message, error.details, error.request_id) == (
        "not_found",
        "Resource not found",
        "Cannot find order with id x",
        "v-0baa1ad023d0656a84",
    )
    assert str(error) == "Cannot find order with id x"
    assert error.sent is False


def test_the_request_id_may_be_in_a_header() -> None:
    """The body's comes first."""
    answer = httpx.Response(500, text="oops", headers={"X-Request-Id": "v-1"})
    error = parse_error(answer, ADDRESS, NOW)
    assert isinstance(error, errors.ServerError)
    assert error.request_id == "v-1"
    assert error.sent is True


def test_wrong_keys_are_told_with_the_region() -> None:
    """The commonest cause is keys of another region."""
    error = parse_error(httpx.Response(401, json={"code": 401, "message": "Unauthorized"}), ADDRESS, NOW)
    assert "id, token and address" in error.hint
    assert "https://us1.api.voucherify.io" in error.hint
    assert "United States" in error.hint


def test_a_missing_page_of_something_else_is_no_missing_order() -> None:
    """A proxy's 404 must not be taken for the absence of an order, be it JSON or not."""
    for other in (
        httpx.Response(404, text="<html>nginx</html>"),
        httpx.Response(404, json={"error": "no such route"}),
    ):
        assert isinstance(parse_error(other, ADDRESS, NOW), errors.NotJson)


def test_a_rate_limit_tells_when_calls_are_taken_again() -> None:
    """And which limit it is."""
    headers = {"X-Rate-Limit-Retry": str(int(NOW + 60)), "X-Rate-Limit-Type": "api_calls_cycle"}
    error = parse_error(httpx.Response(429, json={}, headers=headers), ADDRESS, NOW)
    assert isinstance(error, errors.RateLimited)
    assert (error.retry_at, error.limit_type) == (NOW + 60, "api_calls_cycle")
    assert "billing cycle" in error.hint


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", errors.NotJson),
        (b"<html>login</html>", errors.NotJson),
        (b"\xff\xfe\x00", errors.NotJson),
        (b'{"a":NaN}', errors.NotJson),
        (b'{"a":-1e999}', errors.NotJson),
        (b"[" * 100_000, errors.NotJson),
        (b'{"a":1', errors.CutOff),
        (b'{"a":"x', errors.CutOff),
        (b'{"orders":[{"id":"o"},', errors.CutOff),
        (b'{"a":1}garbage', errors.NotJson),
        (b"1" * 5000, errors.NotJson),
    ],
)
def test_a_body_that_is_no_document_is_an_error(content: bytes, kind: type[errors.VoucherifyError]) -> None:
    """Cut off when it ends in the middle, else not of this API; never the body in the text."""
    with pytest.raises(kind) as caught:
        parse_document(httpx.Response(200, content=content))
    assert "login" not in str(caught.value)


def test_a_byte_order_mark_is_no_fault() -> None:
    """Some proxies put one in front."""
    assert parse_document(httpx.Response(200, content=b'\xef\xbb\xbf{"a":"\\ud800"}')) == {"a": "\ud800"}


@given(
    st.integers(300, 599),
    st.binary(max_size=60) | st.sampled_from([b"null", b"[1]", b'{"message":5,"key":{}}']),
)
def test_any_answer_makes_an_error(status: int, content: bytes) -> None:
    """Whatever it holds, what comes out is of the tree."""
    assert isinstance(
        parse_error(httpx.Response(status, content=content), ADDRESS, NOW), errors.VoucherifyError
    )
