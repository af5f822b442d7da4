"""A served sandbox that writes down each request as it came over the wire."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx

from tests.support.sandbox import RunningSandbox, running_sandbox


@dataclass(frozen=True)
class Taped:
    """One request: path and query decoded, the body read as JSON (``None`` without one)."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]


@dataclass
class TapedSandbox:
    """The address to point programs at, what they asked, and the sandbox behind it."""

    url: str
    sandbox: RunningSandbox
    seen: list[Taped] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What a snippet reads."""
        return {
            "VOUCHERIFY_APP_ID": self.sandbox.app_id,
            "VOUCHERIFY_APP_TOKEN": self.sandbox.app_token,
            "VOUCHERIFY_API_BASE_URL": self.url,
        }


@contextmanager
def taped_sandbox(**options: Any) -> Iterator[TapedSandbox]:
    """Serve a sandbox behind a tape until the block ends; ``options`` are ``running_sandbox``'s."""
    with running_sandbox(**options) as sandbox, httpx.Client(trust_env=False) as onward:
        tape = TapedSandbox("", sandbox)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path, _, query = self.path.partition("?")
                headers = {name.lower(): value for name, value in self.headers.items()}
                document = json.loads(body) if body else None
                pairs = dict(parse_qsl(query, keep_blank_values=True))
                tape.seen.append(Taped(self.command, unquote(path), pairs, document, headers))
                passed = {name: headers[name] for name in headers if name.startswith(("x-", "content-type"))}
                answer = onward.request(self.command, sandbox.url + self.path, headers=passed, content=body)
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers.get("content-type", "text/plain"))
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            do_GET = do_POST = do_PUT = do_DELETE = do_any  # noqa: N815 - the names of http.server

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        tape.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield tape
        finally:
            server.shutdown()
            thread.join(20)
            server.server_close()
