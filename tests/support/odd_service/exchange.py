"""One request through the proxy, and what is sent for an answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

Kind = Literal[
    "list", "get", "create", "update", "import", "export", "export_job", "exports", "download", "actions",
    "action", "delete",
]  # fmt: skip
"""What a request asks for, by its method and path."""

Document = dict[str, Any]

_BY_PATH: dict[str, Kind] = {
    "/v1/orders/import": "import",
    "/v1/orders/export": "export",
    "/v1/exports": "exports",
    "/v1/async-actions": "actions",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer over HTTP. ``headers`` without the length, which is made from the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    def of(self, document: Any) -> Answer:
        """The same answer with another document."""
        return replace(self, body=json.dumps(document).encode())

    def head(self, **headers: str) -> Answer:
        """The same answer with other headers; ``_`` stands for ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})

    def wire(self, *, length: int | None = None) -> bytes:
        """What goes over the wire; ``length`` is told instead of the true one."""
        told = {**self.headers, "Content-Length": str(len(self.body) if length is None else length)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"HTTP/1.1 {self.status} Odd\r\n{lines}\r\n".encode("latin-1") + self.body


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is sent for so many seconds."""

    seconds: float


RESET, CLOSE = "reset", "close"
Step = bytes | Pause | str
Reply = Answer | Sequence[Step]


@dataclass(slots=True)
class Exchange:
    """One request. ``number`` counts those of its kind, from 1; ``orders`` are the true ones.

    ``at`` is when it arrived, in seconds of the monotonic clock.
    """

    kind: Kind
    method: str
    target: str
    body: bytes
    number: int
    orders: Callable[[], list[Document]]
    served: bytes = b""
    at: float = field(default_factory=time.monotonic)
    query: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def page(self) -> int:
        """The page asked for."""
        return int(self.query.get("page", "1"))

    @property
    def limit(self) -> int:
        """The rows asked for."""
        return int(self.query.get("limit", "10"))

    def listed(self) -> list[Document]:
        """The true orders in the order asked for."""
        order = self.query.get("order", "-created_at")
        key = order.removeprefix("-")
        return sorted(
            self.orders(), key=lambda each: (each.get(key) or "", each["id"]), reverse=order.startswith("-")
        )


def kind_of(method: str, target: str) -> Kind:
    """What a request asks for."""
    path = urlsplit(target).path
    if path == "/v1/orders":
        return "list" if method == "GET" else "create"
    if path in _BY_PATH:
        return _BY_PATH[path]
    if path.startswith("/v1/async-actions/"):
        return "action"
    if path.startswith("/v1/exports/"):
        if method == "DELETE":
            return "delete"
        return "download" if "token" in parse_qs(urlsplit(target).query) else "export_job"
    return "update" if method == "PUT" else "get"
