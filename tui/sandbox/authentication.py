"""The keys of the project, or a token that they were exchanged for, asked of every request.

The rules are those of ``voucherify-api.md`` 6.
"""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .access_tokens import AccessTokens
from .clock import Clock
from .refusals import Refusal, missing_permission, unauthorized
from .resource import refuse


class Authentication:
    """Lets through what carries both keys or a living token; anything else is 401, exactly as recorded.

    Args:
        app: what is guarded.
        app_id: the value of ``X-App-Id``.
        app_token: the value of ``X-App-Token``.
        tokens: the access tokens that live.
        clock: the present moment.
        token_suffices: whether a download goes by its own token alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        app_id: str,
        app_token: str,
        tokens: AccessTokens,
        clock: Clock,
        token_suffices: bool = False,
    ) -> None:
        self._app = app
        self._keys = {"x-app-id": app_id, "x-app-token": app_token}
        self._tokens = tokens
        self._clock = clock
        self._token_suffices = token_suffices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or 403, or pass on."""
        refusal = self._refusal(Request(scope))
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await refuse(refusal, "")(scope, receive, send)

    def _refusal(self, request: Request) -> Refusal | None:
        if self._has_keys(request) or self._is_download(request):
            return None
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        token = self._tokens.living(text.strip(), self._clock()) if scheme.lower() == "bearer" else None
        # Only the keys themselves are exchanged for a token.
        if token is None or request.url.path.startswith("/v1/oauth/"):
            return unauthorized()
        return None if token.admits(request.url.path) else missing_permission()

    def _has_keys(self, request: Request) -> bool:
        right = [
            hmac.compare_digest(request.headers.get(name, "").encode("latin-1"), key.encode())
            for name, key in self._keys.items()
        ]
        return all(right)

    def _is_download(self, request: Request) -> bool:
        return (
            self._token_suffices
            and request.url.path.startswith("/v1/exports/")
            and "token" in request.query_params
        )
