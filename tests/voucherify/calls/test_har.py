"""Calls as an HTTP Archive."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.support.calls import a_call
from tests.support.clients import client as client_of
from tests.support.sandbox import an_order, in_process
from tui.voucherify.calls.har import har, write_har
from tui.voucherify.calls.redaction import RedactedBody
from tui.voucherify.calls.timing import Timing

REQUIRED = {
    "entry": {"startedDateTime", "time", "request", "response", "cache", "timings"},
    "request": {
        "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize",
    },
    "response": {
        "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize",
        "bodySize",
    },
    "content": {"size", "mimeType"},
    "timings": {"send", "wait", "receive"},
}  # fmt: skip
"""The members that HAR 1.2 requires."""


def check(document: dict[str, Any]) -> None:
    """See that a document has the shape of the format."""
    log = document["log"]
    assert log["version"] == "1.2"
    assert log["creator"]["name"]
    for entry in log["entries"]:
        assert entry.keys() >= REQUIRED["entry"]
        assert entry["request"].keys() >= REQUIRED["request"]
        assert entry["response"].keys() >= REQUIRED["response"]
        assert entry["response"]["content"].keys() >= REQUIRED["content"]
        assert entry["timings"].keys() >= REQUIRED["timings"]
        assert isinstance(entry["response"]["status"], int)
        assert all(value >= 0 or value == -1 for value in entry["timings"].values())
        assert all(entry["timings"][part] >= 0 for part in ("send", "wait", "receive"))
        parts = [value for name, value in entry["timings"].items() if value > 0 and name != "ssl"]
        assert entry["time"] == pytest.approx(sum(parts), abs=0.01)


async def test_real_calls_make_a_sound_archive_without_their_keys() -> None:
    """A page, a change, and a refusal over the sandbox."""
    with in_process(orders=[an_order(1)]) as sandbox:
        keys = {"X-App-Id": sandbox.app_id, "X-App-Token": sandbox.app_token}
        async with client_of(
            "http://localhost", network=sandbox.transport, credentials=lambda: keys
        ) as voucherify:
            await voucherify.list_orders()
            await voucherify.create_order({"source_id": "new", "amount": 5})
            document = har(voucherify.calls.snapshot())
    check(document)
    first, second = document["log"]["entries"]
    assert first["request"]["url"].startswith("http://localhost/v1/orders?limit=100")
    assert {"name": "limit", "value": "100"} in first["request"]["queryString"]
    assert json.loads(second["request"]["postData"]["text"]) == {"source_id": "new", "amount": 5}
    assert json.loads(second["response"]["content"]["text"])["source_id"] == "new"
    assert sandbox.app_token not in json.dumps(document)


def test_what_is_not_known_is_told_as_the_format_has_it() -> None:
    """No answer is status 0; parts of the time that there were none of are -1."""
    document = har([a_call(status=None, error="TimedOut", timing=Timing(waited=0.01), seconds=2.0)])
    check(document)
    (entry,) = document["log"]["entries"]
    assert (entry["response"]["status"], entry["_error"]) == (0, "TimedOut")
    assert (entry["timings"]["connect"], entry["timings"]["ssl"], entry["timings"]["dns"]) == (-1, -1, -1)
    assert entry["timings"]["wait"] == pytest.approx(1990)
    timed = har([a_call()])["log"]["entries"][0]["timings"]
    assert (timed["connect"], timed["ssl"]) == (5, 3)


def test_a_body_that_was_not_kept_whole_says_so() -> None:
    """Else a reader would take it for what was sent."""
    (entry,) = har([a_call(request_body=RedactedBody("{", whole=False))])["log"]["entries"]
    assert "not whole" in entry["request"]["postData"]["comment"]


def test_the_file_is_new_private_and_ascii(tmp_path: Path) -> None:
    """One that is there is left as it was."""
    target = tmp_path / "calls.har"
    write_har([a_call(response_body=RedactedBody('"\u202e\ud800"'))], target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    check(json.loads(target.read_bytes().decode("ascii")))
    before = target.read_bytes()
    with pytest.raises(FileExistsError):
        write_har([], target)
    assert target.read_bytes() == before
