"""``/v1/oauth``: tokens for keys, and the end of a token (``voucherify-api.md`` 6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs

from starlette.responses import Response

from .access_tokens import SCOPES, AccessTokens
from .clock import to_ms
from .refusals import invalid_payload, oauth_refusal
from .resource import Call, answer

FORM = "application/x-www-form-urlencoded"


class OAuthEndpoints:
    """Answers what is below ``/v1/oauth``. That the keys are right was seen to before.

    Args:
        tokens: those that live.
        app_id: the name of the only client there is.
    """

    def __init__(self, tokens: AccessTokens, app_id: str) -> None:
        self._tokens = tokens
        self._app_id = app_id

    def issue(self, call: Call) -> Response:
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

    def revoke(self, call: Call) -> Response:
        """``POST /v1/oauth/token/revoke``; a token that is not there is as good as revoked."""
        self._tokens.revoke(_form(call).get("token", ""))
        return Response(status_code=204)


def _form(call: Call) -> dict[str, str]:
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
