"""Faults on purpose: errors, delays and cut connections, at a rate or by script."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tui.name_suggestions import choose_from
from tui.sandbox.http.error_responses import internal_error, too_many_requests
from tui.sandbox.http.resource import error_answer

FaultKind = Literal["429", "500", "502", "timeout", "reset", "drop-response", "truncate", "garbage", "slow"]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)

ABORT = "sandbox.abort"
"""Where ``scope["state"]`` holds the server's way of cutting the connection."""


class ConnectionCut(Exception):
    """The connection was cut, in process. ``answered`` is whether a part of the answer was sent."""

    def __init__(self, *, answered: bool = False) -> None:
        super().__init__("the connection was cut")
        self.answered = answered


class NeverAnswered(Exception):
    """The time that a hanging request is held has passed, in process."""


@dataclass(frozen=True, slots=True)
class FaultRate:
    """A kind of fault and how often it comes, from 0 to 1."""

    kind: FaultKind
    rate: float


def parse_fault(text: str) -> FaultRate:
    """Read ``KIND:RATE``, such as ``reset:0.1``.

    Raises:
        ValueError: it is not that; the message gives the valid form.
    """
    name, _, rate_text = text.strip().partition(":")
    kind = next((kind for kind in KINDS if kind == name), None)
    if kind is None:
        raise ValueError(f"there is no kind of fault “{name}”; {choose_from(KINDS)}")
    try:
        rate = float(rate_text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1:
        raise ValueError(f"“{text}” needs a rate from 0 to 1 after the colon, like {kind}:0.1")
    return FaultRate(kind, rate)


@dataclass(frozen=True, slots=True)
class ScriptedFault:
    """A fault that comes at a known call.

    Args:
        kind: what happens.
        call: at which of the calls that ``applies`` to, from 1; ``None`` for all of them.
        applies: whether a call, by its method and path, is meant.
    """

    kind: FaultKind
    call: int | None = 1
    applies: Callable[[str, str], bool] = lambda _method, _path: True


@dataclass
class FaultPlan:
    """The plan of faults. The script comes before chance, which its seed makes repeatable.

    Args:
        rates: how often each kind comes.
        seed: of the chance.
        script: faults at known calls.
        hold: seconds that a ``timeout`` is held before it is cut.
        drip: seconds between two parts of a ``slow`` answer.
    """

    rates: Mapping[FaultKind, float] = field(default_factory=dict)
    seed: int = 0
    script: Sequence[ScriptedFault] = ()
    hold: float = 300.0
    drip: float = 0.05

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - repeatable, not secret
        self._seen = [0] * len(self.script)

    def next(self, method: str, path: str) -> FaultKind | None:
        """The fault of the next call."""
        scripted = None
        for at, entry in enumerate(self.script):
            if entry.applies(method, path):
                self._seen[at] += 1
                if scripted is None and entry.call in (None, self._seen[at]):
                    scripted = entry.kind
        if scripted is not None or not self.rates:
            return scripted
        drawn = self._chance.random()
        for kind, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return kind
        return None


class Faults:
    """Carries out a plan, call by call.

    Args:
        app: what would answer.
        plan: the faults.
    """

    def __init__(self, app: ASGIApp, *, plan: FaultPlan) -> None:
        self._app = app
        self._plan = plan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or fail."""
        request = Request(scope)
        kind = self._plan.next(request.method, request.url.path)
        if kind is None:
            await self._app(scope, receive, send)
        elif kind in _INSTEAD:
            await _INSTEAD[kind]()(scope, receive, send)
        elif kind == "reset":
            await _cut(scope, receive, answered=False)
        elif kind == "timeout":
            await self._hang(scope, receive)
        else:
            await self._spoil(kind, scope, receive, send)

    async def _hang(self, scope: Scope, receive: Receive) -> None:
        if ABORT not in scope.get("state", {}):
            raise NeverAnswered
        try:
            async with asyncio.timeout(self._plan.hold):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            await _cut(scope, receive, answered=False)

    async def _spoil(self, kind: FaultKind, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call be processed, then spoil its answer."""
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, keep)
        if kind == "drop-response":
            await _cut(scope, receive, answered=False)
            return
        start = answer[0]
        body = b"".join(message.get("body", b"") for message in answer[1:])
        await send(start)
        if kind == "truncate":
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await _cut(scope, receive, answered=True)
            return
        size = max(1, len(body) // 10)
        for at in range(0, len(body), size):
            await asyncio.sleep(self._plan.drip)
            await send({"type": "http.response.body", "body": body[at : at + size], "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _cut(scope: Scope, receive: Receive, *, answered: bool) -> None:
    abort = scope.get("state", {}).get(ABORT)
    if abort is None:
        raise ConnectionCut(answered=answered)
    abort(reset=not answered)
    while (await receive())["type"] != "http.disconnect":
        pass


def _too_many() -> Response:
    refusal = too_many_requests()
    refusal.headers = {"Retry-After": "1", "X-Rate-Limit-Type": "api_calls"}
    return error_answer(refusal, "")


def _crash() -> Response:
    return error_answer(internal_error(), "")


def _bad_gateway() -> Response:
    return Response("<html><body><h1>502 Bad Gateway</h1></body></html>", 502, media_type="text/html")


def _garbage() -> Response:
    return Response(b'\x00\xff{"object": "list", "orders": [{]\x1b[31m', media_type="application/json")


_INSTEAD: dict[FaultKind, Callable[[], Response]] = {
    "429": _too_many,
    "500": _crash,
    "502": _bad_gateway,
    "garbage": _garbage,
}
