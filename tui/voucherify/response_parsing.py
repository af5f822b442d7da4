"""Parse responses into JSON documents or errors (``docs/voucherify-api.md#errors``)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NoReturn

import httpx

from tui.terminal.redaction import redacted_document

from .addresses import Address
from .errors import (
    BY_STATUS,
    ApiError,
    CutOff,
    Forbidden,
    NotJson,
    RateLimited,
    Redirected,
    ServerError,
    Unauthorized,
    VoucherifyError,
)
from .rate_limit import CYCLE, RateHeaders

LONGEST = 2000
"""Characters of a text that are kept."""

MOST = 5
"""Entries of a list that are joined to one text."""

_MESSAGES = ("message", "title", "error_description", "error", "reason")
_DETAILS = ("details", "detail", "errors")
_INNER = ("message", "detail", "details", "title", "description", "error", "reason", "code")

_HTML = re.compile(r"(?is)^\s*(?:<!doctype html|<html|<head|<body)")
_TITLE = re.compile(r"(?is)<(title|h1)[^>]*>(.{1,300}?)</\1>")


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The parts of an error; each text is one line. ``document`` is the body where it is a JSON object."""

    key: str | None = None
    message: str = ""
    details: str | None = None
    request_id: str | None = None
    document: dict[str, Any] = field(default_factory=dict)


def read_error_body(body: Any) -> ErrorBody:
    """Read decoded JSON, or the text if it was not JSON."""
    if isinstance(body, dict):
        message = next(filter(None, (_text(body.get(name)) for name in _MESSAGES)), "")
        details = next(filter(None, (_text(body.get(name)) for name in _DETAILS)), "")
        inner = body.get("error")
        if not details and isinstance(inner, dict):
            details = _text(inner)
        return ErrorBody(
            key=_plain(body.get("key")),
            message=message,
            details=details if details != message else None,
            request_id=_plain(body.get("request_id")),
            document=body,
        )
    if isinstance(body, str) and _HTML.match(body):
        title = _TITLE.search(body)
        return ErrorBody(message=_one_line(unescape(title[2])) if title else "")
    return ErrorBody(message=_text(body))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, list):
        return "; ".join(list(filter(None, map(_text, value[:MOST]))))[:LONGEST]
    if isinstance(value, dict):
        return next(filter(None, _inner_texts(value)), "")
    return ""


def _inner_texts(value: dict[str, Any]) -> Iterator[str]:
    known = [name for name in _INNER if name in value]
    for name in known:
        yield _text(value[name])
    if not known:  # such as {"amount": ["must be positive"]}
        named = ((name, _text(each)) for name, each in list(value.items())[:MOST])
        yield "; ".join(f"{_one_line(str(name))}: {text}" for name, text in named if text)[:LONGEST]


def _one_line(text: str) -> str:
    """The text without line breaks and runs of spaces, cut to a readable length."""
    line = " ".join(text[: LONGEST * 4].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _plain(value: Any) -> str | None:
    return _one_line(value) or None if isinstance(value, str) else None


_HINTS = {
    "page_over_limit": "A list ends at page 100; sort it the other way, or use an export.",
    "multiple_requests": "Another request is changing this order right now; try again in a moment.",
    "invalid_export_fields": "Choose among the fields that the details name, or metadata.NAME.",
    "metadata_validation_failed": "The project has a metadata schema; correct the values in the details.",
}
_CYCLE_HINT = "The plan's calls of this billing cycle are used up; its owner can raise the limit."
_REQUEST_ID_HEADERS = ("X-Request-Id", "Request-Id", "X-Voucherify-Request-Id")


class _NotFinite(ValueError):
    """A number that overflows to infinity; JSON cannot represent it."""


def _constant(name: str) -> NoReturn:
    raise _NotFinite(name)


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _NotFinite(text)
    return number


_DECODER = json.JSONDecoder(parse_constant=_constant, parse_float=_float)


def parse_document(response: httpx.Response) -> Any:
    """The JSON of a successful answer.

    Raises:
        CutOff: the text ends in the middle.
        NotJson: it is something else.
    """
    try:
        text = response.content.decode("utf-8-sig").strip()
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        cut = text[:1] in {"{", "["} and (error.pos >= len(text) or error.msg.startswith("Unterminated"))
    except _NotFinite as error:
        raise NotJson(
            f"HTTP {response.status_code} with the number {str(error)[:20]}, which no program can represent"
        ) from None
    except (ValueError, RecursionError):
        cut = False
    if cut:
        raise CutOff("The response is incomplete")
    raise NotJson(f"HTTP {response.status_code} with a body that is not JSON")


def raise_for_error(response: httpx.Response, address: Address, now: float) -> None:
    """Raise the error of an unsuccessful response. ``now`` in epoch seconds."""
    if not 200 <= response.status_code < 300:
        raise parse_error(response, address, now)


def parse_error(response: httpx.Response, address: Address, now: float) -> VoucherifyError:
    """The error of an unsuccessful response."""
    status = response.status_code
    if status < 400:
        return Redirected(f"HTTP {status} , but the API has no redirects")
    body = read_error_body(redacted_document(_decoded(response)))
    if status == 404 and not ({"code", "key"} & (body.document or {}).keys()):
        # Not this API's 404: it says nothing about whether the order exists.
        text = f": {body.message}" if body.message else ""
        return NotJson(f"HTTP 404 with a body that is not this API's{text}", sent=False)
    kind = ServerError if status >= 500 else BY_STATUS.get(status, ApiError)
    fields: dict[str, Any] = {
        "key": body.key,
        "message": body.message,
        "details": body.details,
        "request_id": request_id(response, body.document),
        "body": body.document,
        "hint": _HINTS.get(body.key or ""),
    }
    if issubclass(kind, RateLimited):
        return _rate_limited(response, now, fields)
    if issubclass(kind, Unauthorized | Forbidden):
        fields["hint"] = (
            f"{kind.hint} It is {address.url} now{f' ({address.region})' if address.region else ''}."
        )
    return kind(status, **fields)


def request_id(response: httpx.Response, body: Mapping[str, Any] | None) -> str | None:
    """The service's id of the request: the body's, else a header's."""
    found = (body or {}).get("request_id")
    if isinstance(found, str) and found:
        return found[:LONGEST]
    return next((response.headers[name] for name in _REQUEST_ID_HEADERS if name in response.headers), None)


def _rate_limited(response: httpx.Response, now: float, fields: dict[str, Any]) -> RateLimited:
    rate = RateHeaders.read(response.headers, now)
    if rate.limit_type == CYCLE:
        fields["hint"] = _CYCLE_HINT
    return RateLimited(response.status_code, retry_at=rate.retry_at, limit_type=rate.limit_type, **fields)


def _decoded(response: httpx.Response) -> Any:
    """The JSON of a body, or its text if it is not JSON."""
    text = response.content.decode("utf-8-sig", "replace").strip()
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return text
