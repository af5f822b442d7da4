"""The keys of the project and OAuth 2.0 access tokens (``docs/voucherify-api.md#authentication``)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tui.sandbox.clock import Clock, to_ms
from tui.sandbox.http.error_responses import (
    ErrorResponse,
    invalid_payload,
    missing_permission,
    oauth_refusal,
    unauthorized,
)
from tui.sandbox.http.resource import ApiRequest, answer, error_answer

SCOPES = {
    "api": "/v1/",
    "orders": "/v1/orders",
    "exports": "/v1/exports",
    "async-actions": "/v1/async-actions",
}
"""The scopes of the paths that are here, and where each path begins."""

MOST_TOKENS = 1000
"""Tokens of a project that live at once."""


@dataclass(frozen=True, slots=True)
class SandboxToken:
    """A token, its scopes, and when it expires."""

    text: str
    scopes: frozenset[str]
    expires_at: datetime

    def admits(self, path: str) -> bool:
        """Whether one of its scopes covers the path."""
        return any(_within(path, SCOPES[scope]) for scope in self.scopes)


class SandboxTokens:
    """The tokens that live.

    Args:
        seconds: how long a new token lives.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._living: dict[str, SandboxToken] = {}

    def issue(self, scopes: Iterable[str], now: datetime) -> SandboxToken:
        """Make a token; the oldest one expires if there are too many."""
        self._living = {text: token for text, token in self._living.items() if token.expires_at > now}
        while len(self._living) >= MOST_TOKENS:
            del self._living[next(iter(self._living))]
        expires_at = now + timedelta(seconds=self.seconds)
        token = SandboxToken(secrets.token_urlsafe(32), frozenset(scopes), expires_at)
        self._living[token.text] = token
        return token

    def living(self, text: str, now: datetime) -> SandboxToken | None:
        """The token of this text, unless it has ended."""
        token = self._living.get(text)
        return token if token is not None and token.expires_at > now else None

    def revoke(self, text: str) -> None:
        """Revoke a token, if it exists."""
        self._living.pop(text, None)


def _within(path: str, start: str) -> bool:
    return path.startswith(start) and (start.endswith("/") or path[len(start) :][:1] in ("", "/"))


class Authentication:
    """Lets through what carries both keys or a living token; anything else is 401, exactly as recorded.

    Args:
        app: what is guarded.
        app_id: the value of ``X-App-Id``.
        app_token: the value of ``X-App-Token``.
        tokens: the access tokens that live.
        clock: the current time.
        token_suffices: whether a download goes by its own token alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        app_id: str,
        app_token: str,
        tokens: SandboxTokens,
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
            await error_answer(refusal, "")(scope, receive, send)

    def _refusal(self, request: Request) -> ErrorResponse | None:
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


FORM = "application/x-www-form-urlencoded"


class OAuthEndpoints:
    """The endpoints below ``/v1/oauth``. The keys were checked before.

    Args:
        tokens: those that live.
        app_id: the name of the only client there is.
    """

    def __init__(self, tokens: SandboxTokens, app_id: str) -> None:
        self._tokens = tokens
        self._app_id = app_id

    def issue(self, call: ApiRequest) -> Response:
        """``POST /v1/oauth/token``."""
        form = _form(call)
        if form.get("grant_type") != "client_credentials":
            raise oauth_refusal("invalid_grant_type", f"Invalid grant type: {form.get('grant_type', '')}")
        asked = form.get("scope", "api").split() or ["api"]
        if unknown := [scope for scope in asked if scope not in SCOPES]:
            raise oauth_refusal("invalid_scope", f"Invalid scope: {','.join(unknown)}")
        token = self._tokens.issue(asked, call.now)
        return answer(
            {
                "access_token": token.text,
                "client_id": self._app_id,
                "expires_at": _seconds(call.now + timedelta(seconds=self._tokens.seconds)),
                "expires_in": int(self._tokens.seconds),
                "scope": " ".join(asked),
                "token_type": "Bearer",
            }
        )

    def revoke(self, call: ApiRequest) -> Response:
        """``POST /v1/oauth/token/revoke``; a token that is not there is as good as revoked."""
        self._tokens.revoke(_form(call).get("token", ""))
        return Response(status_code=204)


def _form(call: ApiRequest) -> dict[str, str]:
    media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != FORM:
        raise invalid_payload(f"Payload must be {FORM}")
    try:
        fields = parse_qs(call.body.decode("ascii"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise invalid_payload(f"Payload is not valid {FORM}") from None
    return {name: values[-1] for name, values in fields.items()}


def _seconds(moment: datetime) -> int:
    return to_ms(moment) // 1000
