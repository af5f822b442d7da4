"""OAuth 2.0 access tokens: what the two keys are exchanged for (``voucherify-api.md`` 6).

They are kept in memory, so they end with the process; a client gets another one then.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

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
class AccessToken:
    """A token, what it is good for, and until when."""

    text: str
    scopes: frozenset[str]
    expires_at: datetime

    def admits(self, path: str) -> bool:
        """Whether one of its scopes covers the path."""
        return any(_within(path, SCOPES[scope]) for scope in self.scopes)


class AccessTokens:
    """The tokens that live.

    Args:
        seconds: how long a new token lives.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._living: dict[str, AccessToken] = {}

    def issue(self, scopes: Iterable[str], now: datetime) -> AccessToken:
        """Make a token; the oldest one ends where there are too many."""
        self._living = {text: token for text, token in self._living.items() if token.expires_at > now}
        while len(self._living) >= MOST_TOKENS:
            del self._living[next(iter(self._living))]
        expires_at = now + timedelta(seconds=self.seconds)
        token = AccessToken(secrets.token_urlsafe(32), frozenset(scopes), expires_at)
        self._living[token.text] = token
        return token

    def living(self, text: str, now: datetime) -> AccessToken | None:
        """The token of this text, unless it has ended."""
        token = self._living.get(text)
        return token if token is not None and token.expires_at > now else None

    def revoke(self, text: str) -> None:
        """End a token, if there is one of this text."""
        self._living.pop(text, None)


def _within(path: str, start: str) -> bool:
    return path.startswith(start) and (start.endswith("/") or path[len(start) :][:1] in ("", "/"))
