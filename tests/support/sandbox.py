"""A sandbox for tests: served over loopback, or in process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.types import ASGIApp

from tui.sandbox.http.application import create_application
from tui.sandbox.in_process import InProcessTransport
from tui.sandbox.serving import SandboxServer, ServeOptions
from tui.sandbox.store import Store

APP_ID = "sandbox-app-id"
APP_TOKEN = "sandbox-app-token"
HEADERS = {"X-App-Id": APP_ID, "X-App-Token": APP_TOKEN}

Document = dict[str, Any]


class MovableClock:
    """A clock that moves when it is told to.

    Args:
        moment: where it stands at first.
    """

    def __init__(self, moment: datetime = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment where it stands."""
        return self.moment

    def advance(self, seconds: float) -> None:
        """Move on."""
        self.moment += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A sandbox on a loopback port."""

    url: str
    app_id: str
    app_token: str
    store: Store

    @property
    def headers(self) -> dict[str, str]:
        """The keys as headers."""
        return {"X-App-Id": self.app_id, "X-App-Token": self.app_token}


@dataclass(frozen=True, slots=True)
class InProcessSandbox:
    """A sandbox without a socket."""

    transport: InProcessTransport
    app_id: str
    app_token: str
    store: Store
    url: str = "http://sandbox.test"

    @property
    def headers(self) -> dict[str, str]:
        """The keys as headers."""
        return {"X-App-Id": self.app_id, "X-App-Token": self.app_token}


@contextmanager
def running_sandbox(
    *,
    orders: Iterable[Document] = (),
    store: Store | None = None,
    through: Callable[[ASGIApp], ASGIApp] | None = None,
    **options: Any,
) -> Iterator[RunningSandbox]:
    """Serve a sandbox in a thread for as long as the block lasts.

    Args:
        orders: documents to begin with, as the API answers them.
        store: data of the caller's own, which stays open; in memory and empty otherwise.
        through: wraps the application, to do to its answers what the sandbox never does.
        options: fields of ``ServeOptions``, such as ``rate_limit``, ``faults``, ``policies``, ``clock``.
    """
    data = store or Store()
    data.load(orders=orders)
    server = SandboxServer(data, ServeOptions(**{"app_id": APP_ID, "app_token": APP_TOKEN, **options}))
    if through is not None:
        config = server._server.config
        config.app = through(config.app)  # type: ignore[arg-type] # it is the application itself
    ready = threading.Event()
    thread = threading.Thread(target=server.run, args=(ready.set,), daemon=True)
    thread.start()
    try:
        if not ready.wait(20):
            raise TimeoutError("the sandbox did not start")
        yield RunningSandbox(server.url, server.app_id, server.app_token, data)
    finally:
        server.stop()
        thread.join(20)
        if store is None:
            data.close()


@contextmanager
def in_process(
    *, orders: Iterable[Document] = (), store: Store | None = None, **options: Any
) -> Iterator[InProcessSandbox]:
    """A sandbox behind an httpx transport, without a socket.

    Args:
        orders: documents to begin with, as the API answers them.
        store: data of the caller's own, which stays open; in memory and empty otherwise.
        options: arguments of ``create_application``, such as ``rate_limit``, ``faults``, ``policies``.
    """
    data = store or Store()
    data.load(orders=orders)
    application = create_application(data, **{"app_id": APP_ID, "app_token": APP_TOKEN, **options})
    try:
        yield InProcessSandbox(InProcessTransport(application), APP_ID, APP_TOKEN, data)
    finally:
        if store is None:
            data.close()


def an_order(number: int, **fields: Any) -> Document:
    """A plain order as the API answers it; a higher ``number`` is a newer order."""
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    written = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "id": f"ord_{number:018x}",
        "source_id": f"source-{number}",
        "created_at": written,
        "updated_at": None,
        "status": "CREATED",
        "amount": 1000 + number,
        "total_amount": 1000 + number,
        "customer_id": None,
        "referrer_id": None,
        "object": "order",
        **fields,
    }
