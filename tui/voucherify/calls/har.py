"""Export of the call log as an HTTP Archive (HAR 1.2). It holds no secret.

What the log did not keep (keys, cookies, tokens in addresses, the rest of long bodies) is not in it. Sizes
are in bytes and times in milliseconds, -1 where they are not known, as the format has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tui import __version__
from tui.files.atomic_write import atomic_write_text

if TYPE_CHECKING:
    from pathlib import Path

    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.calls.redaction import Headers, RedactedBody

UNKNOWN = -1


def har(calls: Iterable[ApiCall]) -> dict[str, Any]:
    """The archive of these calls, oldest first, as a document."""
    creator = {"name": "Ordex", "version": __version__}
    entries = [_entry(call) for call in calls]
    return {"log": {"version": "1.2", "creator": creator, "entries": entries}}


def write_har(calls: Iterable[ApiCall], target: Path, *, overwrite: bool = False) -> None:
    """Write the archive into a file that only the user can read. Blocks.

    Raises:
        OSError: the file is there already, or cannot be written.
    """
    text = json.dumps(har(calls), indent=1)
    with atomic_write_text(target, overwrite=overwrite, encoding="ascii") as file:
        file.write(text + "\n")


def _entry(call: ApiCall) -> dict[str, Any]:
    timings = _timings(call)
    entry = {
        "startedDateTime": _moment(call.started_at),
        "time": round(sum(value for name, value in timings.items() if value > 0 and name != "ssl"), 3),
        "request": _request(call),
        "response": _response(call),
        "cache": {},
        "timings": timings,
        "_number": call.number,
        "_attempt": call.attempt,
    }
    if call.error is not None:
        entry["_error"] = call.error
    if call.replay_of is not None:
        entry["_replayOf"] = call.replay_of
    return entry


def _request(call: ApiCall) -> dict[str, Any]:
    path = f"{call.path}?{call.query}" if call.query else call.path
    query = parse_qsl(call.query, keep_blank_values=True)
    request: dict[str, Any] = {
        "method": call.method,
        "url": f"{call.origin}{path}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(call.request_headers),
        "queryString": [{"name": name, "value": value} for name, value in query],
        "headersSize": UNKNOWN,
        "bodySize": call.request_bytes,
    }
    if call.request_body.text:
        request["postData"] = _body(call.request_body, "application/json")
    return request


def _response(call: ApiCall) -> dict[str, Any]:
    mime = dict(call.response_headers).get("Content-Type", "")
    received = call.response_bytes if call.received_bytes is None else call.received_bytes
    content: dict[str, Any] = {"size": call.response_bytes, "mimeType": mime}
    if received < call.response_bytes:
        content["compression"] = call.response_bytes - received
    if call.response_body.text:
        content |= _body(call.response_body, mime)
    return {
        "status": call.status or 0,
        "statusText": _phrase(call.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(call.response_headers),
        "content": content,
        "redirectURL": "",
        "headersSize": UNKNOWN,
        "bodySize": received if call.status is not None else UNKNOWN,
    }


def _body(body: RedactedBody, mime: str) -> dict[str, Any]:
    content: dict[str, Any] = {"mimeType": mime, "text": body.text}
    if not body.whole:
        content["comment"] = "not whole: long, or holding secrets"
    return content


def _headers(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _timings(call: ApiCall) -> dict[str, float]:
    timing = call.timing
    parts = {
        "blocked": timing.waited,
        "dns": None,
        # The format counts the encryption as a part of the connecting.
        "connect": None if timing.connect is None else timing.connect + (timing.tls or 0),
        "ssl": timing.tls,
        "send": timing.send or 0.0,
        "wait": call.seconds - (timing.waited or 0) if timing.answer is None else timing.answer,
        "receive": timing.receive or 0.0,
    }
    return {
        name: UNKNOWN if seconds is None else round(max(seconds, 0) * 1000, 3)
        for name, seconds in parts.items()
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _phrase(status: int | None) -> str:
    try:
        return HTTPStatus(status or 0).phrase
    except ValueError:
        return ""
