"""The proxy: real HTTP on loopback, a thread a connection, the sandbox behind it."""

from __future__ import annotations

import http.client
import json
import socket
import socketserver
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.support.sandbox import RunningSandbox

from .exchange import CLOSE, RESET, Answer, Document, Exchange, Pause, Reply, kind_of
from .ways import Way

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass
class Proxy:
    """Changes answers in one way at a time. ``seen`` are the requests since ``use``.

    Setting ``way`` changes the way and goes on with ``seen``. ``delay`` is in seconds, before each answer.
    """

    sandbox: RunningSandbox
    port: int = 0
    way: Way | None = None
    delay: float = 0.0
    seen: list[Exchange] = field(default_factory=list)
    jobs: dict[str, str] = field(default_factory=dict)
    """An import and an export that are done, by kind."""
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def use(self, way: Way | None) -> None:
        """Change answers in this way from now on."""
        with self._lock:
            self.way, self.seen, self._counts = way, [], Counter()

    def orders(self) -> list[Document]:
        """The true orders, newest first."""
        with self.sandbox.store.reading() as transaction:
            texts = transaction.orders.page("-created_at", limit=100_000, offset=0, nulls="smallest")
        return [json.loads(text) for text in texts]

    def make_jobs(self) -> None:
        """See that there are an import and an export that are done."""
        if "import" not in self.jobs:
            self.jobs["import"] = self._asked("POST", "/v1/orders/import", [])["async_action_id"]
        if not self.is_export(self.jobs.get("export", "")):
            fields = ["id", "status", "amount", "source_id"]
            self.jobs["export"] = self._asked(
                "POST", "/v1/orders/export", {"parameters": {"fields": fields}}
            )["id"]

    def is_export(self, export_id: str) -> bool:
        """Whether the sandbox has this export."""
        return bool(export_id) and "id" in self._asked("GET", f"/v1/exports/{export_id}")

    def _asked(self, method: str, target: str, body: Any = None) -> Document:
        headers = {**self.sandbox.headers, "Content-Type": "application/json"}
        content = b"" if body is None else json.dumps(body).encode()
        return dict(self._pass_on(method, target, headers, content).document)

    def answer(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[Exchange, Reply]:
        """Pass a request on, and change what comes back."""
        kind = kind_of(method, target)
        with self._lock:
            self._counts[kind] += 1
            exchange = Exchange(kind, method, target, body, self._counts[kind], self.orders)
            self.seen.append(exchange)
            way = self.way
        time.sleep(self.delay)
        if way is not None and way.instead is not None and kind in way.on:
            return exchange, way.instead(exchange)
        answer = self._pass_on(method, target, headers, body)
        if way is None or kind not in way.on:
            return exchange, answer
        return exchange, way.change(answer, exchange)

    def _pass_on(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        behind = urlsplit(self.sandbox.url)
        connection = http.client.HTTPConnection(behind.hostname or "", behind.port, timeout=20)
        try:
            passed = {name: value for name, value in headers.items() if name.lower() not in _HOP}
            passed["Accept-Encoding"] = "identity"
            connection.request(method, target, body or None, passed)
            response = connection.getresponse()
            content = response.read().replace(self.sandbox.url.encode(), self.url.encode())
            told = {name: value for name, value in response.getheaders() if name.lower() not in _HOP}
            return Answer(response.status, told, content)
        finally:
            connection.close()


@contextmanager
def proxied(sandbox: RunningSandbox) -> Iterator[Proxy]:
    """Run the proxy until the block ends."""
    proxy = Proxy(sandbox)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            _serve(proxy, self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        allow_reuse_address = True

        def handle_error(self, *_: object) -> None:
            """A client that hung up is no fault of the test."""

    with Server(("127.0.0.1", 0), Handler) as server:
        proxy.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join(10)


def _serve(proxy: Proxy, connection: socket.socket) -> None:
    """Answer the requests of one connection."""
    connection.settimeout(30)
    reader = connection.makefile("rb")
    while first := reader.readline():
        method, target, _ = first.decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while (line := reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name] = value.strip()
        length = next((v for n, v in headers.items() if n.lower() == "content-length"), "0")
        body = reader.read(int(length))
        exchange, reply = proxy.answer(method, target, headers, body)
        if isinstance(reply, Answer):
            exchange.served = reply.body
            connection.sendall(reply.wire())
            continue
        for step in reply:
            if isinstance(step, Pause):
                time.sleep(step.seconds)
            elif step == RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
                return
            elif step == CLOSE:
                return
            elif isinstance(step, bytes):
                exchange.served += step
                connection.sendall(step)
        return
