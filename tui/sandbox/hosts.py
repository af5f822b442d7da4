"""Which Host headers are answered: a sandbox on loopback is not for pages of other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .refusals import forbidden
from .resource import refuse

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
            await refuse(refusal, "")(scope, receive, send)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
