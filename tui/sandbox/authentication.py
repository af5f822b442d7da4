"""The keys of the project, asked of every request (``voucherify-api.md`` 6)."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .refusals import unauthorized
from .resource import refuse


class Authentication:
    """Lets through what carries both keys; anything else is 401, exactly as recorded.

    Args:
        app: what is guarded.
        app_id: the value of ``X-App-Id``.
        app_token: the value of ``X-App-Token``.
        token_suffices: whether a download goes by its token alone.
    """

    def __init__(self, app: ASGIApp, *, app_id: str, app_token: str, token_suffices: bool = False) -> None:
        self._app = app
        self._keys = {"x-app-id": app_id, "x-app-token": app_token}
        self._token_suffices = token_suffices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401, or pass on."""
        request = Request(scope)
        if self._admits(request):
            await self._app(scope, receive, send)
        else:
            await refuse(unauthorized(), "")(scope, receive, send)

    def _admits(self, request: Request) -> bool:
        if (
            self._token_suffices
            and request.url.path.startswith("/v1/exports/")
            and "token" in request.query_params
        ):
            return True
        right = [
            hmac.compare_digest(request.headers.get(name, "").encode("latin-1"), key.encode())
            for name, key in self._keys.items()
        ]
        return all(right)
