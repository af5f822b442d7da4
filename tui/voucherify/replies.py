"""From an answer of the service to its document, or to the error it is.

See ``docs/voucherify-api.md#errors``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, NoReturn

import httpx

from tui.terminal.redaction import redacted_document

from .addresses import Address
from .error_bodies import LONGEST, read_error_body
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
from .rate import CYCLE, RateHeaders

_HINTS = {
    "page_over_limit": "A list ends at page 100; sort it the other way, or use an export.",
    "multiple_requests": "Another request is changing this order right now; try again in a moment.",
    "invalid_export_fields": "Choose among the fields that the details name, or metadata.NAME.",
    "metadata_validation_failed": "The project has a metadata schema; mend the values that the details name.",
}
_CYCLE_HINT = "The plan's calls of this billing cycle are used up; its owner can raise the limit."
_REQUEST_ID_HEADERS = ("X-Request-Id", "Request-Id", "X-Voucherify-Request-Id")


class _NotFinite(ValueError):
    """A number that neither this program nor JavaScript can hold, and that no JSON can be written with."""


def _constant(name: str) -> NoReturn:
    raise _NotFinite(name)


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _NotFinite(text)
    return number


_DECODER = json.JSONDecoder(parse_constant=_constant, parse_float=_float)


def document(response: httpx.Response) -> Any:
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
            f"HTTP {response.status_code} with the number {str(error)[:20]}, which no program can hold"
        ) from None
    except (ValueError, RecursionError):
        cut = False
    if cut:
        raise CutOff("The answer ends in the middle")
    raise NotJson(f"HTTP {response.status_code} with a body that is not JSON")


def check(response: httpx.Response, address: Address, now: float) -> None:
    """Let a successful answer through and raise what any other is. ``now`` in epoch seconds."""
    if not 200 <= response.status_code < 300:
        raise error_of(response, address, now)


def error_of(response: httpx.Response, address: Address, now: float) -> VoucherifyError:
    """The error that an unsuccessful answer is."""
    status = response.status_code
    if status < 400:
        return Redirected(f"HTTP {status} where the API has no redirect")
    body = read_error_body(redacted_document(_decoded(response)))
    if status == 404 and not ({"code", "key"} & (body.document or {}).keys()):
        # Not this API's 404: it says nothing about whether the order exists.
        said = f": {body.message}" if body.message else ""
        return NotJson(f"HTTP 404 with a body that is not this API's{said}", sent=False)
    kind = ServerError if status >= 500 else BY_STATUS.get(status, ApiError)
    told: dict[str, Any] = {
        "key": body.key,
        "message": body.message,
        "details": body.details,
        "request_id": request_id(response, body.document),
        "body": body.document,
        "hint": _HINTS.get(body.key or ""),
    }
    if issubclass(kind, RateLimited):
        return _rate_limited(response, now, told)
    if issubclass(kind, Unauthorized | Forbidden):
        told["hint"] = (
            f"{kind.hint} It is {address.url} now{f' ({address.region})' if address.region else ''}."
        )
    return kind(status, **told)


def request_id(response: httpx.Response, body: Mapping[str, Any] | None) -> str | None:
    """The service's id of the request: the body's, else a header's."""
    found = (body or {}).get("request_id")
    if isinstance(found, str) and found:
        return found[:LONGEST]
    return next((response.headers[name] for name in _REQUEST_ID_HEADERS if name in response.headers), None)


def _rate_limited(response: httpx.Response, now: float, told: dict[str, Any]) -> RateLimited:
    rate = RateHeaders.read(response.headers, now)
    if rate.limit_type == CYCLE:
        told["hint"] = _CYCLE_HINT
    return RateLimited(response.status_code, retry_at=rate.retry_at, limit_type=rate.limit_type, **told)


def _decoded(response: httpx.Response) -> Any:
    """The JSON of a body, or its text where it is none."""
    text = response.content.decode("utf-8-sig", "replace").strip()
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return text
