"""A stand-alone sandbox over HTTP. The only module that needs uvicorn."""

from __future__ import annotations

import json
import secrets
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui.errors import OrdexError
from tui.sandbox.http.application import create_application
from tui.sandbox.http.error_responses import forbidden
from tui.sandbox.http.faults import ABORT, FaultPlan
from tui.sandbox.http.rate_limits import GENEROUS, RateLimit
from tui.sandbox.http.resource import error_answer

from .clock import Clock, system_clock
from .opening import ORDERS, SEED, open_in_memory, open_store
from .policies import Policies
from .store import Store

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


class HostGuard:
    """Refuses requests whose Host is not this machine's own name for itself (DNS rebinding).

    Args:
        app: what is guarded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, or pass on."""
        if _name(Headers(scope=scope).get("host", "")) in LOOPBACK_NAMES:
            await self._app(scope, receive, send)
        else:
            refusal = forbidden("This sandbox answers 127.0.0.1 and localhost only")
            await error_answer(refusal, "")(scope, receive, send)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


LOOPBACK = "127.0.0.1"


class CannotListen(OrdexError):
    """The address or the port cannot be had; the message names it and the reason."""

    title = "The address cannot be used"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve a sandbox.

    Args:
        host: the address to listen on; ``None`` is loopback, and then requests for other hosts are refused.
        port: 0 picks a free one.
        data: the sandbox's file, made if it does not exist; ``None`` keeps all in memory.
        orders: how many demo orders a new sandbox gets.
        seed: of the demo data.
        app_id: the key of the project; made up if ``None``.
        app_token: the secret of the project; made up if ``None``.
        latency: seconds that every answer takes longer.
        rate_limit: calls in a period; ``None`` for no limit.
        faults: what goes wrong on purpose.
        policies: what the documentation leaves open.
        clock: the current time.
    """

    host: str | None = None
    port: int = 0
    data: Path | None = None
    orders: int = ORDERS
    seed: int = SEED
    app_id: str | None = None
    app_token: str | None = field(default=None, repr=False)
    latency: float = 0.0
    rate_limit: RateLimit | None = GENEROUS
    faults: FaultPlan | None = None
    policies: Policies = field(default_factory=Policies)
    clock: Clock = system_clock


def serve(options: ServeOptions, *, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        options: how.
        announce: gets one line of JSON with ``url``, ``app_id`` and ``app_token``, once requests are taken.

    Raises:
        CannotListen: the address or port cannot be had.
        StoreUnusable: the file cannot be used.
    """
    with _open(options) as store:
        server = SandboxServer(store, options)
        server.run(lambda: announce(json.dumps(server.credentials)))


class SandboxServer:
    """A sandbox on a socket of its own.

    Args:
        store: the data; the caller closes it.
        options: how to serve; ``data``, ``orders`` and ``seed`` have been used by now.

    Raises:
        CannotListen: the address or port cannot be had.
    """

    def __init__(self, store: Store, options: ServeOptions) -> None:
        self.app_id = options.app_id or f"sandbox-{secrets.token_hex(8)}"
        self.app_token = options.app_token or secrets.token_hex(16)
        application: ASGIApp = create_application(
            store,
            app_id=self.app_id,
            app_token=self.app_token,
            policies=options.policies,
            clock=options.clock,
            rate_limit=options.rate_limit,
            faults=options.faults,
            latency=options.latency,
        )
        self._socket = _listen(options.host or LOOPBACK, options.port)
        self._server = _Server(_config(application if options.host else HostGuard(application)))

    @property
    def url(self) -> str:
        """Where it is reached."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def credentials(self) -> dict[str, str]:
        """What a client needs."""
        return {"url": self.url, "app_id": self.app_id, "app_token": self.app_token}

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until ``stop`` or a signal; ``ready`` is called once requests are taken."""
        self._server.ready = ready
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End serving, from any thread."""
        self._server.should_exit = True


def _open(options: ServeOptions) -> Store:
    if options.data is None:
        return open_in_memory(orders=options.orders, seed=options.seed)
    return open_store(options.data, orders=options.orders, seed=options.seed)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, so that asyncio turns Nagle's delay off: with it a small answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotListen(f"cannot listen on {host} port {port}: {reason}") from None
    return listener


def _config(application: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=_CuttableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


class _Server(uvicorn.Server):
    """Reports when it is ready, and shuts down at a signal."""

    ready: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _signals()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _signals() -> tuple[signal.Signals, ...]:
    return signal.SIGINT, signal.SIGTERM


class _CuttableProtocol(H11Protocol):
    """Hands the application a way to cut the connection, for the faults."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)

        def abort(*, reset: bool) -> None:
            if reset:
                linger = struct.pack("ii", 1, 0)
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                transport.abort()
            else:
                transport.close()

        self.app_state = {**self.app_state, ABORT: abort}
