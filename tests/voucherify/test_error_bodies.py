"""Bodies of errors in every form that services and what stands before them write."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.voucherify import errors
from tui.voucherify.addresses import Address
from tui.voucherify.response_parsing import parse_error

ADDRESS = Address.read("https://api.voucherify.io")


def said(status: int, body: Any) -> str:
    """The sentence of an answer; a text that is no JSON goes out as it is."""
    content = body if isinstance(body, str) else json.dumps(body)
    return parse_error(httpx.Response(status, text=content), ADDRESS, 0.0).sentence  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (
            404,
            {"code": 404, "message": "Resource not found", "details": "Cannot find order with id nope"},
            "Cannot find order with id nope.",
        ),
        (404, {"message": "No such route"}, "HTTP 404 with a body that is not this API's: No such route"),
        (
            400,
            {"message": "Invalid payload", "details": "Property .name must be string"},
            "The request is not valid: Property .name must be string",
        ),
        (
            400,
            {"type": "about:blank", "title": "Out of credit", "detail": "Your balance is 30", "status": 400},
            "The request is not valid: Out of credit: Your balance is 30",
        ),
        (400, {"error": {"message": "no \x1b[31mway"}}, "The request is not valid: no \x1b[31mway"),
        (400, {"error": "invalid_scope", "error_description": "Bad"}, "The request is not valid: Bad"),
        (400, {"errors": [{"message": "a"}, {"detail": "b"}, "c"]}, "The request is not valid: a; b; c"),
        (
            400,
            {"errors": {"amount": ["is low", "is odd"]}},
            "is not valid: amount: is low; is odd",
        ),
        (400, {"message": "m", "details": ["one", "two"]}, "The request is not valid: m: one; two"),
        (400, {"message": "same", "details": "same"}, "The request is not valid: same"),
        (400, {"message": "two\n\nordex: lines\t here"}, "The request is not valid: two ordex: lines here"),
        (400, {"message": 5, "details": None}, "The request is not valid: HTTP 400"),
        (400, ["first", "second"], "The request is not valid: first; second"),
        (400, '"a text"', "The request is not valid: a text"),
        (400, "", "The request is not valid: HTTP 400"),
        (
            502,
            "<html><head><title>Bad &amp; Gateway</title></head>…",
            "failed to answer: Bad & Gateway",
        ),
        (502, "<!DOCTYPE html><body>x", "Voucherify failed to answer: HTTP 502"),
        (503, "upstream connect error", "Voucherify failed to answer: upstream connect error"),
        (418, {"message": "teapot"}, "The service refused the request: teapot"),
    ],
)
def test_each_form_gives_a_short_and_plain_sentence(status: int, body: Any, sentence: str) -> None:
    """What the service said is kept, and said once."""
    assert said(status, body).endswith(sentence)


@pytest.mark.parametrize("body", [{"message": "x" * 100_000}, "y" * 100_000, ["z" * 5000] * 900])
def test_a_huge_body_gives_a_short_sentence(body: Any) -> None:
    """A page of text is no message."""
    assert len(said(400, body)) < 600


_DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["message", "details", "title", "detail", "error", "errors", "key", "code", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from([400, 401, 404, 405, 409, 429, 500]), _DOCUMENTS | st.text())
def test_any_body_is_an_error_in_one_line(status: int, body: Any) -> None:
    """Never an exception of another kind, never a line break that could pass for a line of Ordex."""
    content = body if isinstance(body, str) else json.dumps(body)
    response = httpx.Response(status, content=content.encode("utf-8", "surrogatepass"))
    error = parse_error(response, ADDRESS, 0.0)
    assert isinstance(error, errors.VoucherifyError)
    assert len(error.sentence.splitlines()) == 1
    assert error.hint
