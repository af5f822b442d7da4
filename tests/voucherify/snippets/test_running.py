"""Snippets are run, and what arrives is the request that they were made from."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from tests.support.sandbox import an_order
from tests.support.snippet_requests import ORDER, REQUESTS
from tests.support.taped_sandbox import TapedSandbox, taped_sandbox
from tui.voucherify.snippets import SnippetRequest, snippet


@dataclass(frozen=True)
class Shop:
    """A taped sandbox with an export that is done and an import."""

    tape: TapedSandbox
    export: str
    action: str
    environment: dict[str, str]

    def asked(self, operation: str) -> SnippetRequest:
        """The request of an operation, its identifiers filled in."""
        asked = REQUESTS[operation]
        return replace(
            asked, path=asked.path.replace("{export}", self.export).replace("{action}", self.action)
        )


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """The shop; what the tests create stays in it."""
    with taped_sandbox(orders=[an_order(number) for number in range(1, 4)]) as tape:
        with httpx.Client(base_url=tape.sandbox.url, headers=tape.sandbox.headers, trust_env=False) as ask:
            export = ask.post("/v1/orders/export", json={}).json()
            action = ask.post("/v1/orders/import", json=[{"source_id": "before"}]).json()["async_action_id"]
            while export["status"] != "DONE":
                time.sleep(0.02)
                export = ask.get(f"/v1/exports/{export['id']}").json()
        token = export["result"]["url"].partition("token=")[2]
        yield Shop(tape, export["id"], action, {**tape.environment, "VOUCHERIFY_EXPORT_TOKEN": token})


def in_a_shell(text: str, environment: dict[str, str]) -> str:
    """What the command prints."""
    quiet = text.replace("curl ", "curl -sS --noproxy '*' ", 1)
    done = subprocess.run(
        ["sh", "-c", quiet], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


def in_python(text: str, environment: dict[str, str]) -> str:
    """What the script prints."""
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(io.StringIO()) as printed:
        for name, value in environment.items():
            patched.setenv(name, value)
        patched.setenv("NO_PROXY", "*")
        exec(compile(text, "snippet", "exec"), {})
    return printed.getvalue()


def arrived(tape: TapedSandbox, asked: SnippetRequest) -> None:
    """See that the last request is the one that was meant, with the keys on it."""
    (seen,) = tape.seen
    tape.seen.clear()
    expected = dict(asked.query)
    assert (seen.method, seen.path) == (asked.method, unquote(asked.path))
    assert set(seen.query) - {"token"} == set(expected)
    assert bool(seen.query.get("token")) == asked.export_token
    for name, value in expected.items():
        assert _same(seen.query[name], value)
    assert seen.body == asked.body
    assert seen.headers["x-app-id"] == tape.sandbox.app_id
    assert seen.headers["x-app-token"] == tape.sandbox.app_token


def _same(left: str, right: str) -> bool:
    return left == right or datetime.fromisoformat(left) == datetime.fromisoformat(right)


LAST = ("delete_export",)
"""What takes away what the others read."""


def _run(language: str, shop: Shop, operations: Sequence[str]) -> None:
    run = in_a_shell if language == "curl" else in_python
    for operation in operations:
        asked = shop.asked(operation)
        shop.tape.seen.clear()
        printed = run(snippet(language, asked), shop.environment)
        assert shop.tape.sandbox.app_token not in printed
        arrived(shop.tape, asked)


@pytest.mark.parametrize("language", ["curl", "httpx", "python"])
def test_every_operation_arrives_as_it_was(language: str, shop: Shop) -> None:
    """Method, path, query, body and keys are those of the request, whichever operation it is."""
    _run(language, shop, [name for name in REQUESTS if name not in LAST])


@pytest.mark.parametrize("language", ["curl", "httpx", "python"])
def test_an_export_is_deleted(language: str, shop: Shop) -> None:
    """What is asked for is done."""
    with httpx.Client(base_url=shop.tape.sandbox.url, headers=shop.tape.sandbox.headers) as ask:
        export = ask.post("/v1/orders/export", json={}).json()
        _run(language, replace(shop, export=export["id"]), LAST)
        assert ask.get(f"/v1/exports/{export['id']}").status_code == 404


def test_an_address_is_written_out_where_it_is_known(shop: Shop) -> None:
    """Then only the keys are read from the environment."""
    keys = {name: value for name, value in shop.environment.items() if name != "VOUCHERIFY_API_BASE_URL"}
    for language, run in (("curl", in_a_shell), ("httpx", in_python), ("python", in_python)):
        asked = replace(shop.asked("get_order"), base_url=shop.tape.url)
        shop.tape.seen.clear()
        run(snippet(language, asked), keys)
        arrived(shop.tape, asked)


_STUB = """
const recorded = (name) => new Proxy(class {}, {
  construct: (_, [client]) => new Proxy({}, {
    get: (_, method) => (...given) => {
      const keys = Object.fromEntries(Object.entries(client.authentications).map(([k, v]) => [k, v.apiKey]));
      process.stderr.write(JSON.stringify({ name, method, given, base: client.basePath, keys }) + "\\n");
      return Promise.resolve("answer");
    },
  }),
});
exports.ApiClient = { instance: { authentications: { "X-App-Id": {}, "X-App-Token": {} } } };
exports.OrdersApi = recorded("OrdersApi");
exports.ExportsApi = recorded("ExportsApi");
exports.AsyncActionsApi = recorded("AsyncActionsApi");
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
def test_javascript_calls_the_methods_of_the_sdk(tmp_path: Path) -> None:
    """Node runs every snippet; a stand-in for the SDK tells what it was called with."""
    stub = tmp_path / "node_modules" / "@voucherify" / "sdk"
    stub.mkdir(parents=True)
    (stub / "index.js").write_text(_STUB)
    (stub / "package.json").write_text('{"name": "@voucherify/sdk", "main": "index.js"}')
    for name, asked in REQUESTS.items():
        (tmp_path / f"{name}.mjs").write_text(snippet("javascript", asked))
    main = tmp_path / "main.mjs"
    main.write_text("\n".join(f'await import("./{name}.mjs");' for name in REQUESTS))
    keys = {"VOUCHERIFY_APP_ID": "a", "VOUCHERIFY_APP_TOKEN": "b", "VOUCHERIFY_API_BASE_URL": "http://h"}
    done = subprocess.run(
        ["node", str(main)],
        env={**os.environ, **keys, "VOUCHERIFY_EXPORT_TOKEN": "t"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = {call["method"]: call for call in map(json.loads, done.stderr.strip().split("\n"))}
    assert {call["base"] for call in told.values()} == {"http://h"}
    assert all(call["keys"] == {"X-App-Id": "a", "X-App-Token": "b"} for call in told.values())
    assert told["createOrder"]["given"] == [ORDER]
    assert told["updateOrder"]["given"] == ["source-1", {"status": "PAID"}]
    assert told["importOrders"]["given"] == [REQUESTS["import_orders"].body]
    assert told["listOrders"]["given"] == [{"limit": 3, "page": 1, "order": "-created_at"}]
    assert told["listAsyncActions"]["given"] == [{"limit": 5, "endDate": "2026-01-31T14:05:00.000Z"}]
    assert told["downloadExport"]["given"] == ["{export}", {"token": "t"}]
    assert {(call["name"], method) for method, call in told.items()} == {
        ("OrdersApi", "listOrders"),
        ("OrdersApi", "getOrder"),
        ("OrdersApi", "createOrder"),
        ("OrdersApi", "updateOrder"),
        ("OrdersApi", "importOrders"),
        ("OrdersApi", "createOrderExport"),
        ("ExportsApi", "listExports"),
        ("ExportsApi", "getExport"),
        ("ExportsApi", "downloadExport"),
        ("ExportsApi", "deleteExport"),
        ("AsyncActionsApi", "listAsyncActions"),
        ("AsyncActionsApi", "getAsyncAction"),
    }
